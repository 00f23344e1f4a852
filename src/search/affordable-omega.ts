import type { SearchState } from './search-state.ts'

/** Requests at Poisson arrivals that plateau and confirmation take at ±3 %, and the s around them. */
const PLATEAU_REQUESTS = 25_000
const AROUND = 20
const THREE_PERCENT = 0.03
const COARSEST = 0.25

/** The ω that the rest of the budget can reach at this capacity; never finer than asked for. */
export function affordableOmega(
  { goal, elapsed, traffic }: SearchState,
  capacity: number,
  atThreePercent: number = PLATEAU_REQUESTS,
): number {
  const rest = (goal.budget - (goal.soak ?? 0)) / 1e9 - elapsed - AROUND
  const requests = atThreePercent * (0.6 + 0.4 * traffic.arrivalVariation)
  const reached = THREE_PERCENT * Math.sqrt(requests / (capacity * Math.max(1, rest)))
  return Math.min(COARSEST, Math.max(goal.precision, reached))
}
