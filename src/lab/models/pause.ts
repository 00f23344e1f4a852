import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { createSlots } from '../slots.ts'
import { timeText } from '../truth-text.ts'
import { onePause } from '../working-time.ts'

export const pause: LabEntry = defineLab({
  name: 'PAUSE',
  description: 'answers at once, except for one freeze: whoever arrives in it is answered at its end',
  parameters: {
    from: { kind: 'duration-or-zero', value: 30, meaning: 'when it freezes, after the first request' },
    length: { kind: 'duration', value: 1, meaning: 'how long it is frozen' },
    service: { kind: 'duration-or-zero', value: 0, meaning: 'service time otherwise' },
  },
  create({ from, length, service }) {
    const clock = onePause(from, length)
    const slots = createSlots(1)
    return { arrive: at => answered(clock.toReal(slots.admit(clock.toWorked(at), service))) }
  },
  truth({ length, service }) {
    const rate = service > 0 ? 1 / service : null
    // Even arrivals for T seconds: the waits fall evenly from P to 0, so the quantile p is P − (1 − p)·T.
    const quantile = (p: number): string => timeText(Math.max(0, length - (1 - p) * 60))
    return {
      kneePerSecond: rate,
      saturationPerSecond: rate,
      onsetPerSecond: onsets(),
      cause: 'none',
      label: 'one freeze, no gateway error',
      notes: [
        `With no service time, even arrivals for 60 s see p99 = ${quantile(0.99)} and p99.9 = ${quantile(0.999)}, at any rate.`,
        `At utilisation ρ, even arrivals for T see the quantile p at P − (1 − p)(1 − ρ)T, with P = ${timeText(length)}.`,
      ],
    }
  },
})
