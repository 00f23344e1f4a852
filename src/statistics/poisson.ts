import { incompleteGamma } from './incomplete-gamma.ts'
import { normalQuantile } from './normal-quantile.ts'

/** P(X ≤ k) for X ~ Poisson(mean): Q(⌊k⌋ + 1, mean) (Abramowitz and Stegun, 26.4.21). */
export const poissonCdf = (k: number, mean: number): number =>
  k < 0 ? 0 : incompleteGamma(Math.floor(k) + 1, mean).upper

/** P(X ≥ k) for X ~ Poisson(mean), to its own precision however small it is: P(⌈k⌉, mean). */
export const poissonTail = (k: number, mean: number): number =>
  k <= 0 ? 1 : incompleteGamma(Math.ceil(k), mean).lower

/** The least k with P(X ≤ k) ≥ p, 0 < p < 1: some steps from where a normal variable would have it. */
export function poissonQuantile(p: number, mean: number): number {
  const z = normalQuantile(p)
  let k = Math.max(0, Math.round(mean + z * Math.sqrt(mean) + (z * z - 1) / 6))
  while (k > 0 && poissonCdf(k - 1, mean) >= p) k -= 1
  while (poissonCdf(k, mean) < p) k += 1
  return k
}
