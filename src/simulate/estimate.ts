import type { Estimate } from './outcome.ts'

/**
 * Σx/Σy over cells, with the standard error that linearising gives: s(xᵢ − R·yᵢ)/(√k·ȳ) (Cochran, Sampling Techniques, 3rd ed., §6.4).
 * 0 where all y are 0: of nobody there is nothing.
 */
export function estimateRatio(xs: readonly number[], ys: readonly number[]): Estimate {
  const k = xs.length
  const total = sum(ys)
  if (total === 0) return { value: 0, standardError: 0 }
  const value = sum(xs) / total
  const squares = sum(xs.map((x, i) => (x - value * ys[i]!) ** 2))
  return { value, standardError: Math.sqrt((squares * k) / (k - 1)) / total }
}

/** A figure of the whole, whose error is that of the mean of the same figure over the cells. */
export function estimateWhole(value: number, ofCells: readonly number[]): Estimate {
  const k = ofCells.length
  const mean = sum(ofCells) / k
  const squares = sum(ofCells.map(x => (x - mean) ** 2))
  return { value, standardError: Math.sqrt(squares / (k - 1) / k) }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
