import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { createMinHeap } from '../min-heap.ts'
import type { LaterDepartures, Reply } from '../model.ts'
import { meanTimeToFill, rateWhere } from '../queueing-formulas.ts'
import type { ServiceRate } from '../queueing-formulas.ts'
import { answered, badGateway } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { rateText, shareText, timeText } from '../truth-text.ts'

interface Sharing extends LaterDepartures {
  readonly present: number
  admit(at: number, work: number): Reply
}

/**
 * Processor sharing with X(n) completions per second among n. A virtual clock v runs at X(n)/n, the work each
 * request gets per second; a request with work w that came at v is done when the clock shows v + w. So the
 * order of departures never changes by later arrivals, only their instants do.
 */
function createSharing(throughput: ServiceRate): Sharing {
  const finish = createMinHeap<Reply>()
  let virtual = 0
  let now = 0
  const speed = (): number => throughput(finish.size) / finish.size
  const nextAt = (): number =>
    finish.size === 0 ? Infinity : now + (finish.smallestKey() - virtual) / speed()
  return {
    get present() {
      return finish.size
    },
    nextAt,
    take() {
      now = nextAt()
      virtual = finish.smallestKey()
      const reply = finish.pop()
      if (reply === undefined) throw new RangeError('nobody is waiting')
      reply.departsAtSeconds = now
      return reply
    },
    admit(at, work) {
      if (finish.size > 0) virtual += (at - now) * speed()
      now = at
      const reply = answered(Infinity)
      finish.push(virtual + work, reply)
      return reply
    },
  }
}

/** The universal scalability law (Gunther, Guerrilla Capacity Planning, 2007). */
const scalability =
  (gamma: number, alpha: number, beta: number): ServiceRate =>
  n =>
    (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1))

export const retro: LabEntry = defineLab({
  name: 'RETRO',
  description: 'processor sharing that slows down when crowded: it collapses under overload and stays down',
  parameters: {
    gamma: { kind: 'rate', value: 7.1365, meaning: 'completions per second with one request present' },
    alpha: { kind: 'factor', value: 0.001, meaning: 'contention, as in the universal scalability law' },
    beta: { kind: 'factor', value: 4.44e-5, meaning: 'coherency, as in the universal scalability law' },
    limit: { kind: 'count', value: 1000, meaning: 'requests in the system; then 502' },
    hold: {
      kind: 'duration',
      value: 30,
      meaning: 'length of the load that the knee is stated for; only the truth depends on it',
    },
  },
  create({ gamma, alpha, beta, limit }, seed) {
    const random = labRandom(seed)
    const sharing = createSharing(scalability(gamma, alpha, beta))
    return {
      later: sharing,
      arrive: at => (sharing.present >= limit ? badGateway(at) : sharing.admit(at, exponential(random, 1))),
    }
  },
  truth({ gamma, alpha, beta, limit, hold }) {
    const throughput = scalability(gamma, alpha, beta)
    const best = Math.max(1, Math.min(limit, Math.round(Math.sqrt(Math.max(0, 1 - alpha) / beta))))
    const peak = throughput(best)
    const timeToCollapse = (rate: number): number => meanTimeToFill(rate, throughput, limit)
    // The time to collapse is close to exponential, so half of the holds collapse when its mean is hold/ln 2.
    const knee = rateWhere(rate => timeToCollapse(rate) < hold / Math.LN2, peak / 100, peak * 10)
    const collapsed = throughput(limit)
    return {
      kneePerSecond: knee,
      saturationPerSecond: peak,
      onsetPerSecond: onsets({ 502: knee }),
      cause: 'overload',
      label: 'metastable: it collapses and does not recover at the same load',
      notes: [
        `Half of all loads of ${timeText(hold)} at the knee collapse; at ${rateText(peak)} it takes ${timeText(timeToCollapse(peak))} on average.`,
        `Collapsed, it completes ${rateText(collapsed)}: at ${rateText(peak)} ${shareText(1 - collapsed / peak)} is lost, and only a rate below it lets it recover.`,
      ],
    }
  },
})
