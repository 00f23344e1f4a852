import { tQuantile } from './t-quantile.ts'

/** Beyond so many runs nobody would go on. */
const MOST = 1000

export interface RunsWanted {
  /** Standard deviation that n runs average out: the error is sd/√n. */
  readonly sd: number
  /** Half of the interval is to be at most this. */
  readonly half: number
  readonly perSide: number
  /** Degrees of freedom that each run beyond the first adds; 1 for pairs. */
  readonly dfPerRun?: number
}

/**
 * The least n ≥ 2 with t_{1−α, (n−1)·f}·sd/√n ≤ half (Kalibera and Jones, ISMM 2013, solved for the number of runs). Undefined where
 * more than a thousand would be needed.
 */
export function runsForHalfWidth({ sd, half, perSide, dfPerRun = 1 }: RunsWanted): number | undefined {
  if (!(half > 0)) return undefined
  for (let n = 2; n <= MOST; n += 1) {
    if ((tQuantile(1 - perSide, (n - 1) * dfPerRun) * sd) / Math.sqrt(n) <= half) return n
  }
  return undefined
}
