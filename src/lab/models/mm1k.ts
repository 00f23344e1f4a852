import { labRandom } from '../lab-random.ts'
import { createCensus } from '../census.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { rateAtLoss } from '../queueing-formulas.ts'
import { answered, badGateway } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { rateText, timeText } from '../truth-text.ts'

export const mm1k: LabEntry = defineLab({
  name: 'MM1K',
  description: 'one server, exponential service, bounded room; an instant 502 when it is full',
  parameters: {
    rate: { kind: 'rate', value: 400, meaning: 'service rate µ' },
    limit: { kind: 'count', value: 100, meaning: 'requests in the system, K' },
  },
  create({ rate, limit }, seed) {
    const random = labRandom(seed)
    const census = createCensus()
    const slots = createSlots(1)
    return {
      arrive(at) {
        if (census.presentAt(at) >= limit) return badGateway(at)
        const departure = slots.admit(at, exponential(random, rate))
        census.add(departure)
        return answered(departure)
      },
    }
  },
  truth({ rate, limit }) {
    const knee = rateAtLoss(1, rate, limit)
    return {
      kneePerSecond: knee,
      saturationPerSecond: rate,
      onsetPerSecond: onsets({ 502: knee }),
      cause: 'overload',
      label: 'the queue is full',
      notes: [
        `0.1 % is lost at ${rateText(rateAtLoss(1, rate, limit, 0.001))}.`,
        `At 1.5 µ the room fills in about K/(λ − µ) = ${timeText(limit / (0.5 * rate))}.`,
      ],
    }
  },
})
