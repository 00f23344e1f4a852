import type { CachingStep } from './cdn-answer.ts'

/** A route that a cache may keep, asked for so often and leaving so much to the origin (1/s). */
export interface Saving {
  readonly route: string
  readonly rps: number
  readonly originRps: number
}

/**
 * In what order to cache: what saves the origin most comes first. Where caches have little room, each route saves what it does
 * with all of them in there; alone it would save more.
 */
export function cachingOrder(
  savings: readonly Saving[],
  peak: number,
  capacity: number,
): readonly CachingStep[] {
  let originRps = peak
  return savings
    .map(({ route, rps, originRps }) => ({ route, savedRps: rps - originRps }))
    .toSorted((a, b) => b.savedRps - a.savedRps)
    .map(({ route, savedRps }) => {
      originRps -= savedRps
      return { route, savedRps, originRps, holds: originRps <= capacity }
    })
}
