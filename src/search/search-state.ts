import type { SearchGoal } from '../plan/search-goal.ts'
import type { SearchFlag, SearchRecovery, SearchStep } from '../result/search-record.ts'
import type { Bin } from './bin.ts'
import type { Task } from './task.ts'

/** Traffic as the flow noise needs it: c_a² is 1 for Poisson arrivals, 0 for even ones. */
export interface Traffic {
  readonly arrivalVariation: number
}

/** Plain JSON, so that a search can go on in another process. */
export interface SearchState {
  readonly schema: 'plimsoll/search@1'
  readonly goal: SearchGoal
  readonly traffic: Traffic
  readonly steps: readonly SearchStep[]
  /** What the last of `steps` is for. */
  readonly task: Task
  /** Of that step, in order. A plateau begins with the bins that made the ramp stop, at the same rate. */
  readonly bins: readonly Bin[]
  /** Load so far, s. */
  readonly elapsed: number
  /** Due and not ended: now, and when `bins` began. */
  readonly inFlight: number
  readonly inFlightBefore: number
  /** What every closed step showed, in order of time. */
  readonly levels: readonly Level[]
  /**
   * Every second of the ramp and of what came after it at the same rate: what a burst allowance took in shows in these. Absent in states
   * of older versions.
   */
  readonly climb?: readonly Bin[]
  /** Mean response time at the baseline, s, by Little's law. */
  readonly residence: number
  /** ω in force: the goal's, or what the budget can reach at this target. */
  readonly omega: number
  readonly plateaus: readonly Plateau[]
  /** Good answers per second, the most of any second. */
  readonly peak: number
  readonly mode: 'plateau' | 'bracket' | null
  /** Where a bracket begins to look, as long as it has no hold. */
  readonly guess: number | null
  readonly recovery: SearchRecovery | null
  readonly flags: readonly SearchFlag[]
  /** For the capacity that the first plateau showed; null before it. */
  readonly plannedSeconds: number | null
  readonly complete: boolean
  /** What the budget cut off; another one goes on with it. */
  readonly unfinished?: Task
}

/** What a step of constant load showed, its first moments left out. */
export interface Level {
  readonly task: Task
  /** Index into `steps`. */
  readonly step: number
  /** Did the target carry it? Null: nothing was decided. */
  readonly carried: boolean | null
  readonly forced: boolean
  readonly seconds: number
  readonly offered: number
  readonly ended: number
  readonly bad: number
  readonly slow: number
  /** (A − G) beyond p0·A: endings owed and bad ones. */
  readonly excess: number
  readonly good: number
  /** The most in flight at the end of a second. */
  readonly crowd: number
  /** Good answers per second in its last third, over those in its first. */
  readonly tail: number
  /** Variance over mean of the bad answers per second. */
  readonly badIdc: number
  /** Degrees of freedom behind that, the prior's included. */
  readonly badFreedom: number
  /** The same of bad and slow ones together. */
  readonly missIdc: number
}

/** Good answers per second while more is offered than is carried. */
export interface Plateau {
  readonly rate: number
  readonly round: number
  readonly good: number
  /** Standard error of `good`, as a share of it. */
  readonly error: number
  readonly idc: number
  /** Degrees of freedom behind `idc`. */
  readonly freedom: number
  readonly seconds: number
  /** Good answers per second in its first and in its last third. */
  readonly early: number
  readonly late: number
  readonly trend: 'steady' | 'collapse' | 'rising'
  /** The same while its backlog drained, how long, and the most of any second; null where none did. */
  readonly drained: { readonly good: number; readonly seconds: number; readonly most: number } | null
  /** Share of bad endings. */
  readonly badShare: number
  /** The most that were in flight, where bad answers kept it from growing any further; else null. */
  readonly room: number | null
}
