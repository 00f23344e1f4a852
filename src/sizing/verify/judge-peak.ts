import { formatNumber, formatShare } from '../../units/format.ts'
import type { Holding, PeakFigures } from './verification.ts'

/** ε of the knee: what is lost or left behind of a load that is carried. */
const TOLERATED = 0.01
/** Standard deviations. */
const SURELY = 2
/** So near below the capacity queues grow for longer than a run lasts. */
const NEAR = 0.02

/**
 * By how much arrivals and good answers of the same time may differ by chance at most, as a share: near saturation either is a count that
 * scatters like a Poisson one, the difference of n of each with a variance of 2n.
 */
export const chanceShare = (requests: number): number => (SURELY * Math.sqrt(2 * requests)) / requests

/** What a load has to exceed its capacity by for a run with so many requests to show it, as a share of the load. */
export const leastExcess = (requests: number): number => TOLERATED + 2 * chanceShare(requests)

/** By the capacity alone: will a run with so many requests show the load held, or not? */
export function expectHolding(load: number, capacity: number, requests: number): Holding {
  if (load <= (1 - NEAR) * capacity) return 'yes'
  return 1 - capacity / load >= leastExcess(requests) ? 'no' : 'cannot-tell'
}

/**
 * Held: of what came, at most 1 % ended badly or was still waiting in the end. Bad endings are counted as they are; what waits may also have
 * come by chance.
 */
export function judgePeak({ offered, good, errors }: PeakFigures): {
  readonly holds: Holding
  readonly because: string
} {
  if (offered === 0) return { holds: 'cannot-tell', because: 'nothing was asked for' }
  const bad = errors / offered
  if (bad > TOLERATED) return { holds: 'no', because: `${formatShare(bad)} of the requests ended badly` }
  const behind = 1 - good / offered
  const chance = chanceShare(offered)
  const word = `${formatShare(Math.max(0, behind))} more came than were answered well`
  if (behind > TOLERATED + chance) return { holds: 'no', because: word }
  if (behind <= TOLERATED + chance / 4) return { holds: 'yes', because: wordHeld(bad) }
  return {
    holds: 'cannot-tell',
    because: `${word}, which ${formatNumber(offered, 12)} requests may come to by chance`,
  }
}

const wordHeld = (bad: number): string =>
  bad === 0 ? 'every request ended well' : `${formatShare(bad)} of the requests ended badly`
