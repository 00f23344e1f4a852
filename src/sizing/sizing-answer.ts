import type { Ending, Estimate } from '../simulate/outcome.ts'
import type { CdnAnswer } from './cdn/cdn-answer.ts'
import type { MeasuredSystem } from './measured-system.ts'
import type { Derived, ServerLimits } from './server-limits.ts'
import type { SizingQuestion } from './sizing-question.ts'
import type { Verification } from './verify/verification.ts'

/**
 * What it takes to carry the peak, and how sure that is. `holds`: an option carries it; `fails`: none does; `cannot-tell`: what was
 * measured does not say, and `sized` is null. Rates in 1/s, times in s, shares 0 to 1.
 */
export interface SizingAnswer {
  readonly verdict: 'holds' | 'fails' | 'cannot-tell'
  readonly because: string
  readonly question: SizingQuestion
  /** The reports that the answer rests on. */
  readonly systems: readonly MeasuredSystem[]
  /** Those that say nothing about a capacity, and what to measure instead. */
  readonly leftOut: readonly LeftOut[]
  readonly sized: Sized | null
  /** What load has shown of the recommendation; absent where it was not put to the proof. */
  readonly verification?: Verification
}

export interface LeftOut {
  readonly label: string
  readonly because: string
  readonly measure: string
}

export interface Sized {
  /** False where a knee is only known to be *at least* a rate: what is said then is enough, and less may be. */
  readonly exact: boolean
  readonly originLoad: OriginLoad
  /** u: the share of the capacity to plan for. */
  readonly utilisation: Derived
  readonly scaling: Scaling
  readonly present: PresentBackends
  readonly need: BackendsNeed
  /** By the pessimistic reading of both intervals, by their medians, by the optimistic one. */
  readonly rows: readonly SizingRow[]
  readonly options: readonly SizingOption[]
  readonly retries: RetryLoad
  /** What a cache before the backends would answer; null where that was not asked. */
  readonly cdn: CdnAnswer | null
  /** Of the option that is recommended; null with the reason where they cannot be said. */
  readonly limits: ServerLimits | null
  readonly limitsBecause: string | null
  /** What the simulated peaks of the options take for granted; null where none was simulated. */
  readonly simulation: readonly string[] | null
  /** What one unit of each lever is worth; empty where the capacity is only known to be at least a rate. */
  readonly sensitivity: readonly Sentence[]
  readonly formulas: readonly Sentence[]
  /** How to see that the answer is right. */
  readonly checks: readonly Sentence[]
  readonly notes: readonly string[]
}

export interface Sentence {
  readonly label: string
  readonly text: string
}

/** λₒ by the three readings of the peak. The upper one is planned for. */
export interface OriginLoad {
  readonly low: number
  readonly median: number
  readonly high: Derived
}

export interface CapacityInterval {
  readonly rps: number
  readonly low: number
  /** Null where it is only known to be at least `low`. */
  readonly high: number | null
}

/** X(n) = C₁·n/(1 + α(n − 1) + βn(n − 1)), as far as it was measured. */
export interface Scaling {
  /** `linear`: α = β = 0, unmeasured or refused; `contention`: α alone, from few levels; `usl`: both fitted. */
  readonly kind: 'linear' | 'contention' | 'usl'
  readonly because: string
  /** C₁. */
  readonly perBackend: CapacityInterval
  readonly alpha: number
  readonly beta: number
  /** n*: more backends than this carry less; null where no fall is seen. */
  readonly peakBackends: number | null
  /** The most backends at which it was measured. */
  readonly measuredUpTo: number
}

/** What the backends that there are carry, and what a cache would have to leave them. */
export interface PresentBackends {
  readonly backends: number
  readonly capacity: CapacityInterval
  /** Those behind a cache: the present ones, or, where the loss that is to be survived would take all of them, as many as leave one. */
  readonly behindCache: number
  /** Of those, after that loss. */
  readonly left: number
  /** The most origin load to plan for with them, by the lower end of their capacity. */
  readonly planned: number
  /** h at which the peak leaves them no more than that. */
  readonly hitRatio: Derived
}

export type BackendsNeed =
  | {
      readonly reachable: true
      /** n₀: enough while all run. */
      readonly enough: Derived
      /** n: with the spare ones for failures and a lost zone. */
      readonly backends: Derived
      readonly because: string
    }
  | { readonly reachable: false; readonly because: string }

export type Reading = 'pessimistic' | 'medians' | 'optimistic'

export interface SizingRow {
  readonly reading: Reading
  readonly capacityPerBackend: number
  readonly originLoad: number
  /** Null where backends alone cannot reach it. */
  readonly backends: number | null
  readonly odds: LaunchOdds | null
  readonly recommended: boolean
}

/** From draws over the intervals of capacity and peak. */
export interface LaunchOdds {
  readonly draws: number
  /** Probability that the origin load stays below the capacity while all backends run. */
  readonly holds: number
  /** The same with as many of them lost as are to be survived. */
  readonly holdsAfterLoss: number
  /** That it stays within the headroom then. */
  readonly keepsHeadroom: number
  /** Requests that fail over the length of the peak, in the mean. */
  readonly expectedFailed: number
}

export type OptionName = 'do-nothing' | 'backends' | 'cdn' | 'both' | 'limiter'

/** One thing that could be done, and what the peak then looks like, by the pessimistic reading. */
export interface SizingOption {
  readonly name: OptionName
  readonly backends: number
  /** Share of the requests that a cache has to answer. */
  readonly hitRatio: number
  readonly originLoad: number
  /** Of the whole capacity: ρ with all backends running, and after the loss that is to be survived; null without any left. */
  readonly utilisation: number
  readonly utilisationAfterLoss: number | null
  /** Carries the peak with the headroom, also after that loss; null where it cannot be said. */
  readonly holds: boolean | null
  /** Share of the origin's requests that are refused or fail, at least; null where it cannot be said. */
  readonly refused: number | null
  /** In the queue of a backend, in the mean; null where it grows as long as the peak lasts, or cannot be said. */
  readonly meanWait: number | null
  readonly odds: LaunchOdds | null
  /** Over the length of the peak; null where no costs were given. Without what a CDN itself costs. */
  readonly cost: number | null
  readonly because: string
  readonly recommended: boolean
  /** Null where it was not asked for, or the reports do not show how long the work itself takes. */
  readonly simulated: SimulatedPeak | null
}

/** The origin's part of the peak, simulated. */
export interface SimulatedPeak {
  /** That it rests on. */
  readonly requests: number
  /** Backends that were simulated, of as many as there are: a larger system behaves as a part of it with its part of the load. */
  readonly backends: number
  /** Of good answers, in s; null where some part of the simulation had none. */
  readonly mean: Estimate | null
  readonly p50: Estimate | null
  readonly p99: Estimate | null
  /** Share of the requests that end as each, after all retries. */
  readonly endings: Readonly<Record<Ending, number>>
}

export interface RetryLoad {
  /** What retries can make of the origin load, at most; null where clients neither retry nor have a budget. */
  readonly worst: Derived | null
  /** True where such a load, once there, keeps itself alive; null where it cannot be said. */
  readonly metastable: boolean | null
  readonly because: string
}
