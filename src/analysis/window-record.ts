import { meanRateBetween } from '../plan/load-profile.ts'
import { isClosed, isExpected } from '../plan/plan.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import { addCounts, quantileUs } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { decodeHistogram } from '../result/histogram.ts'
import type { Outcome } from '../result/outcome.ts'
import type { IntervalWindow, OutcomeSeries, Result } from '../result/result.ts'
import { lackingResource } from './client-resource.ts'
import { blursLatency } from '../result/exceeded-limits.ts'
import { ceilingLimits, closedLoopLimits, generatorLimits } from './generator-limits.ts'

/** A series with its histograms decoded, once for everything that reads them. */
export interface SeriesRecord extends Pick<OutcomeSeries, 'request' | 'outcome' | 'count' | 'firstAt'> {
  /** An answer with an expected status. */
  readonly good: boolean
  readonly responseTimes: Counts
  readonly serviceTimes: Counts
  /** Empty in results of older versions. */
  readonly firstByteTimes: Counts
}

export interface HandshakeRecord {
  readonly connectTimes: Counts
  readonly tlsTimes: Counts
  readonly resumed: number
}

export interface WindowRecord {
  readonly window: IntervalWindow
  readonly stage: Stage
  readonly seconds: number
  /** Mean of the rate that the plan intends here, in 1/s; `offered` scatters around it. */
  readonly rate: number
  readonly series: readonly SeriesRecord[]
  readonly lateness: Counts
  /** Absent in results of older versions. */
  readonly handshakes: HandshakeRecord | undefined
  /** Why the generator was the limit; empty for a valid window. */
  readonly limits: readonly string[]
  /** The generator's lateness shows in the response times: they are upper bounds. */
  readonly blurred: boolean
  /** The trial ended before all that was due here was sent. */
  readonly cut: boolean
}

export function readWindows({ plan, run, samples, windows }: Result): readonly WindowRecord[] {
  const lacking = lackingResource(samples)
  return windows.map(window => {
    const series = window.series.map(one => readSeries(one, plan))
    const lateness = decodeHistogram(window.generator.latenessUs)
    const p50 = quantileUs(answerTimes(series), 0.5)
    const rate = meanRateBetween(plan, window.from, window.to)
    return {
      window,
      stage: plan.stages[window.stage]!,
      seconds: (window.to - window.from) / 1e9,
      rate,
      series,
      lateness,
      handshakes: readHandshakes(window),
      limits: isClosed(plan)
        ? closedLoopLimits(window, lacking)
        : [...generatorLimits(window, lateness, p50, lacking), ...ceilingLimits(rate, run.calibration)],
      blurred: blursLatency(lateness, p50),
      cut: series.some(({ outcome }) => isCutOff(outcome)),
    }
  })
}

function readSeries(series: OutcomeSeries, plan: Plan): SeriesRecord {
  const { request, outcome, count, firstAt, responseTimesUs, serviceTimesUs, firstByteTimesUs = '' } = series
  const responseTimes = decodeHistogram(responseTimesUs)
  const serviceTimes = serviceTimesUs === responseTimesUs ? responseTimes : decodeHistogram(serviceTimesUs)
  return {
    request,
    outcome,
    count,
    firstAt,
    good: outcome.kind === 'answered' && isExpected(plan.requests[request]!, outcome.status),
    responseTimes,
    serviceTimes,
    // Short answers come in one piece: first byte and last at once.
    firstByteTimes: firstByteTimesUs === serviceTimesUs ? serviceTimes : decodeHistogram(firstByteTimesUs),
  }
}

function readHandshakes({ handshakes }: IntervalWindow): HandshakeRecord | undefined {
  if (handshakes === undefined) return undefined
  return {
    connectTimes: decodeHistogram(handshakes.connectTimesUs),
    tlsTimes: decodeHistogram(handshakes.tlsTimesUs),
    resumed: handshakes.resumed,
  }
}

/** The user ended the trial before its answer, or before it was sent. */
function isCutOff(outcome: Outcome): boolean {
  return (
    (outcome.kind === 'never-sent' && outcome.reason === 'trial-ended') ||
    (outcome.kind === 'failed' && outcome.cause === 'abandoned')
  )
}

/** Response times of answers of any status, and of timed-out requests at the time they were given up. */
export function answerTimes(series: readonly SeriesRecord[]): Counts {
  return addCounts(series.filter(hasTime).map(({ responseTimes }) => responseTimes))
}

export function hasTime({ outcome }: Pick<SeriesRecord, 'outcome'>): boolean {
  return outcome.kind === 'answered' || outcome.kind === 'timed-out'
}

/**
 * Not good, and not for the generator's own reasons. No free connection counts: all of them were waiting for
 * the target.
 */
export function isError({ good, outcome }: Pick<SeriesRecord, 'good' | 'outcome'>): boolean {
  if (good || (outcome.kind === 'failed' && outcome.cause === 'abandoned')) return false
  return outcome.kind !== 'never-sent' || outcome.reason === 'no-free-connection'
}

export function countWhere(
  series: readonly SeriesRecord[],
  accepts: (series: SeriesRecord) => boolean,
): number {
  return series.reduce((sum, one) => (accepts(one) ? sum + one.count : sum), 0)
}
