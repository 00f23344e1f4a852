import type { SearchGoal } from '../plan/search-goal.ts'
import { share } from '../units/quantity.ts'
import type { Share } from '../units/quantity.ts'

/** Baseline, ramp, drains and recovery, s: they hardly depend on the capacity. */
const FIXED_SECONDS = 35
/** Requests at Poisson arrivals for plateau and confirmation at ±3 %, and that precision. */
const REQUESTS = 40_000
const THREE_PERCENT = 0.03
/** The part of them that does not get less when arrivals are even. */
const EVEN_PART = 0.6
/** Coarser than this is no precision. */
const COARSEST = 0.25

/** How many requests it takes to tell loads ω apart: they grow with the inverse square. */
const requestsFor = (omega: number, arrivalVariation: number): number =>
  REQUESTS * (THREE_PERCENT / omega) ** 2 * (EVEN_PART + (1 - EVEN_PART) * arrivalVariation)

/** Load that the goal's precision takes at a target of this capacity, s. A soak comes on top. */
export function plannedSeconds(
  { precision, soak = 0 as SearchGoal['budget'] }: Pick<SearchGoal, 'precision' | 'soak'>,
  capacity: number,
  arrivalVariation = 1,
): number {
  return FIXED_SECONDS + requestsFor(precision, arrivalVariation) / capacity + soak / 1e9
}

/** The ω that the goal's budget reaches at a target of this capacity, never finer than the goal's; at most 25 %. */
export function reachableOmega(
  { precision, budget, soak = 0 as SearchGoal['budget'] }: Pick<SearchGoal, 'precision' | 'budget' | 'soak'>,
  capacity: number,
  arrivalVariation = 1,
): Share {
  const requests = capacity * Math.max(0, (budget - soak) / 1e9 - FIXED_SECONDS)
  const reached = Math.sqrt(requestsFor(1, arrivalVariation) / requests)
  return share(Math.min(COARSEST, Math.max(precision, reached)))
}
