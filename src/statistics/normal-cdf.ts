import { incompleteGamma } from './incomplete-gamma.ts'

/** P(Z ≤ z) of a standard normal variable, to its own precision in the lower tail: Q(½, z²/2)/2 (Abramowitz and Stegun, 26.4.4). */
export function normalCdf(z: number): number {
  const tail = incompleteGamma(0.5, (z * z) / 2).upper / 2
  return z < 0 ? tail : 1 - tail
}
