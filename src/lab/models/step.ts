import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { rateText, timeText } from '../truth-text.ts'

export const step: LabEntry = defineLab({
  name: 'STEP',
  description: 'capacity that grows once, some time after overload begins, as with autoscaling',
  parameters: {
    rate: { kind: 'rate', value: 200, meaning: 'service rate of all servers together at first' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    factor: { kind: 'factor', value: 2, meaning: 'how many times faster it becomes' },
    wait: { kind: 'duration', value: 0.25, meaning: 'wait of an arriving request that counts as overload' },
    delay: { kind: 'duration', value: 20, meaning: 'time from the first such wait to the growth' },
  },
  create({ rate, slots, factor, wait, delay }, seed) {
    const random = labRandom(seed)
    const servers = createSlots(slots)
    let grownAt = Infinity
    return {
      arrive(at) {
        const start = servers.startOf(at)
        if (grownAt === Infinity && start - at > wait) grownAt = at + delay
        const speed = start >= grownAt ? factor : 1
        return answered(servers.admit(at, exponential(random, (speed * rate) / slots)))
      },
    }
  },
  truth: ({ rate, factor, wait, delay }) => ({
    kneePerSecond: rate * factor,
    saturationPerSecond: rate * factor,
    onsetPerSecond: onsets(),
    cause: 'none',
    label: 'the capacity changed during the test: no single knee',
    notes: [
      `It carries ${rateText(rate)} until ${timeText(delay)} after the first wait above ${timeText(wait)}, then ${rateText(rate * factor)}.`,
    ],
  }),
})
