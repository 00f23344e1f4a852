import { inverseIncompleteGamma } from './incomplete-gamma.ts'

/** What a sum of `df` squared standard normal variables stays below with probability `p`, 0 ≤ p < 1. */
export const chiSquareQuantile = (p: number, df: number): number => 2 * inverseIncompleteGamma(p, df / 2)
