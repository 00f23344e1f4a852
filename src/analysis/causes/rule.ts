import type { Result } from '../../result/result.ts'
import type { Capacity, Cause, CauseName, Findings, Onset, Trust } from '../findings.ts'
import type { KneeReading } from '../knee.ts'
import type { Level } from '../levels.ts'
import type { WindowRecord } from '../window-record.ts'

/** What the rules judge by. */
export interface Case extends Pick<Findings, 'onset' | 'routes' | 'recovery'> {
  readonly result: Result
  readonly measured: readonly WindowRecord[]
  readonly rising: readonly Level[]
  readonly reading: KneeReading
  readonly capacity: Capacity
  readonly trust: Trust
  /** Where errors of any kind begin; null without one. */
  readonly errorOnset: Onset | null
}

/** One cause, one file: claim, evidence and next step, or undefined where it is not this. */
export interface Rule {
  readonly cause: CauseName
  readonly asks: string
  readonly judge: (of: Case) => Omit<Cause, 'cause'> | undefined
}
