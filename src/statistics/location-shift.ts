import { tQuantile } from './t-quantile.ts'
import { tTail } from './t-tail.ts'

/** How far one law lies from another, and how well that is known: (estimate − truth) / error is Student's t. */
export interface LocationShift {
  readonly value: number
  /** Standard error of `value`. */
  readonly error: number
  /** Degrees of freedom behind the error, above 0. */
  readonly df: number
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Sample variance with n − 1; NaN for fewer than two values. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}

/** Mean of the differences within at least two pairs (Student, Biometrika 6(1), 1908). */
export const pairedShift = (differences: readonly number[]): LocationShift => ({
  value: meanOf(differences),
  error: Math.sqrt(varianceOf(differences) / differences.length),
  df: differences.length - 1,
})

/**
 * Mean of `b` less mean of `a`, at least two values each, variances not assumed to be equal (Welch, Biometrika 34,
 * 1947). Where neither sample scatters the formula is 0/0; the smaller of the two possible ends, min(n) − 1, is taken.
 */
export function welchShift(a: readonly number[], b: readonly number[]): LocationShift {
  const parts = [a, b].map(values => ({ square: varianceOf(values) / values.length, df: values.length - 1 }))
  const square = parts.reduce((sum, part) => sum + part.square, 0)
  const spread = parts.reduce((sum, part) => sum + part.square ** 2 / part.df, 0)
  const least = Math.min(...parts.map(part => part.df))
  return {
    value: meanOf(b) - meanOf(a),
    error: Math.sqrt(square),
    df: spread > 0 ? Math.max(least, square ** 2 / spread) : least,
  }
}

/**
 * One new value less the mean of the earlier ones, which come from one normal law: error s·√(1 + 1/n), n − 1 degrees
 * of freedom, the prediction interval (Hahn and Meeker, Statistical Intervals, 1991, §4.7).
 */
export const predictedShift = (earlier: readonly number[], one: number): LocationShift => ({
  value: one - meanOf(earlier),
  error: Math.sqrt(varianceOf(earlier) * (1 + 1 / earlier.length)),
  df: earlier.length - 1,
})

/** Interval that leaves out `perSide` on either side. */
export function shiftBounds(
  { value, error, df }: LocationShift,
  perSide: number,
): { readonly low: number; readonly high: number } {
  const half = error === 0 ? 0 : tQuantile(1 - perSide, df) * error
  return { low: value - half, high: value + half }
}

/**
 * One-sided p of the claim that the true shift is above `limit`: at most α exactly when the lower bound for α is. Without
 * any scatter it is 0 or 1.
 */
export function tailAbove({ value, error, df }: LocationShift, limit: number): number {
  if (error === 0) return value > limit ? 0 : 1
  return tTail((value - limit) / error, df)
}
