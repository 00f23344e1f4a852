import type { Counts } from '../result/counts.ts'

/** What stands between the users and the work. Times in seconds, rates in 1/s, shares 0 to 1; null: none, or no limit. */
export interface Setting {
  readonly cache: Cache | null
  /** Before the gateway, behind the cache. */
  readonly limiter: Limiter | null
  readonly gateway: Gateway
  readonly backends: Backends
  readonly client: Client
}

/** Each request finds its answer there with the same chance, whatever was asked before. */
export interface Cache {
  readonly hitRatio: number
  /** Time in which a hit is answered. */
  readonly answerTime: number
}

/** A token bucket, full at the start. */
export interface Limiter {
  readonly rate: number
  readonly burst: number
  /** What whoever finds no token is answered, at once. */
  readonly status: 429 | 503
}

/**
 * - `round-robin`: in turn; whoever has no room is passed over.
 * - `random`: any; where it has no room the request waits in the shared queue, though others may have room (HAProxy's `random(1)`).
 * - `least-connections`: whoever has the fewest, waiting ones included; of several the one whose number changed longest ago.
 * - `power-of-two`: the one with fewer in service of two drawn (which may be the same); room as for `random` (HAProxy's `random`).
 */
export type Balance = 'round-robin' | 'random' | 'least-connections' | 'power-of-two'

/**
 * A request goes to a backend that works at fewer than `maxConcurrent`, else waits: in the queue of that backend while it has one with room,
 * else in the queue that all of them share, else it is refused with `fullStatus`. A backend that becomes free takes whoever waits longest of its own
 * and of the shared queue.
 */
export interface Gateway {
  readonly balance: Balance
  /** m: requests that one backend is given at a time. */
  readonly maxConcurrent: number | null
  /** Places in the queue before each backend. */
  readonly backendQueue: number | null
  /** Places in the queue that they share. */
  readonly sharedQueue: number | null
  /** What is answered when there is no place: nginx says 502, the others 503. */
  readonly fullStatus: 502 | 503
  /** T_q: whoever has waited so long in a queue of the gateway is answered 503. */
  readonly queueTimeout: number | null
  /** From the moment a backend is given the request; then 504, its place is free for the gateway, and the backend works on. */
  readonly answerTimeout: number | null
  /** How often the gateway tries another backend after a 502 or 504 of one. */
  readonly retries: number
  /** A request whose client has left gives up its place at the gateway (HAProxy's `option abortonclose`). The backend works on in any case. */
  readonly dropsAbandoned: boolean
}

/**
 * Identical backends. Each works at the first `slots` of its requests at a time, the others wait there in order. With n being worked at, each
 * advances at the speed min(1, `power`/n): `slots` = `power` = c is a queue with c servers; `slots` = null, `power` = 1 is processor sharing.
 */
export interface Backends {
  readonly count: number
  readonly slots: number | null
  /** Seconds of service done per second at most, any number above 0. */
  readonly power: number
  /** Share of the requests that end as 502 once they are worked off. */
  readonly errorShare: number
}

export interface Client {
  /** For each attempt; then the client leaves. */
  readonly deadline: number | null
  /** r: attempts after the first, while the answer is not good. */
  readonly retries: number
  /** b: each request earns so much of a retry, and each retry costs one, so that there are at most b per request over all of them. */
  readonly retryBudget: number | null
  /** Mean of the exponential pause before each. */
  readonly retryPause: number
}

/** How much work a request is: the time that one slot alone takes for it. */
export type ServiceLaw =
  | { readonly kind: 'exponential' | 'deterministic'; readonly mean: number }
  /** The sum of `shape` exponential phases: variance mean²/shape. */
  | { readonly kind: 'erlang'; readonly mean: number; readonly shape: number }
  /** Service times of a run below its knee, drawn again, uniformly inside a bucket; all multiplied by `scale`. */
  | { readonly kind: 'measured'; readonly timesUs: Counts; readonly scale: number }
  /** The k-th request that backend j is given takes `seconds[j][k]`, from 0. */
  | { readonly kind: 'given'; readonly seconds: readonly ArrayLike<number>[] }

export type Arrivals =
  /** `requests` in each replication, warm-up included, the first `backlog` of them all at the very beginning. */
  | { readonly kind: 'poisson'; readonly rate: number; readonly requests: number; readonly backlog: number }
  /** Rising instants from 0 on. */
  | { readonly kind: 'given'; readonly at: ArrayLike<number> }

export interface Load {
  readonly arrivals: Arrivals
  /** Requests at the beginning of each replication that are not counted. */
  readonly warmUp: number
  /** Independent repetitions, each from an empty system. */
  readonly replications: number
  readonly seed: number
}

export const PLAIN_GATEWAY: Gateway = {
  balance: 'round-robin',
  maxConcurrent: null,
  backendQueue: null,
  sharedQueue: null,
  fullStatus: 503,
  queueTimeout: null,
  answerTimeout: null,
  retries: 0,
  dropsAbandoned: false,
}

export const PATIENT_CLIENT: Client = { deadline: null, retries: 0, retryBudget: null, retryPause: 0 }
