/** Tokens that come at a steady rate, `burst` of them at most, full at the start. */
export interface TokenBucket {
  /** Whether there was a token; it is gone then. Asked in the order of time. */
  takes(now: number): boolean
}

export function createTokenBucket(rate: number, burst: number): TokenBucket {
  const state = { tokens: burst, countedAt: 0 }
  return {
    takes(now) {
      state.tokens = Math.min(burst, state.tokens + (now - state.countedAt) * rate)
      state.countedAt = now
      if (state.tokens < 1) return false
      state.tokens -= 1
      return true
    },
  }
}
