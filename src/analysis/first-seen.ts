import { meanRateBetween } from '../plan/load-profile.ts'
import { smallest } from '../statistics/extremes.ts'
import { nanoseconds } from '../units/quantity.ts'
import type { Onset } from './findings.ts'
import { levelOf } from './levels.ts'
import { doseOf } from './onset-evidence.ts'
import type { Accepts, OnsetEvidence } from './onset-evidence.ts'
import { shareOf } from './outages.ts'

type FirstSeen = Pick<Onset, 'atSeconds' | 'firstSeenRps' | 'count' | 'share' | 'confidence'>

/** When and at which rate something was seen first, and how much of it there was; null when it never was. */
export function firstSeen(
  { plan, measured }: Pick<OnsetEvidence, 'plan' | 'measured'>,
  accepts: Accepts,
  among: Accepts,
): FirstSeen | null {
  const seen = measured.flatMap(({ series }) => series).filter(one => among(one) && accepts(one))
  if (seen.length === 0) return null
  const firstAt = nanoseconds(smallest(seen.map(series => series.firstAt)))
  return {
    atSeconds: firstAt / 1e9,
    firstSeenRps: meanRateBetween(plan, firstAt, nanoseconds(firstAt + 1e3)),
    count: seen.reduce((sum, { count }) => sum + count, 0),
    share: shareOf(measured.map(record => doseOf(levelOf(record), accepts, among))),
    confidence: 0.95,
  }
}
