/** What a trial tells about itself while it runs, once a second. By the clock, not by intended start. */
export interface Progress {
  readonly atSeconds: number
  readonly secondsLeft: number
  readonly stage: string
  readonly warmup: boolean
  readonly offeredRps: number
  readonly goodRps: number
  /** Of the requests that ended in this second; null when none did. */
  readonly errorShare: number | null
  readonly p99Ms: number | null
  readonly inFlight: number
  /** Sent all that was intended; late answers are awaited. */
  readonly draining: boolean
}
