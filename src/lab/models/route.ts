import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered, badGateway } from '../replies.ts'
import { createSlots } from '../slots.ts'
import { shareText } from '../truth-text.ts'

export const route: LabEntry = defineLab({
  name: 'ROUTE',
  description: 'one broken page: /plugin and below always answer 502, everything else is a D1',
  parameters: {
    service: { kind: 'duration', value: 0.002, meaning: 'service time of the other paths' },
    failing: { kind: 'duration-or-zero', value: 0.003, meaning: 'time in which /plugin fails' },
    share: {
      kind: 'share',
      value: 0.05,
      meaning: 'share of /plugin in the traffic; only the truth depends on it',
    },
  },
  create({ service, failing }) {
    const slots = createSlots(1)
    return {
      arrive(at, path) {
        if (/^\/plugin(?![^/?])/.test(path)) return badGateway(at + failing)
        return answered(slots.admit(at, service))
      },
    }
  },
  truth: ({ service, share }) => ({
    kneePerSecond: share < 1 ? 1 / service / (1 - share) : null,
    saturationPerSecond: 1 / service,
    onsetPerSecond: onsets(),
    cause: 'page-specific',
    label: '/plugin answers 502 at every load',
    notes: [`The knee counts all requests, ${shareText(share)} of them for /plugin.`],
  }),
})
