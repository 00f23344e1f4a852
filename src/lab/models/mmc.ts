import { labRandom } from '../lab-random.ts'
import { createCensus } from '../census.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { rateAtLoss } from '../queueing-formulas.ts'
import { answered, badGateway } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'

export const mmc: LabEntry = defineLab({
  name: 'MMC',
  description: 'several servers, exponential service, one queue, endless or bounded (502 when full)',
  parameters: {
    rate: { kind: 'rate', value: 1000, meaning: 'service rate of all servers together, cµ' },
    slots: { kind: 'count', value: 8, meaning: 'servers, c' },
    limit: { kind: 'count-or-none', value: Infinity, meaning: 'requests in the system, K' },
  },
  create({ rate, slots, limit }, seed) {
    const random = labRandom(seed)
    const census = createCensus()
    const servers = createSlots(slots)
    return {
      arrive(at) {
        if (census.presentAt(at) >= limit) return badGateway(at)
        const departure = servers.admit(at, exponential(random, rate / slots))
        census.add(departure)
        return answered(departure)
      },
    }
  },
  truth({ rate, slots, limit }) {
    const bounded = limit < Infinity
    const knee = bounded ? rateAtLoss(slots, rate, limit) : rate
    return {
      kneePerSecond: knee,
      // With less room than servers, some servers can never be busy.
      saturationPerSecond: (rate * Math.min(slots, limit)) / slots,
      onsetPerSecond: bounded ? onsets({ 502: knee }) : onsets(),
      cause: bounded ? 'overload' : 'none',
      label: bounded ? 'the queue is full' : 'no gateway error at any load',
      notes: ['Waiting follows Erlang C: mean wait C(c, λ/µ)/(cµ − λ).'],
    }
  },
})
