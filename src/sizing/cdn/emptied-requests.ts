import { expectedFetches } from './expected-fetches.ts'
import type { Caches, Stream } from './origin-load.ts'
import { cachesAtOrigin } from './origin-load.ts'
import { requestsPerFetch } from './requests-per-fetch.ts'

/** Requests that the origin is to expect until `time` (s) after all caches were empty; `idle` is T of the full ones. */
export function emptiedRequests(
  streams: readonly Stream[],
  caches: Caches,
  idle: number,
  time: number,
): number {
  const number = cachesAtOrigin(caches)
  return streams.reduce((sum, { rps, ttl, classes }) => {
    if (ttl === null) return sum + rps * time
    return classes.reduce((subtotal, { count, share }) => {
      const rate = (rps * share) / number
      // Without collapsing each fetch takes along what comes while it is under way; more than come cannot.
      const along = caches.collapsing ? 1 : requestsPerFetch(rate, Math.min(caches.fetchTime ?? 0, ttl), idle)
      const fetches = fetchesOfObject(rate, ttl, idle, time)
      return subtotal + number * count * Math.min(rate * time, along * fetches)
    }, sum)
  }, 0)
}

/**
 * Fetches of one object by one cache. Nothing is evicted before the cache is full, which is after T; from then on the larger of what
 * expiry and eviction each cause by themselves, raised by what both together cause more in the long run.
 */
function fetchesOfObject(rate: number, life: number, idle: number, time: number): number {
  const expired = expectedFetches(rate, life, time)
  if (rate <= 0 || time <= idle || life <= idle) return expired
  const whenFull = expectedFetches(rate, life, idle)
  const evictedRate = rate * Math.exp(-rate * idle)
  const longRun = rate / requestsPerFetch(rate, life, idle)
  const raised = longRun / Math.max(rate / (1 + rate * life), evictedRate)
  return whenFull + raised * Math.max(expired - whenFull, evictedRate * (time - idle))
}
