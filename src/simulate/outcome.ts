/** A figure of a simulation. The interval that covers it nineteen times in twenty is about two standard errors to either side. */
export interface Estimate {
  readonly value: number
  /** By the spread over replications, or over batches of one replication (batch means; Law, Simulation Modeling and Analysis, 5th ed., §9.5). */
  readonly standardError: number
}

/** What a request ends as in the end, after all retries: a status, or its client has left. */
export const ENDINGS = ['200', '429', '502', '503', '504', 'gave-up'] as const
export type Ending = (typeof ENDINGS)[number]

/** In seconds. */
export interface ResponseTimes {
  readonly mean: Estimate
  readonly p50: Estimate
  readonly p95: Estimate
  readonly p99: Estimate
}

/** What a simulation showed, warm-up left out. Times in seconds, rates in 1/s, shares 0 to 1. */
export interface Outcome {
  /** Requests that it rests on, over all replications. */
  readonly requests: number
  readonly counts: Readonly<Record<Ending, number>>
  readonly shares: Readonly<Record<Ending, Estimate>>
  /** 429 and 503: turned away, or expired in the queue. */
  readonly refused: Estimate
  /** 504, or the client has left. */
  readonly timedOut: Estimate
  /** Good answers per second, counted by when their requests came. */
  readonly goodput: Estimate
  /** Attempts that clients made per request: 1 without retries. */
  readonly attempts: Estimate
  /** Requests that backends were given per second: without what the cache, the limiter and the queues kept away, with all retries. */
  readonly backendRate: Estimate
  /** Of the good answers, from the first attempt of their client; null where there was none in some part of the simulation. */
  readonly responseTimes: ResponseTimes | null
  /** The same of those that a backend gave. */
  readonly backendResponseTimes: ResponseTimes | null
  /** Of whoever a backend was given: mean time in a queue of the gateway before. */
  readonly gatewayWait: Estimate
  /** Of whoever a backend began to work at: mean time between being given to it and that. */
  readonly backendWait: Estimate
  /** Share of those that a backend began to work at that had waited, at the gateway or there. */
  readonly waited: Estimate
  /** Mean share of its power that each backend used. */
  readonly utilisation: readonly Estimate[]
  /** Requests in the queues of the gateway: mean over time. */
  readonly queueLength: Estimate
  /** The most at a time: seen here, not an estimate of anything. */
  readonly longestQueue: number
}
