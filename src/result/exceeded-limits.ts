import { countAbove, totalCount } from './counts.ts'
import type { Counts } from './counts.ts'
import type { Calibration } from './result.ts'

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
export const OF_CEILING = 0.7

/** A stretch of load as far as the generator itself is concerned; over several workers the worst of them. */
export interface GeneratorStretch {
  readonly milliseconds: number
  readonly offered: number
  /** Never sent: the generator did not get round to it, or this machine had nothing left to send it with. */
  readonly behind: number
  readonly lacking: number
  readonly lateness: Counts
  /** Of the response times. */
  readonly p50Us: number | undefined
  readonly utilisation: number
  readonly longestStallMs: number
  readonly garbageCollectionMs: number
}

export type ExceededLimit =
  | { readonly limit: 'lateness'; readonly requests: number; readonly moreThanUs: number }
  | { readonly limit: 'behind' | 'resources'; readonly requests: number }
  | { readonly limit: 'utilisation'; readonly share: number }
  | { readonly limit: 'stall' | 'garbage-collection'; readonly milliseconds: number }

/**
 * Why this stretch says more about the generator than about the target; empty when it may be believed. The limits
 * are those of Lancet's and Treadmill's kind of self-check (Kogias et al., ATC 2019; Zhang et al., ISCA 2016).
 *
 * Requests that found no free connection do not count as unsent here: the connections were all waiting for the target.
 * Spinning until the next start is not utilisation, so only real work comes near the limit.
 */
export function exceededLimits(stretch: GeneratorStretch): readonly ExceededLimit[] {
  const { lateness, p50Us, milliseconds, garbageCollectionMs } = stretch
  const exceeded: ExceededLimit[] = []
  const displaced = Math.max(DISPLACED_US, LATENESS_OF_P50 * (p50Us ?? 0))
  if (isLate(lateness, displaced))
    exceeded.push({
      limit: 'lateness',
      requests: countAbove(lateness, displaced),
      moreThanUs: displaced,
    })
  exceeded.push(...exceededClosedLimits(stretch))
  if (garbageCollectionMs > milliseconds * GARBAGE_COLLECTION)
    exceeded.push({ limit: 'garbage-collection', milliseconds: garbageCollectionMs })
  return exceeded
}

/**
 * The same for a closed model, where nothing is due and so nothing late, and where collecting garbage shows in how
 * busy a worker is.
 */
export function exceededClosedLimits(
  stretch: Omit<GeneratorStretch, 'lateness' | 'p50Us' | 'milliseconds' | 'garbageCollectionMs'>,
): readonly ExceededLimit[] {
  const { offered, behind, lacking, utilisation, longestStallMs } = stretch
  const exceeded: ExceededLimit[] = []
  if (behind + lacking > offered * UNSENT) {
    if (behind > 0) exceeded.push({ limit: 'behind', requests: behind })
    if (lacking > 0) exceeded.push({ limit: 'resources', requests: lacking })
  }
  if (utilisation > UTILISATION) exceeded.push({ limit: 'utilisation', share: utilisation })
  if (longestStallMs > STALL_MS) exceeded.push({ limit: 'stall', milliseconds: longestStallMs })
  return exceeded
}

/** Is `rate`, in 1/s, too near to what the generator was found to make at most? */
export const exceedsCeiling = (rate: number, calibration: Calibration | undefined): boolean =>
  calibration !== undefined && rate > OF_CEILING * calibration.ceilingRps

/**
 * Does the generator's own lateness show in the response times? Then they are upper bounds of what the target needs:
 * more than 1 % of the requests left late by 2 ms and by a tenth of the median response time.
 */
export function blursLatency(lateness: Counts, p50Us: number | undefined): boolean {
  return isLate(lateness, Math.max(BLURRED_US, LATENESS_OF_P50 * (p50Us ?? 0)))
}

function isLate(lateness: Counts, limitUs: number): boolean {
  return countAbove(lateness, limitUs) > Math.max(FORGIVEN_LATE_SENDS, totalCount(lateness) * 0.01)
}
