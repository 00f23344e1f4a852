/** Says whether a client may try again. */
export interface RetryBudget {
  /** A new request has come. */
  earn(): void
  /** Whether one more retry may be made, after so many of the same request; it is paid then. */
  spend(madeBefore: number): boolean
}

/** Unspent retries that are kept at most, so that quiet times do not pay for a storm. */
const RESERVE = 10

export function createRetryBudget(perRequest: number, share: number | null): RetryBudget {
  if (share === null) return { earn() {}, spend: madeBefore => madeBefore < perRequest }
  const state = { saved: 0 }
  return {
    earn() {
      state.saved = Math.min(RESERVE, state.saved + share)
    },
    spend(madeBefore) {
      if (madeBefore >= perRequest || state.saved < 1) return false
      state.saved -= 1
      return true
    },
  }
}
