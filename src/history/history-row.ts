import type { RateEstimate } from '../analysis/findings.ts'
import type { VerdictName } from '../verdict/verdict.ts'

/** What a history keeps of one run. Plain JSON; rates in 1/s, times in ms, as the names say. */
export interface HistoryRow {
  /** The run's own id: the same run in two files is one run. */
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly name: string
  /** What runs of one scenario share: SHA-256 of its text, or, where a bare URL was searched, what was asked for. */
  readonly scenario: string
  /** Flags that changed what the scenario does, as words; where it went and its seed are left out. */
  readonly settings: readonly string[]
  readonly target: string
  /** The target without what may differ from run to run: see `classOf`. */
  readonly targetClass: string
  readonly toolVersion: string
  /** The machine that made the load, in words: see `fingerprintOf`. */
  readonly environment: string
  readonly verdict: VerdictName
  readonly trusted: boolean
  readonly ended: 'completed' | 'interrupted' | 'stopped'
  readonly knee: RateEstimate
  /** Width of the knee's interval over the knee; null unless both ends hold. */
  readonly kneeWidth: number | null
  /** Good answers per second under overload, or the highest throughput of a closed model. */
  readonly saturationRps: number | null
  /** C_slo, the knee under a latency promise; null where no search looked for it. */
  readonly slo: RateEstimate | null
  readonly onset502: OnsetFigure | null
  /** The onset of any gateway status. */
  readonly onsetAny: OnsetFigure | null
  /** From the stage nearest to 30 % of the knee, and to 60 %; null where there is none near. */
  readonly at30: StageLatency | null
  readonly at60: StageLatency | null
  /** Ids of the runs that this one goes on from: their measurements are part of it. */
  readonly resumedFrom: readonly string[]
}

export interface OnsetFigure {
  readonly rps: number
  readonly loadRelated: boolean
}

/** Response times of a stage of constant load. */
export interface StageLatency {
  readonly stage: string
  readonly offeredRps: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
}

/** A run, and the files in which it was found: more than one where a report was copied or made anew. */
export interface RecordedRun {
  readonly row: HistoryRow
  /** As paths from the store's folder; at least one, in the order of the alphabet. */
  readonly files: readonly string[]
}

/** The knee that a trend is made of: both ends hold, and the run can be believed. */
export function kneeOf({ trusted, knee }: HistoryRow): number | undefined {
  return trusted && knee.bound === 'measured' && knee.rps !== null && knee.rps > 0 ? knee.rps : undefined
}
