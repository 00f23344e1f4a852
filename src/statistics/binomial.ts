import { incompleteBeta, inverseIncompleteBeta } from './incomplete-beta.ts'

/** P(X ≥ k) for X ~ Binomial(n, p), exact: I_p(k, n − k + 1) (Abramowitz and Stegun, 26.5.24). */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : incompleteBeta(p, k, n - k + 1)
}

/** An interval for a share, both ends 0 to 1. */
export interface ShareInterval {
  readonly low: number
  readonly high: number
}

/** Exact interval for the share behind `x` of `n` (Clopper and Pearson, Biometrika 26, 1934). All of [0, 1] for n = 0. */
export function clopperPearson(x: number, n: number, confidence = 0.95): ShareInterval {
  const tail = (1 - confidence) / 2
  return {
    low: x <= 0 ? 0 : inverseIncompleteBeta(tail, x, n - x + 1),
    high: x >= n ? 1 : inverseIncompleteBeta(1 - tail, x + 1, n - x),
  }
}
