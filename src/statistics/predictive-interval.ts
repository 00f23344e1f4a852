import { tQuantile } from './t-quantile.ts'
import { meanOf, squaresOf } from './two-sample-t.ts'

export interface PredictiveInterval {
  readonly mean: number
  /** Standard deviation of the values, with n − 1. */
  readonly deviation: number
  readonly low: number
  readonly high: number
}

/**
 * Where one more value of the same normal distribution lies: x̄ ± t_{n−1}·s·√(1 + 1/n) (Hahn and Meeker, Statistical
 * Intervals, 1991, §4.7). The 1 under the root is the new value's own scatter: an interval of the mean leaves it out,
 * and calls every other new value a change.
 *
 * @param values at least two
 * @param confidence of both sides together, 0 to 1
 */
export function predictiveInterval(values: readonly number[], confidence: number): PredictiveInterval {
  const n = values.length
  const mean = meanOf(values)
  const deviation = Math.sqrt(squaresOf(values) / (n - 1))
  const reach = tQuantile((1 + confidence) / 2, n - 1) * deviation * Math.sqrt(1 + 1 / n)
  return { mean, deviation, low: mean - reach, high: mean + reach }
}
