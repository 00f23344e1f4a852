import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { lowLoad } from '../baseline.ts'
import { goodput, sums } from '../collapse.ts'
import type { Level } from '../levels.ts'
import { goodMedianUs } from '../throughput.ts'
import { largest } from '../../statistics/extremes.ts'
import type { Case, Rule } from './rule.ts'

/** Requests are lost although more of them are completed at higher load: no room to wait. */
const TOO_SMALL_A_BUFFER = 1.25

export const overload: Rule = {
  cause: 'overload',
  asks: 'Did more requests arrive than can be worked off?',
  judge(of) {
    const { capacity, onset, reading } = of
    const { rps, bound } = capacity.knee
    if (rps === null || (bound !== 'measured' && bound !== 'at-most')) return undefined
    const above = reading.calm.filter(({ rate }) => rate > rps)
    if (above.length === 0 || reading.throughput?.burstAbsorbed === true || onlyWaits(of)) return undefined
    const highest = goodput(above.slice(-5))
    const small = capacity.limitedBy === 'errors' && highest > TOO_SMALL_A_BUFFER * rps
    const room = `at higher load ${formatRate(highest)} are answered well: there is too little room to wait`
    return {
      certainty: onset.any === null || onset.any.loadRelated ? 0.9 : 0.75,
      claim: claimOf(of, small),
      evidence: [...evidenceFor(of, above), ...(small ? [room] : [])],
      next: small
        ? 'let the gateway queue more requests (backlog, queue length) before adding backends'
        : 'add backends or make the slowest request cheaper; bound the queue so that the excess fails fast',
    }
  },
}

/** A search overloads every target on purpose: that requests then wait is no fault to find a cause for. */
const onlyWaits = ({ result, errorOnset }: Case): boolean =>
  result.search !== undefined && errorOnset?.loadRelated !== true

function evidenceFor(
  { capacity, onset: { any }, reading, recovery }: Case,
  above: readonly Level[],
): string[] {
  const evidence = [capacity.knee.because, ...queueing(reading.calm, above)]
  if (any?.loadRelated === true)
    evidence.push(
      `gateway errors from ${formatRate(any.rps)} on, first seen at ${formatRate(any.firstSeenRps)}`,
    )
  return recovery === null ? evidence : [...evidence, recovery.because]
}

function claimOf({ capacity: { knee, limitedBy } }: Case, small: boolean): string {
  if (small)
    return 'Requests are turned away at the peaks of the arrivals because there is too little room to wait.'
  const works = `The target works off ${knee.bound === 'at-most' ? 'at most ' : ''}${formatRate(knee.rps!)}`
  return limitedBy === 'throughput'
    ? `${works}; beyond that requests pile up.`
    : `${works}; beyond that the excess fails.`
}

function queueing(levels: readonly Level[], above: readonly Level[]): string[] {
  const light = goodMedianUs(lowLoad(levels))
  const heavy = goodMedianUs(above)
  const evidence: string[] = []
  if (light !== undefined && heavy !== undefined && heavy > 2 * light)
    evidence.push(
      `median response time of good answers rose from ${formatDuration(light * 1e3)} to ${formatDuration(heavy * 1e3)}`,
    )
  const { bad, offered } = sums(above)
  if (bad > 0) evidence.push(`${formatShare(bad / offered)} of the requests above the knee failed`)
  const waiting = largest(above.map(({ inFlight }) => inFlight.atEnd))
  evidence.push(`up to ${formatNumber(waiting, 6)} requests in flight`)
  return evidence
}
