/** Where a sequence changes; all are indices of bins. */
export interface ChangePoint {
  /** The first bin after the change. */
  readonly at: number
  /** The first bins that the change may as well have come before; `from` ≤ `at` ≤ `to`. */
  readonly from: number
  readonly to: number
}

/** Half of the 95 % quantile of chi-square with one degree of freedom. */
const INTERVAL = 1.92

/**
 * The bin from which on the change explains most: argmax over k of Σ_{i ≥ k} LLRᵢ, with all k whose sum is within 1.92·φ
 * of the greatest (Hinkley, Biometrika 57(1), 1970). Undefined where no k makes the change the likelier.
 *
 * @param logRatios of each bin: ln of its likelihood after the change over that before
 * @param dispersion φ: how much more the bins scatter than the likelihood says, at least 1
 */
export function changePoint(logRatios: readonly number[], dispersion = 1): ChangePoint | undefined {
  const fromHereOn: number[] = []
  let sum = 0
  for (const ratio of logRatios.toReversed()) fromHereOn.push((sum += ratio))
  fromHereOn.reverse()
  const most = fromHereOn.reduce((best, value) => Math.max(best, value), 0)
  if (most <= 0) return undefined
  const near = (value: number): boolean => value >= most - INTERVAL * Math.max(1, dispersion)
  return {
    at: fromHereOn.indexOf(most),
    from: fromHereOn.findIndex(near),
    to: fromHereOn.findLastIndex(near),
  }
}
