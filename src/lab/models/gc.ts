import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { timeText } from '../truth-text.ts'
import { periodicPauses } from '../working-time.ts'

export const gc: LabEntry = defineLab({
  name: 'GC',
  description: 'several servers that all stand still for a moment every period, as in garbage collection',
  parameters: {
    rate: { kind: 'rate', value: 500, meaning: 'service rate of all servers together while they work' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    work: { kind: 'duration', value: 1.8, meaning: 'time between two pauses' },
    pause: { kind: 'duration', value: 0.2, meaning: 'length of a pause' },
  },
  create({ rate, slots, work, pause }, seed) {
    const random = labRandom(seed)
    const clock = periodicPauses(work, pause)
    const servers = createSlots(slots)
    return {
      arrive(at) {
        const departure = servers.admit(clock.toWorked(at), exponential(random, rate / slots))
        return answered(clock.toReal(departure))
      },
    }
  },
  truth({ rate, work, pause }) {
    const sustained = (rate * work) / (work + pause)
    return {
      kneePerSecond: sustained,
      saturationPerSecond: sustained,
      onsetPerSecond: onsets(),
      cause: 'none',
      label: 'periodic pauses, no gateway error',
      notes: [`The period is ${timeText(work + pause)}; what is lost is the share of time spent paused.`],
    }
  },
})
