import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { rateText } from '../truth-text.ts'

export const warm: LabEntry = defineLab({
  name: 'WARM',
  description:
    'several servers that start slow and get faster with every request, as with a compiler or a cache',
  parameters: {
    rate: { kind: 'rate', value: 400, meaning: 'service rate of all servers together when warm' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    slowdown: { kind: 'factor', value: 3, meaning: 'how many times longer the first request takes' },
    requests: { kind: 'count', value: 8000, meaning: 'requests over which the slowdown fades linearly' },
  },
  create({ rate, slots, slowdown, requests }, seed) {
    const random = labRandom(seed)
    const servers = createSlots(slots)
    let seen = 0
    return {
      arrive(at) {
        const cold = Math.max(0, 1 - seen / requests)
        seen += 1
        const work = exponential(random, rate / slots) * (1 + (slowdown - 1) * cold)
        return answered(servers.admit(at, work))
      },
    }
  },
  truth: ({ rate, slowdown, requests }) => ({
    kneePerSecond: rate,
    saturationPerSecond: rate,
    onsetPerSecond: onsets(),
    cause: 'none',
    label: 'a warm-up, no gateway error',
    notes: [`Cold it carries ${rateText(rate / slowdown)}; it is warm after ${requests} requests.`],
  }),
})
