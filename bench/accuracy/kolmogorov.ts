/**
 * Probability of a Kolmogorov–Smirnov distance of at least `distance` between n draws and their own law:
 * Q(x) = 2 Σ (−1)^(j−1) e^(−2j²x²) with x = (√n + 0.12 + 0.11/√n)·D (Stephens 1970; Numerical Recipes, 3rd ed., §14.3.3).
 */
export function kolmogorovP(distance: number, n: number): number {
  const x = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance
  // The series converges slowly where the probability is 1 to nine digits.
  if (x < 0.27) return 1
  let sum = 0
  for (let j = 1; j <= 100; j += 1) sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * (j * x) ** 2)
  return Math.min(1, Math.max(0, sum))
}

/** Largest distance between the empirical law of `sorted` and the exponential law of this mean. */
export function distanceToExponential(sorted: Float64Array, mean: number): number {
  const n = sorted.length
  let distance = 0
  for (let i = 0; i < n; i += 1) {
    const p = -Math.expm1(-sorted[i]! / mean)
    distance = Math.max(distance, p - i / n, (i + 1) / n - p)
  }
  return distance
}
