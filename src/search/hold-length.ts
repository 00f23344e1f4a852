import { losesOnly } from './room.ts'
import type { SearchState } from './search-state.ts'
import type { HoldTask } from './task.ts'

/** Probability of either error of a test. */
export const ALPHA = 0.05

/** (z.₀₅ + z.₁₀)²: one-sided error 5 %, power 90 %. */
const SURENESS = 8.56

/** Poisson service as long as no plateau tells. */
const USUAL_IDC = 1

/**
 * c_a² + IDC: variance over mean of what comes, plus that of what goes, as far as a steady plateau tells. The first one is short, and
 * may have seen more than one state of the target; it can only show that the flow is steadier than usual.
 */
export function flowVariance({ traffic, plateaus }: Pick<SearchState, 'traffic' | 'plateaus'>): number {
  const plateau = plateaus.findLast(({ trend }) => trend === 'steady')
  const idc =
    plateau === undefined ? USUAL_IDC : plateau.round > 0 ? plateau.idc : Math.min(USUAL_IDC, plateau.idc)
  return traffic.arrivalVariation + idc
}

/** Requests that tell a load ω above capacity from one at it: (z_α + z_β)²·(c_a² + IDC)/ω². */
export const holdRequests = (variance: number, omega: number): number => (SURENESS * variance) / omega ** 2

/** A careful step looks for an excess of its own height, within these s. */
const COARSE_OMEGA = 0.15
const SHORTEST_COARSE = 2
const LONGEST_COARSE = 5
const SHORTEST = 10

/** ω of this hold. */
export const holdOmega = (
  { omega }: Pick<SearchState, 'omega'>,
  { purpose }: Pick<HoldTask, 'purpose'>,
): number => (purpose === 'coarse' ? Math.max(COARSE_OMEGA, omega) : omega)

/** What the sign then decides after, s. */
export function holdLimitSeconds(state: SearchState, task: HoldTask): number {
  if (task.purpose === 'slo') return task.least
  const requests = holdRequests(flowVariance(state), holdOmega(state, task))
  if (task.purpose === 'coarse')
    return Math.min(LONGEST_COARSE, Math.max(SHORTEST_COARSE, Math.ceil(requests / task.rate)))
  // Losses do not wait for a backlog to grow.
  const part = losesOnly(state) ? 0.4 : 1
  return Math.max(Math.ceil((part * requests) / task.rate), SHORTEST, task.least)
}
