import type { SearchPhase } from '../result/search-record.ts'

/**
 * What a step is for, with what comes after it. `voided`: tried so often before, and the generator was the limit.
 */
export type Task = (
  | Baseline
  | Ramp
  | PlateauTask
  | Drain
  | Settle
  | HoldTask
  | RecoveryTask
  | OnsetTask
  | SoakTask
  | Done
) & { readonly voided?: number }

/** The lowest rate: what is usual when there is no load to speak of. */
export interface Baseline {
  readonly kind: 'baseline'
  readonly rate: number
}

export interface Ramp {
  readonly kind: 'ramp'
  readonly rate: number
  /** Factor to the next step. */
  readonly growth: number
}

/** More than is carried. `round` 0 is the rate at which the ramp stopped. */
export interface PlateauTask {
  readonly kind: 'plateau'
  readonly rate: number
  readonly round: number
  /** What is left out at its beginning, s. */
  readonly discard: number
  /** How long it may take until a burst allowance is spent, s. */
  readonly patience: number
}

/** Little load until what is in flight has ended. */
export interface Drain {
  readonly kind: 'drain'
  readonly rate: number
  readonly next: Task
}

/** A load that is carried without effort, so that the target can warm up or scale. */
export interface Settle {
  readonly kind: 'settle'
  readonly rate: number
  readonly next: Task
}

/**
 * `burst`: does the rate that the ramp passed last hold, or did a buffer swallow the excess? `coarse`: a careful step
 * of a gentle search. `cap`: nothing higher is allowed.
 */
export type HoldPurpose = 'burst' | 'confirm' | 'bracket' | 'coarse' | 'cap' | 'slo'

export interface HoldTask {
  readonly kind: 'hold'
  readonly rate: number
  readonly purpose: HoldPurpose
  /** It does not pass before, s. */
  readonly least: number
  /** How often the same was tried before. */
  readonly attempt: number
}

/** After an overload, below the knee: does the target come back? */
export interface RecoveryTask {
  readonly kind: 'recovery'
  readonly rate: number
  /** When the load fell, s of load. */
  readonly since: number
  readonly next: Task
}

/** A constant rate a little above the knee, to see which errors the load brings. */
export interface OnsetTask {
  readonly kind: 'onset'
  readonly rate: number
  readonly seconds: number
}

export interface SoakTask {
  readonly kind: 'soak'
  readonly rate: number
}

export interface Done {
  readonly kind: 'done'
}

export const DONE: Done = { kind: 'done' }

export const phaseOf = (task: Exclude<Task, Done>): SearchPhase => task.kind

export const rateOf = (task: Task): number => (task.kind === 'done' ? 0 : task.rate)
