import type { Nanoseconds, RatePerSecond, Share } from '../units/quantity.ts'

/**
 * What a search is to find, and within which bounds. A plan with one has no stages of its own: they are added
 * while the search goes on, and in a RESULT they are what was carried out.
 */
export interface SearchGoal {
  /** The first rate that is offered, and the one that the baseline is taken at. */
  readonly from: RatePerSecond
  /** No more than this is ever offered. */
  readonly to: RatePerSecond
  /** ω: two loads this far apart (as a share) are to be told apart. */
  readonly precision: Share
  /** Load, in all; what the search cannot decide in it stays undecided. */
  readonly budget: Nanoseconds
  /** Holds only, each a little above the last one that passed: the target is never driven far over its capacity. */
  readonly gentle: boolean
  /** How long the knee is held at the end. Absent: no longer than it takes to confirm it. */
  readonly soak?: Nanoseconds
  /** Taken from the first latency promise: no more than `1 − share` of the requests may take longer than `within`. */
  readonly slow?: { readonly within: Nanoseconds; readonly share: Share; readonly text: string }
}
