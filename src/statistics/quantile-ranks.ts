import { binomialQuantile } from './binomial.ts'

/** Ranks in the sorted sample, the least value has rank 1. */
export interface QuantileRanks {
  /** Undefined where the sample is too small to bound the quantile from below. */
  readonly low: number | undefined
  /** Undefined where it is too small to bound it from above: fewer than ln(0.025)/ln(p) values at 95 %. */
  readonly high: number | undefined
}

/**
 * The order statistics that the p-quantile lies between with the given confidence, whatever the distribution: as many
 * of `n` independent values as Binomial(n, p) says lie below it (David and Nagaraja, Order Statistics, 3rd ed., §7.1). For
 * correlated values `n` is the effective sample size, and the ranks are to be scaled up to the real one.
 */
export function quantileRanks(n: number, p: number, confidence = 0.95): QuantileRanks {
  const tail = (1 - confidence) / 2
  const size = Math.floor(n)
  const low = binomialQuantile(tail, size, p)
  const high = binomialQuantile(1 - tail, size, p) + 1
  return { low: low < 1 ? undefined : low, high: high > size ? undefined : high }
}
