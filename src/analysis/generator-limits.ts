import { countAbove, totalCount } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import type { NeverSentReason } from '../result/outcome.ts'
import type { Calibration, IntervalWindow } from '../result/result.ts'
import { formatDuration, formatRate, formatShare } from '../units/format.ts'
import type { ClientResource } from './client-resource.ts'

/** ω of a one-second window: arrivals displaced by less cannot move its rate by what the knee is decided to. */
const DISPLACED_US = 30_000
/** From here on lateness shows in the response times, which count from the intended start. */
const BLURRED_US = 2000
const LATENESS_OF_P50 = 0.1
/** Below these few late sends a window has met an incident, not a limit, however few requests it holds. */
const FORGIVEN_LATE_SENDS = 2
const UTILISATION = 0.95
const STALL_MS = 50
const GARBAGE_COLLECTION = 0.02
const UNSENT = 0.005
/** Rates nearer to what the generator makes at most leave it no room for its own bursts. */
const OF_CEILING = 0.7

/**
 * Why this window says more about the generator than about the target; empty when it may be believed. The limits
 * are those of Lancet's and Treadmill's kind of self-check (Kogias et al., ATC 2019; Zhang et al., ISCA 2016).
 *
 * Requests that found no free connection do not count as unsent here: the connections were all waiting for the target.
 * Spinning until the next start is not utilisation, so only real work comes near the limit.
 */
export function generatorLimits(
  window: IntervalWindow,
  lateness: Counts,
  p50Us: number | undefined,
  lacking: ClientResource,
): readonly string[] {
  const { generator } = window
  const limits: string[] = []
  const displaced = Math.max(DISPLACED_US, LATENESS_OF_P50 * (p50Us ?? 0))
  if (isLate(lateness, displaced))
    limits.push(
      `${countAbove(lateness, displaced)} requests left more than ${formatDuration(displaced * 1e3)} late`,
    )
  limits.push(...closedLoopLimits(window, lacking))
  const length = (window.to - window.from) / 1e6
  if (generator.garbageCollectionMs > length * GARBAGE_COLLECTION)
    limits.push(`garbage collection took ${formatDuration(generator.garbageCollectionMs * 1e6)}`)
  return limits
}

/**
 * The same for a closed model, where nothing is due and so nothing late, and where collecting garbage shows in how
 * busy a worker is.
 */
export function closedLoopLimits(
  { generator, offered, series }: IntervalWindow,
  lacking: ClientResource,
): readonly string[] {
  const limits: string[] = []
  const [behind, without] = [unsent(series, 'generator-behind'), unsent(series, 'client-resources')]
  if (behind + without > offered * UNSENT) {
    if (behind > 0) limits.push(`${behind} requests could not be sent in time`)
    if (without > 0) limits.push(`${without} requests found no ${lacking.name}`)
  }
  if (generator.utilisation > UTILISATION)
    limits.push(`a worker was busy for ${formatShare(generator.utilisation)} of the time`)
  if (generator.longestStallMs > STALL_MS)
    limits.push(`a worker stood still for ${formatDuration(generator.longestStallMs * 1e6)}`)
  return limits
}

const unsent = (series: IntervalWindow['series'], reason: NeverSentReason): number =>
  series.reduce(
    (sum, { outcome, count }) =>
      outcome.kind === 'never-sent' && outcome.reason === reason ? sum + count : sum,
    0,
  )

/** The same by what was measured before the run: `rate` in 1/s, against what the generator makes at most. */
export function ceilingLimits(rate: number, calibration: Calibration | undefined): readonly string[] {
  if (calibration === undefined || rate <= OF_CEILING * calibration.ceilingRps) return []
  return [
    `${formatRate(rate)} is more than ${formatShare(OF_CEILING)} of the ${formatRate(calibration.ceilingRps)} that this generator makes at most`,
  ]
}

/**
 * Does the generator's own lateness show in this window's response times? Then they are upper bounds of what the
 * target needs: more than 1 % of the requests left late by 2 ms and by a tenth of the median response time.
 */
export function blursLatency(lateness: Counts, p50Us: number | undefined): boolean {
  return isLate(lateness, Math.max(BLURRED_US, LATENESS_OF_P50 * (p50Us ?? 0)))
}

function isLate(lateness: Counts, limitUs: number): boolean {
  return countAbove(lateness, limitUs) > Math.max(FORGIVEN_LATE_SENDS, totalCount(lateness) * 0.01)
}
