import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { rateText } from '../truth-text.ts'

export const mm1: LabEntry = defineLab({
  name: 'MM1',
  description: 'one server, exponential service, endless queue (M/M/1 under Poisson arrivals)',
  parameters: { rate: { kind: 'rate', value: 500, meaning: 'service rate µ' } },
  create({ rate }, seed) {
    const random = labRandom(seed)
    const slots = createSlots(1)
    return { arrive: at => answered(slots.admit(at, exponential(random, rate))) }
  },
  truth: ({ rate }) => ({
    kneePerSecond: rate,
    saturationPerSecond: rate,
    onsetPerSecond: onsets(),
    cause: 'none',
    label: 'no gateway error at any load',
    notes: [
      'Response time at rate λ is exponential: mean 1/(µ − λ), quantile q −ln(1 − q)/(µ − λ).',
      // P(T > t) = exp(−(µ − λ)t) ≤ 1 % gives λ = µ − ln(100)/t.
      `p99 reaches 100 ms at ${rateText(Math.max(0, rate - Math.log(100) / 0.1))}.`,
    ],
  }),
})
