import type { CacheLayout } from './cdn-question.ts'
import { characteristicTime } from './characteristic-time.ts'
import type { ObjectClass } from './object-classes.ts'
import { requestsPerFetch } from './requests-per-fetch.ts'

/** The requests of one route as the caches see them. */
export interface Stream {
  /** Arrivals at all caches together, in 1/s. */
  readonly rps: number
  /** Time to live, in s; null where no cache keeps the answers. */
  readonly ttl: number | null
  readonly classes: readonly ObjectClass[]
}

/** The caches, and what the origin is to them. */
export interface Caches extends CacheLayout {
  /** W, in s; null where it is not known: then a fetch takes no time. */
  readonly fetchTime: number | null
}

export interface OriginLoad {
  /** Of each stream, in their order, in 1/s. */
  readonly originRps: readonly number[]
  /** T, in s; Infinity where everything fits. */
  readonly idle: number
}

/**
 * How many caches the origin sees. Behind a shield all copies of an object carry the age that it has there (RFC 9111 §5.1), so
 * they expire together, and the next request, wherever it comes, is the one fetch: one cache asked for everything. What
 * the edges hold beyond what the shield has room for comes on top, and is left out.
 */
export const cachesAtOrigin = ({ edges, shield }: CacheLayout): number => (shield ? 1 : edges)

/** What is left for the origin in the long run. */
export function originLoad(streams: readonly Stream[], caches: Caches): OriginLoad {
  const idle = idleTime(streams, caches)
  return { originRps: streams.map(stream => streamLoad(stream, idle, caches)), idle }
}

function idleTime(streams: readonly Stream[], caches: Caches): number {
  if (caches.room === null) return Infinity
  const objects = streams.flatMap(({ rps, ttl, classes }) =>
    ttl === null
      ? []
      : classes.map(({ count, share }) => ({ count, rate: (rps * share) / cachesAtOrigin(caches) })),
  )
  return characteristicTime(objects, caches.room)
}

function streamLoad({ rps, ttl, classes }: Stream, idle: number, caches: Caches): number {
  if (ttl === null) return rps
  return classes.reduce((sum, { count, share }) => {
    const rate = (rps * share) / cachesAtOrigin(caches)
    return sum + count * rps * share * missShare(rate, ttl, idle, caches)
  }, 0)
}

/**
 * Share of the requests for one object that reach the origin: 1 of M. Without collapsing, the requests that come while the
 * fetch is under way go there too: M up to W, of M up to the time to live, which counts from the request (RFC 9111 §4.2.3).
 */
function missShare(
  rate: number,
  ttl: number,
  idle: number,
  { collapsing, fetchTime }: Pick<Caches, 'collapsing' | 'fetchTime'>,
): number {
  const served = requestsPerFetch(rate, ttl, idle)
  return collapsing ? 1 / served : requestsPerFetch(rate, Math.min(fetchTime ?? 0, ttl), idle) / served
}
