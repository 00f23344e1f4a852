/** What a cache before the present origin would take off it at the peak. Rates in 1/s, times in s, shares 0 to 1. */
export interface CdnQuestion {
  /** λ: arrivals at the peak as users make them, growth included. */
  readonly peak: number
  /** u·X(n): requests that the present backends may be planned to carry. */
  readonly capacity: number
  /** W: how long the origin takes for an answer at such a load; null where it was not measured. */
  readonly fetchTime: number | null
  /** In the order of the scenario; their shares sum to 1. */
  readonly routes: readonly CdnRoute[]
  readonly cache: CacheLayout
}

export interface CdnRoute {
  readonly name: string
  readonly method: string
  readonly path: string
  /** Of all requests. */
  readonly share: number
  readonly bytesPerAnswer: number
  /** Head of one good answer as it came, status line included; null where none was kept: then nothing is claimed. */
  readonly head: string | null
  /** How long a cache is told to keep it, whatever the head says; null to take what the head says. */
  readonly ttl: number | null
  readonly objects: ObjectMix
}

/** The objects that one route stands for: the i-th most popular of them is asked for in proportion to 1/i^zipf. */
export interface ObjectMix {
  /** At least 1. */
  readonly count: number
  /** 0: all alike. */
  readonly zipf: number
}

/** A scenario asks for fixed paths: each is one object unless the user says what it stands for. */
export const ONE_OBJECT: ObjectMix = { count: 1, zipf: 0 }

export interface CacheLayout {
  /** Caches that each get an equal part of the requests and know nothing of one another. */
  readonly edges: number
  /** Whether what they lack is fetched through one more cache, so that the origin sees only that one. */
  readonly shield: boolean
  /** Whether requests for an object that is being fetched wait for that fetch instead of making their own. */
  readonly collapsing: boolean
  /** Objects that each cache has room for, the least recently used giving way; null where all fit. */
  readonly room: number | null
}

export const CACHE_DEFAULTS: CacheLayout = { edges: 1, shield: false, collapsing: true, room: null }
