/** A figure with the sentence that says where it comes from, its numbers filled in. */
export interface Derived {
  readonly value: number
  readonly from: string
}

/**
 * What a gateway before n equal backends is to be told, by Little's law. Rates in 1/s, times in s. Everything that writes configuration
 * reads this and nothing else.
 */
export interface ServerLimits {
  /** n. */
  readonly backends: Derived
  /** C₁: what one backend carries, lower end. */
  readonly capacity: Derived
  /** W just below the knee: mean, and p99. */
  readonly responseTime: Derived
  readonly responseTimeP99: Derived
  /** L = C₁·W: requests that one backend works on at once. */
  readonly concurrency: Derived
  /** m = ⌈L + 3√L⌉: that it may work on, where what comes beyond waits in a queue (HAProxy, Envoy). */
  readonly maxConcurrent: Derived
  /** ⌈L + 5√L⌉: where what comes beyond is turned away (nginx without a queue). */
  readonly maxConcurrentWithoutQueue: Derived
  /** q = ⌊C₁·T_q⌋: requests that may wait for one backend. */
  readonly queue: Derived
  /** T_q. */
  readonly queueTimeout: Derived
  /** The time after which an answer is given up: well beyond T_q + p99. */
  readonly answerTimeout: Derived
  /** Origin load at the peak. */
  readonly originPeak: Derived
  /** The most that the n backends carry together, u = 1: where overload protection has to begin. */
  readonly ceiling: Derived
  /** Retries as a share of the requests, at most. */
  readonly retryBudget: Derived
  readonly zones: number
}
