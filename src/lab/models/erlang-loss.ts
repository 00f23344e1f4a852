import { labRandom } from '../lab-random.ts'
import { createCensus } from '../census.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { lossShare, rateAtLoss, slotRate } from '../queueing-formulas.ts'
import { answered, badGateway } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { rateText } from '../truth-text.ts'

export const erlangLoss: LabEntry = defineLab({
  name: 'ERLANG',
  description: 'several slots and no queue at all: a 502 whenever every slot is busy (M/M/c/c)',
  parameters: {
    slots: { kind: 'count', value: 8, meaning: 'slots, c' },
    service: { kind: 'duration', value: 0.02, meaning: 'mean service time, exponential' },
  },
  create({ slots, service }, seed) {
    const random = labRandom(seed)
    const census = createCensus()
    return {
      arrive(at) {
        if (census.presentAt(at) >= slots) return badGateway(at)
        const departure = at + exponential(random, 1 / service)
        census.add(departure)
        return answered(departure)
      },
    }
  },
  truth({ slots, service }) {
    const total = slots / service
    const knee = rateAtLoss(slots, total, slots)
    const good = (offered: number): string =>
      rateText(offered * (1 - lossShare(offered, slotRate(slots, total), slots)))
    return {
      kneePerSecond: knee,
      saturationPerSecond: total,
      onsetPerSecond: onsets({ 502: knee }),
      cause: 'overload',
      label: 'buffers too small: saturation is far above the knee',
      notes: [
        `The knee is the root of Erlang B at 1 %; at 0.1 % it is ${rateText(rateAtLoss(slots, total, slots, 0.001))}.`,
        `Good answers: ${good(total)} at ${rateText(total)} offered, ${good(1.5 * total)} at ${rateText(1.5 * total)}.`,
      ],
    }
  },
})
