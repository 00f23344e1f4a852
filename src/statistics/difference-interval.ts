/** An estimate with an interval of its own. */
export interface Bounded {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Interval of b − a from the intervals of two independent estimates, which need not be symmetric: each end moves by the ends that
 * push it there, added in squares (Zou and Donner, Statistics in Medicine 27(10), 2008, eq. 7).
 */
export const differenceInterval = (a: Bounded, b: Bounded): Bounded => ({
  value: b.value - a.value,
  low: b.value - a.value - Math.hypot(b.value - b.low, a.high - a.value),
  high: b.value - a.value + Math.hypot(b.high - b.value, a.value - a.low),
})
