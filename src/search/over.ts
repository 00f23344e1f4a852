import { EPSILON } from './epsilon.ts'
import { calmShare } from './calm.ts'
import type { SearchState } from './search-state.ts'

/** Shares below this are for holds to judge. */
const CLEARLY = Math.max(0.05, 2 * EPSILON)
const SURELY = 3
const MAYBE = 1.5

export type Load = 'carried' | 'doubtful' | 'over'

/**
 * Is an excess X of the offered far beyond chance? Its variance is A·(c_a² + 1) of arrivals and departures, and
 * A·p0 of errors that come at any load.
 */
export function judgeLoad(
  state: SearchState,
  { offered, excess }: { offered: number; excess: number },
): Load {
  if (offered === 0) return 'carried'
  const spread = Math.sqrt(offered * (state.traffic.arrivalVariation + 1 + calmShare(state)))
  const deficit = excess / offered
  if (deficit > CLEARLY && excess > SURELY * spread) return 'over'
  return deficit > CLEARLY / 2 && excess > MAYBE * spread ? 'doubtful' : 'carried'
}
