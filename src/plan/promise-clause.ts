import type { Nanoseconds, RatePerSecond, Share } from '../units/quantity.ts'

/** Statuses that gateways answer with when what stands behind them fails; `any` is their union. */
export type OnsetStatus = '502' | '503' | '504' | 'any'

/** `p99`, `p99.9`, … as a share: 0.99, 0.999. */
export type Percentile = Share

/**
 * One thing that must hold, e.g. `p99 < 300ms`. `text` is what the user wrote. Latency and error clauses are
 * judged in every measured window whose offered rate is at most `upTo`; without `upTo`, at most the highest
 * rate that a `knee > X` or `onset > X` clause of the same plan promises; without one, in every measured window.
 */
export type PromiseClause =
  | {
      readonly kind: 'latency'
      readonly text: string
      readonly statistic: 'mean' | 'max' | { readonly percentile: Percentile }
      readonly limit: Nanoseconds
      readonly upTo?: RatePerSecond
      /** Name of the one request it speaks of; absent: all. */
      readonly request?: string
    }
  | {
      readonly kind: 'errors'
      readonly text: string
      readonly limit: Share
      readonly upTo?: RatePerSecond
      readonly request?: string
    }
  | { readonly kind: 'knee'; readonly text: string; readonly above: RatePerSecond }
  | {
      readonly kind: 'onset'
      readonly text: string
      readonly status: OnsetStatus
      readonly above: RatePerSecond
    }
