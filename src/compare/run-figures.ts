import type { Findings } from '../analysis/findings.ts'
import { readWindows } from '../analysis/window-record.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import type { Result } from '../result/result.ts'
import type { CurvePoint } from './comparison.ts'
import { curveOf } from './load-curve.ts'
import { steadyWindows } from './steady-load.ts'

/** One run as a comparison needs it. Made once for each run, however often it is compared. */
export interface RunFigures {
  readonly label: string
  readonly result: Result
  readonly findings: Findings
  /** Windows of constant load that may be believed. */
  readonly steady: readonly WindowRecord[]
  readonly curve: readonly CurvePoint[]
}

export interface RunReport {
  /** Names the run in the output: the path of its report. */
  readonly label: string
  readonly result: Result
  readonly findings: Findings
  /** The windows of the result, for those who have read them already. */
  readonly records?: readonly WindowRecord[]
}

export function figuresOfRun({ label, result, findings, records }: RunReport): RunFigures {
  const read = records ?? readWindows(result)
  const { knee } = findings.capacity
  const floor = knee.bound === 'measured' || knee.bound === 'at-most' ? (knee.low ?? knee.rps) : null
  return {
    label,
    result,
    findings,
    steady: steadyWindows(result.plan, read, floor),
    curve: curveOf(read, floor),
  }
}
