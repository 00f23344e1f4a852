import type { SearchBound, SearchConclusion, SearchFlag, SearchStep } from '../../result/search-record.ts'

/** How a search found the knee, in the words of RFC 9971 (Multiple Loss Ratio Search) where it has one. */
export interface SearchFindings {
  /** False when it was cut off, or its budget ran out before it was done. */
  readonly complete: boolean
  /** `plateau`: a count of good answers under light overload. `bracket`: hold tests. Null without a knee. */
  readonly mode: SearchConclusion['mode']
  readonly steps: readonly SearchStepFigures[]
  readonly relevantLowerBound: SearchBound | null
  readonly relevantUpperBound: SearchBound | null
  readonly flags: readonly SearchFlag[]
  /** Successive estimates of the knee from plateaus, in 1/s. */
  readonly plateausRps: readonly number[]
  /** Requests beyond the sustained rate that a buffer or a burst allowance took before the excess was lost; null without one. */
  readonly absorbedRequests: number | null
  /** What fails at the baseline's load. */
  readonly baselineShare: number
  /** ε, the excess share of bad answers that a sustained load may have. */
  readonly epsilon: number
  /** ω, how far apart two loads must be to be told apart: wanted, and what the load that was spent allows. */
  readonly omega: number
  readonly reachedOmega: number | null
  /** How long the highest rate that passed was held. */
  readonly holdSeconds: number | null
  readonly loadSeconds: number
  readonly plannedSeconds: number | null
}

/** One step of the path, as it was decided while the load went on. */
export interface SearchStepFigures extends Omit<SearchStep, 'rate' | 'estimate'> {
  /** Index into `stages`. */
  readonly stage: number
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly rateRps: number
  readonly estimateRps: number | null
}

/** When a constant load a tenth above the knee would meet a timeout of the gateway for the first time. */
export interface TimeoutForecast {
  readonly rps: number
  /** From the start of that load to the arrival of the first request that is answered 504. */
  readonly seconds: number
  readonly timeoutSeconds: number
  /** True when no timeout was seen and a usual one is taken. */
  readonly assumed: boolean
  readonly because: string
}
