import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { createSlots } from '../slots.ts'
import { timeText } from '../truth-text.ts'

export const timeout: LabEntry = defineLab({
  name: 'TIMEOUT',
  description:
    'an endless queue behind a gateway that gives up with 504, while the server does the work anyway',
  parameters: {
    service: { kind: 'duration', value: 0.002, meaning: 'service time of a request' },
    timeout: { kind: 'duration', value: 1, meaning: 'how long the gateway waits' },
  },
  create({ service, timeout }) {
    const slots = createSlots(1)
    return {
      arrive(at) {
        const departure = slots.admit(at, service)
        if (departure - at <= timeout) return answered(departure)
        return { status: 504, departsAtSeconds: at + timeout, body: 'gateway timeout\n' }
      },
    }
  },
  truth: ({ service, timeout }) => ({
    kneePerSecond: 1 / service,
    saturationPerSecond: 1 / service,
    onsetPerSecond: onsets({ 504: 1 / service }),
    cause: 'overload',
    label: `the gateway times out after ${timeText(timeout)}`,
    notes: [
      // The wait grows by λ/C − 1 seconds per second and reaches T after T·C/(λ − C).
      `At 1.1 C the first 504 is for a request arriving at T·C/(λ − C) = ${timeText(timeout / 0.1)}; then every answer is 504.`,
      'Under overload good answers fall to 0; recovery waits until the backlog B is drained: B/(C − λ).',
    ],
  }),
})
