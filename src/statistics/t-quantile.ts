import { inverseIncompleteBeta } from './incomplete-beta.ts'

/**
 * The t that Student's variable with `df` degrees of freedom stays below with probability `p`, 0 < p < 1, through
 * P(|T| > t) = I_x(df/2, 1/2) at x = df/(df + t²) (Abramowitz and Stegun, 26.5.27).
 */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0
  const x = inverseIncompleteBeta(2 * Math.min(p, 1 - p), df / 2, 0.5)
  return Math.sign(p - 0.5) * Math.sqrt((df * (1 - x)) / x)
}
