import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { wanderingSpeed } from '../wandering-speed.ts'

export const wander: LabEntry = defineLab({
  name: 'WANDER',
  description: 'several servers whose speed wanders while they work, as on a machine with neighbours',
  parameters: {
    rate: { kind: 'rate', value: 400, meaning: 'service rate of all servers together, in the mean' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    wander: { kind: 'share', value: 0.03, meaning: 'standard deviation of the speed' },
    memory: { kind: 'duration', value: 0.5, meaning: 'time after which the speed has half forgotten' },
  },
  create({ rate, slots, wander: spread, memory }, seed) {
    const work = labRandom(seed, 0)
    const servers = createSlots(slots)
    const speedAt = wanderingSpeed(labRandom(seed, 1), spread, memory)
    return {
      arrive(at) {
        const speed = speedAt(servers.startOf(at))
        return answered(servers.admit(at, exponential(work, (rate * speed) / slots)))
      },
    }
  },
  truth: ({ rate, wander: spread }) => ({
    kneePerSecond: rate,
    saturationPerSecond: rate,
    onsetPerSecond: onsets(),
    cause: 'none',
    label: 'no gateway error at any load',
    notes: [`Its speed wanders by ${Math.round(spread * 1000) / 10} % (standard deviation) around its mean.`],
  }),
})
