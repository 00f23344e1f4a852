import type { OnsetStatus } from '../plan/promise-clause.ts'
import type { Pacing } from '../result/result.ts'
import type { SearchFindings, TimeoutForecast } from './search/search-findings.ts'

/**
 * Everything concluded from a RESULT, in the words and units of the report: each section stands in the
 * report's JSON as it is here. Rates in 1/s, times in s or ms as the name says, shares 0 to 1.
 */
export interface Findings {
  readonly trust: Trust
  readonly capacity: Capacity
  readonly onset: Readonly<Record<OnsetStatus, Onset | null>>
  readonly recovery: Recovery | null
  readonly causes: readonly Cause[]
  readonly stages: readonly StageFigures[]
  readonly windows: readonly WindowFigures[]
  readonly routes: readonly RouteFigures[]
  readonly phases: Phases
  readonly sizing: Sizing
  readonly generator: GeneratorFigures
  /** What a closed model shows in place of a knee; null in an open one. */
  readonly saturation: SaturationProbe | null
  /** How a search found the knee; null where the plan gives the stages. */
  readonly search: SearchFindings | null
}

/** May these numbers be believed? `reasons` says why not; `notes` what to keep in mind though they may. */
export interface Trust {
  readonly ok: boolean
  readonly reasons: readonly string[]
  readonly notes: readonly string[]
}

/**
 * An estimate with its interval. `bound` says how to read it: `measured`, both ends hold; `at-least`, the true
 * value may be higher (`rps` and `low` hold, `high` is null); `at-most`, it may be lower (`low` is null);
 * `none`, nothing can be said and all three are null.
 */
export interface RateEstimate {
  readonly rps: number | null
  readonly low: number | null
  readonly high: number | null
  readonly confidence: number
  readonly bound: 'measured' | 'at-least' | 'at-most' | 'none'
}

export interface Capacity {
  readonly knee: RateEstimate & { readonly because: string; readonly method: string }
  readonly limitedBy: 'latency' | 'errors' | 'throughput' | 'generator' | null
  /** Good answers per second under light overload; null where no overload was seen. */
  readonly saturation: { readonly rps: number; readonly low: number; readonly high: number } | null
  /** The definition with this run's numbers, one sentence. */
  readonly definition: string
  /** C_slo: the knee when a request slower than the promise counts as bad, too; null unless a search looked for it. */
  readonly slo: (RateEstimate & { readonly promise: string; readonly because: string }) | null
  /** When an overload would meet the gateway's timeout; null unless a search saw a backlog grow. */
  readonly timeoutForecast: TimeoutForecast | null
}

/**
 * Where a status begins. With `loadRelated`, `rps` is the *sustained* onset: the rate above which a constant load
 * would meet it. Without, the status came at no rate in particular, `rps` is the rate at which it was first
 * seen and `low`, `high` are null.
 */
export interface Onset {
  readonly rps: number
  readonly low: number | null
  readonly high: number | null
  readonly confidence: number
  /** Intended start of the first request that met it, from the start of the trial. */
  readonly atSeconds: number
  readonly loadRelated: boolean
  /** Not load-related as far as this run shows, but it shows too little to tell. */
  readonly undecided: boolean
  /** Offered rate when it was first seen; on a ramp later, so higher, than the sustained onset. */
  readonly firstSeenRps: number
  /** Requests that met it in measured windows, and their share of the requests offered there. */
  readonly count: number
  readonly share: number
  readonly because: string
}

export interface Recovery {
  readonly recovered: boolean
  /** From the fall of the offered rate below the knee; null when not recovered within the run. */
  readonly seconds: number | null
  readonly metastable: boolean
  readonly because: string
  /** R, the highest rate at which it came back; 0 when it took silence. Null unless a search stepped down for it. */
  readonly rateRps: number | null
  /** R over the knee. */
  readonly ratio: number | null
  /** From R to the knee: sustained, but once overloaded it does not come back there. */
  readonly vulnerable: { readonly fromRps: number; readonly toRps: number } | null
  /** Stays down without any load. */
  readonly latched: boolean
}

export type CauseName =
  | 'overload'
  | 'rate-limiter'
  | 'connectivity'
  | 'page-specific'
  | 'invalid-upstream-response'
  | 'keepalive-race'
  | 'restart'
  | 'cache'
  | 'client-refused'
  | 'timeout-ladder'
  | 'none'

export interface Cause {
  readonly cause: CauseName
  /** 0 to 1. */
  readonly certainty: number
  readonly claim: string
  readonly evidence: readonly string[]
  readonly next: string
}

export interface Quantiles {
  readonly mean: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly max: number | null
}

