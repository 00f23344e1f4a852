/** How many windows' worth of belief in a Poisson flow stand against what was seen. */
const PRIOR_WEIGHT = 5

export interface Dispersion {
  /** Variance over mean of the counts. */
  readonly idc: number
  /** Degrees of freedom behind it, the prior's included. */
  readonly df: number
}

/**
 * Index of dispersion for counts, Var/mean, of residuals against their expected counts (Cox and Lewis, 1966). A
 * handful of windows gives far too small values too often, so it is shrunk towards that of a Poisson process, 1.
 *
 * @param parameters how many numbers were fitted to get the expected counts
 */
export function dispersionOf(
  counts: readonly number[],
  expected: readonly number[],
  parameters = 1,
): Dispersion {
  const free = Math.max(0, counts.length - parameters)
  let sum = 0
  counts.forEach((count, i) => {
    sum += (count - expected[i]!) ** 2 / Math.max(expected[i]!, 1)
  })
  const df = free + PRIOR_WEIGHT
  return { idc: ((free === 0 ? 0 : sum) + PRIOR_WEIGHT) / df, df }
}
