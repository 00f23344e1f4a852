import type { Findings, Sizing } from '../analysis/findings.ts'
import type { Result, RunFacts } from '../result/result.ts'
import type { PromiseVerdict, VerdictName } from '../verdict/verdict.ts'
import type { OptionJson } from './size/option-json.ts'

/**
 * The report's JSON. Other programs rely on its paths; `docs/report.md` describes them and
 * `docs/report.schema.json` checks them. `result` holds what was measured, so that every other
 * section can be computed anew.
 */
export interface Report extends Omit<Findings, 'sizing'> {
  readonly schema: 'plimsoll/report@1'
  readonly verdict: VerdictName
  readonly because: string
  readonly promises: readonly PromiseVerdict[]
  readonly sizing: ReportSizing
  readonly run: RunFacts & {
    readonly name: string
    readonly target: string
    readonly seed: number
    readonly ended: Result['ended']
  }
  readonly result: Result
}

/** What would carry the peak. */
export interface ReportSizing extends Sizing {
  /** What could be done, one of them recommended; empty without a peak, or where the run says nothing of a capacity. */
  readonly options: readonly OptionJson[]
}
