import { incompleteBeta, inverseIncompleteBeta } from './incomplete-beta.ts'

/** P(X ≥ k) for X ~ Binomial(n, p), exact: I_p(k, n − k + 1) (Abramowitz and Stegun, 26.5.24). */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  return k > n ? 0 : incompleteBeta(p, k, n - k + 1)
}

/** P(X ≤ k) for X ~ Binomial(n, p): I_{1−p}(n − k, k + 1). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  return k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1)
}

/** The least k with P(X ≤ k) ≥ `probability` for X ~ Binomial(n, p), by bisection. */
export function binomialQuantile(probability: number, n: number, p: number): number {
  let below = -1
  let found = n
  while (found - below > 1) {
    const middle = Math.floor((below + found) / 2)
    if (binomialCdf(middle, n, p) >= probability) found = middle
    else below = middle
  }
  return found
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
