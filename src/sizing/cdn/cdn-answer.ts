import type { Derived } from '../server-limits.ts'

/** What the cache takes off the origin at the peak. Rates in 1/s, times in s, shares 0 to 1. */
export interface CdnAnswer {
  readonly needed: NeededHits
  /** In the long run, with a cache that has been asked for a while. */
  readonly expected: ExpectedLoad
  /** Whether the origin then stays within its capacity. */
  readonly holds: boolean
  /** In the order of the question. */
  readonly routes: readonly CdnRouteAnswer[]
  /** Routes that a cache may keep, the one that saves the origin the most requests first. */
  readonly cachingOrder: readonly CachingStep[]
  /** From an empty cache on: a cold start, or a purge of everything; with Poisson arrivals they are the same process. */
  readonly emptied: EmptiedCache
  /** The dearest first. */
  readonly problems: readonly CacheProblem[]
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[]
  readonly because: string
}

export interface NeededHits {
  /** h_min = 1 − capacity/peak, over all requests; 0 where the origin carries the peak by itself. */
  readonly hitRatio: Derived
  /** The same over the requests that a cache may answer; null where even 100 % of them would not do. */
  readonly ofCacheable: Derived | null
}

export interface ExpectedLoad {
  /** h: share of the requests that never reach the origin. */
  readonly hitRatio: Derived
  readonly originRps: Derived
  /** Share of the bytes that users read which never leave the origin. */
  readonly byteHitRatio: Derived
  readonly originBytesPerSecond: Derived
  /** What the cache sends to users. */
  readonly edgeBytesPerSecond: number
  /** How long an object stays in a full cache after it was last asked for; null where everything fits. */
  readonly characteristicTime: Derived | null
}

export interface CdnRouteAnswer {
  readonly name: string
  /** Arrivals of this route at the peak. */
  readonly rps: number
  readonly cached: Cached
  readonly hitRatio: Derived
  readonly originRps: number
  readonly originBytesPerSecond: number
  /** Hit ratio it needs, every other route being as expected, for the origin to hold; null where no hit ratio would do. */
  readonly neededHitRatio: number | null
}

/** What a shared cache makes of the answers, by RFC 9111. */
export type Cached =
  | { readonly kind: 'kept'; /** Freshness lifetime. */ readonly ttl: number; readonly because: string }
  | { readonly kind: 'not-kept'; readonly because: string }
  /** No head was kept: taken as not cached, and nothing is said about it. */
  | { readonly kind: 'unknown'; readonly because: string }

export interface CachingStep {
  readonly route: string
  readonly savedRps: number
  /** Origin load when this route and those before it are cached and the others are not. */
  readonly originRps: number
  /** Whether that is within the capacity. */
  readonly holds: boolean
}

export interface EmptiedCache {
  /** In the first moment everything is asked of the origin, collapsed or not: λ. */
  readonly firstRps: number
  /** Requests (not a rate) that the origin has at once when the first fetch comes back; null where the time of a fetch was not measured. */
  readonly burst: { readonly collapsed: Derived; readonly uncollapsed: Derived } | null
  /** In order of time, from 0 until it has settled. */
  readonly curve: readonly EmptiedPoint[]
  /** Since when the origin load stays below the capacity; null where it never does, `because` says why. */
  readonly belowCapacityAfter: { readonly seconds: number | null; readonly because: string }
  /** Requests beyond the capacity until then: what has to wait or fails. */
  readonly requestsBeyondCapacity: number
}

export interface EmptiedPoint {
  /** Since the cache was empty. */
  readonly at: number
  /** Mean over the second that begins there. */
  readonly originRps: number
  /** Requests that the origin has been asked by then. */
  readonly originRequests: number
}

export interface CacheProblem {
  readonly id: ProblemId
  readonly route: string
  readonly claim: string
  /** The header line as it came, or that it is missing. */
  readonly evidence: string
  readonly next: string
  /** Origin requests at the peak that it costs by itself, were everything else in the answer right. */
  readonly costRps: Derived
  /** Bytes from the origin at the peak, likewise. */
  readonly costBytesPerSecond: number
}

export type ProblemId =
  | 'no-store'
  | 'private'
  | 'set-cookie'
  | 'vary-star'
  | 'vary-visitor'
  | 'no-freshness'
  | 'invalid-freshness'
  | 'always-revalidated'
  | 'short-freshness'
  | 'no-validator'