/** Figures of a set of requests, by intended start. Response times: of answers of any status, and of timed-out requests at the time they were given up. */
export interface Figures {
  readonly fromSeconds: number
  readonly toSeconds: number
  readonly offeredRps: number
  readonly sentRps: number
  /** Answers (of any status) and good answers per second, by the time at which they came. */
  readonly completedRps: number
  readonly goodRps: number
  readonly offered: number
  readonly sent: number
  readonly statuses: Readonly<Record<string, number>>
  readonly failures: Readonly<Record<string, number>>
  readonly neverSent: number
  readonly neverSentReasons: Readonly<Record<string, number>>
  readonly errors: number
  readonly responseTimeMs: Quantiles
  readonly serviceTimeMs: Quantiles
  /** From the send to the first byte of the answer, where one came. */
  readonly firstByteTimeMs: Quantiles
  /** False when the generator was the limit: such a stretch says nothing about the target. */
  readonly valid: boolean
  /** False when the generator's own lateness shows in the response times: they are upper bounds then. */
  readonly latencyResolved: boolean
}

export interface StageFigures extends Figures {
  readonly name: string
  readonly warmup: boolean
  /** Null where the RESULT does not tell of them. */
  readonly connections: ConnectionFigures | null
}

export interface WindowFigures extends Figures {
  readonly stage: string
  readonly warmup: boolean
  readonly inFlight: number
  readonly connections: ConnectionFigures | null
  readonly latenessP99Us: number | null
  readonly generatorUtilisation: number
  readonly generatorStallMs: number
}

/** Per request of the scenario, over the measured windows; the rates here are by intended start. */
export interface RouteFigures extends Figures {
  readonly name: string
  readonly method: string
  readonly path: string
  /** Offered rate when it first met an error status, and whether that grew with the load. */
  readonly onset: Onset | null
}

/** Connections that opened in a stretch of time, whatever they were opened for. */
export interface ConnectionFigures {
  readonly opened: number
  readonly openedRps: number
  /** From the attempt to the TCP (or unix) connection; null where none was opened. */
  readonly connectTimeMs: Pick<Quantiles, 'p50' | 'p99'>
  /** From there to the end of the TLS handshake; null without TLS. */
  readonly tlsTimeMs: Pick<Quantiles, 'p50' | 'p99'>
  /** Share of the TLS handshakes that resumed a session; null without TLS. */
  readonly resumedShare: number | null
}

/** Where the time goes, over the measured windows in which the generator was not the limit. */
export interface Phases {
  readonly connections: ConnectionFigures | null
  /** Of answered requests; all null where the RESULT does not tell of first bytes. */
  readonly firstByteTimeMs: Quantiles
  /** From the first byte to the last. A mean, because percentiles of two phases do not add up to one of their sum. */
  readonly transferMeanMs: number | null
}

export interface GeneratorFigures {
  readonly workers: number
  readonly pacing: Pacing
  /** What it makes at most, where that was measured, and the share of it that the plan asked for at its highest. */
  readonly ceilingRps: number | null
  readonly ceilingShare: number | null
  readonly latenessUs: {
    readonly p50: number | null
    readonly p99: number | null
    readonly max: number | null
  }
  /** CPU of the whole process over the CPU it could have had with its workers, 0 to 1. */
  readonly cpuShare: number
  readonly eventLoopUtilisation: number
  readonly longestStallMs: number
  readonly garbageCollectionMs: number
  readonly invalidWindows: number
}

export interface Sizing {
  /** null when no peak was given; the rest then speaks of the knee alone. */
  readonly peakRps: number | null
  readonly headroom: number
  /** Highest rate to plan for with what was tested: headroom × lower end of the knee; null without a knee. */
  readonly safeRps: number | null
  /** Backends that were behind the target when the knee was measured. */
  readonly backendsNow: number
  readonly backends: SizingRows | null
  /** Share of the requests that a CDN must take off the origin for the present backends to hold the peak. */
  readonly cdnOffload: SizingRows | null
  readonly formulas: readonly string[]
  readonly because: string
}

/** One figure by three readings of the knee: its lower end, itself, its upper end. `pessimistic` is recommended. */
export interface SizingRows {
  readonly pessimistic: number
  readonly expected: number
  readonly optimistic: number | null
}

/** How throughput grows with the connections of a closed model. */
export interface SaturationProbe {
  /** In the order of the plan, without warm-up. */
  readonly rungs: readonly Rung[]
  /** The highest throughput that was seen: the target carries at least this. Null when no answer was good. */
  readonly highest: {
    readonly connections: number
    readonly throughputRps: number
    readonly low: number
    readonly high: number
  } | null
  /** Connections from which on throughput grows by less than 5 % per doubling; null where it was not seen to. */
  readonly levelsOffAt: number | null
  readonly because: string
}

/** A stage of a closed model; its first second is left out where there are more than two. */
export interface Rung {
  readonly name: string
  readonly connections: number
  /** Time that the figures are from. */
  readonly seconds: number
  /** Good answers per second, with its 95 % interval within this run. */
  readonly throughputRps: number
  readonly low: number
  readonly high: number
  /** Answers of any status per second. */
  readonly completedRps: number
  readonly errorShare: number
  /** False when the generator was the limit all the time. */
  readonly valid: boolean
}
