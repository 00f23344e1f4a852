import type { RatePerSecond, Share } from '../units/quantity.ts'

/**
 * What a search did and concluded: part of a RESULT, plain JSON. The decisions were made while the load went on,
 * from what was known by then; they cannot be made again afterwards, so they are kept as they were.
 */
export interface SearchRecord {
  /** One for each stage of the plan, in the order of time. */
  readonly steps: readonly SearchStep[]
  readonly conclusion: SearchConclusion
  /** The state of the search after its last whole step, for going on with it; only `src/search` reads it. */
  readonly state: unknown
}

export type SearchPhase =
  | 'baseline'
  | 'ramp'
  | 'plateau'
  | 'drain'
  | 'settle'
  | 'hold'
  | 'onset'
  | 'recovery'
  | 'soak'

/** `forced`: undecided when its time was up, so the sign decided. `void`: the generator was the limit. */
export type StepOutcome = 'passed' | 'failed' | 'forced-pass' | 'forced-fail' | 'measured' | 'void' | 'cut'

/** A stretch of constant load. */
export interface SearchStep {
  readonly phase: SearchPhase
  readonly rate: RatePerSecond
  /** Why this rate, as a sentence that was told when it began: "holding 1 140/s for up to 12 s to confirm". */
  readonly because: string
  /** What it showed, as a sentence; empty as long as it goes on. */
  readonly found: string
  readonly outcome: StepOutcome | null
  /** What the decision rests on, discarded seconds left out. */
  readonly seconds: number
  readonly offered: number
  readonly good: number
  /** (offered − good) / offered beyond the baseline; null where nothing was judged. */
  readonly deficit: number | null
  /** The knee as the search saw it after this step; null as long as it had none. */
  readonly estimate: RatePerSecond | null
}

export interface SearchEstimate {
  readonly rps: number | null
  readonly low: number | null
  readonly high: number | null
  readonly confidence: number
  readonly bound: 'measured' | 'at-least' | 'at-most' | 'none'
  readonly because: string
}

/** A hold that bounds the knee from one side (RFC 9971: Relevant Lower Bound, Relevant Upper Bound). */
export interface SearchBound {
  readonly rps: number
  readonly seconds: number
  readonly offered: number
  readonly deficit: number
}

/**
 * What was noticed on the way, each with a sentence of its own in the report.
 * `small-buffers`: the plateau lies clearly above the knee. `warm-up`: plateaus grew until two agreed. `capacity-changed`:
 * they jumped before two agreed, or never did.
 */
export type SearchFlag =
  | 'burst-absorbing'
  | 'retrograde'
  | 'collapse'
  | 'small-buffers'
  | 'warm-up'
  | 'capacity-changed'
  | 'generator-limited'
  | 'reached-the-cap'
  | 'budget-spent'

export interface SearchConclusion {
  /** False as long as the search was cut off or its budget ran out before it was done. */
  readonly complete: boolean
  readonly knee: SearchEstimate
  /** How the knee was found; null without one. */
  readonly mode: 'plateau' | 'bracket' | null
  readonly lowerBound: SearchBound | null
  readonly upperBound: SearchBound | null
  readonly saturation: SearchEstimate | null
  /** C_slo: the knee when a request slower than the promise is bad, too. Null without such a promise. */
  readonly slo: (SearchEstimate & { readonly promise: string }) | null
  readonly flags: readonly SearchFlag[]
  /** Successive estimates from plateaus, in order. */
  readonly plateaus: readonly number[]
  /** Requests beyond the sustained rate that a buffer or a burst allowance took; null unless `burst-absorbing` was noticed. */
  readonly absorbedRequests: number | null
  /** What fails at the baseline's load. */
  readonly baselineShare: Share
  /** ε and ω of the definition; `reachedOmega` is what the load that was spent can tell apart. */
  readonly epsilon: Share
  readonly omega: Share
  readonly reachedOmega: Share | null
  /** How long the highest rate that passed was held, s. */
  readonly holdSeconds: number | null
  readonly recovery: SearchRecovery | null
  readonly loadSeconds: number
  /** What the goal's precision was to take, s, told once the ramp had an idea of the capacity; null before. */
  readonly plannedSeconds: number | null
}

export interface SearchRecovery {
  readonly recovered: boolean
  /** From the step down to being back inside the baseline's band; null when it never was. */
  readonly seconds: number | null
  /** R: the highest rate at which it recovered; 0 when it took silence; null when it never did. */
  readonly rate: number | null
  /** R over the knee: the rates between them are a vulnerable region. Null when it came back at the first step down. */
  readonly ratio: number | null
  readonly metastable: boolean
  /** Stays down without any load. */
  readonly latched: boolean
  readonly because: string
}
