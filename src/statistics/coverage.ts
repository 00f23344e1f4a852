import { poissonQuantile } from './poisson.ts'

/** Hits among the trials of one bin of time. */
export interface HitBin {
  readonly trials: number
  readonly hits: number
}

/** A bin with as many hits as this share of all quiet bins stays below, or equals, is conspicuous. */
const QUIET = 0.998

/**
 * Share of the bins whose hits reach the 99.8 % quantile of Poisson(trials·base), and at least one. What load brings about is
 * in every bin; what happens now and then is in few, however much of it there is. 0 without bins.
 */
export function coverage(bins: readonly HitBin[], base: number): number {
  const conspicuous = bins.filter(
    ({ trials, hits }) => hits > 0 && hits >= poissonQuantile(QUIET, trials * base),
  )
  return bins.length === 0 ? 0 : conspicuous.length / bins.length
}
