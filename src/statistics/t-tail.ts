import { incompleteBeta } from './incomplete-beta.ts'

/**
 * P(T > t) for Student's variable with `df` > 0 degrees of freedom, whole or not: half of I_x(df/2, 1/2) at
 * x = df/(df + t²), for t ≥ 0 (Abramowitz and Stegun, 26.7.1 with 26.5.27).
 */
export function tTail(t: number, df: number): number {
  if (t === Infinity) return 0
  if (t < 0) return 1 - tTail(-t, df)
  return incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2
}
