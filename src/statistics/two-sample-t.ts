import { tTail } from './t-tail.ts'

/** Two samples, compared by their means. */
export interface MeanShift {
  /** Mean of the second sample less that of the first. */
  readonly difference: number
  /** Two-sided: how often equal means lie at least as far apart. */
  readonly p: number
}

/**
 * Student's test of two means with a common variance: t = (ȳ − x̄) / (s·√(1/n + 1/m)) with n + m − 2 degrees of freedom
 * (Student 1908). Samples of five keep a usable number of degrees of freedom only with a common variance. Without any
 * scatter, p is 0 where the means differ and 1 where they do not. Together the samples have at least three values.
 */
export function twoSampleT(first: readonly number[], second: readonly number[]): MeanShift {
  const [n, m] = [first.length, second.length]
  const df = n + m - 2
  const difference = meanOf(second) - meanOf(first)
  if (difference === 0) return { difference, p: 1 }
  const variance = (squaresOf(first) + squaresOf(second)) / df
  const t = Math.abs(difference) / Math.sqrt(variance * (1 / n + 1 / m))
  return { difference, p: 2 * tTail(t, df) }
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Sum of the squared distances from the mean. */
export function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}
