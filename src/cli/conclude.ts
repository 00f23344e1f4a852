import { analyse } from '../analysis/analyse.ts'
import { readWindows } from '../analysis/window-record.ts'
import { buildReport } from '../report/build-report.ts'
import type { Report } from '../report/report.ts'
import type { Result } from '../result/result.ts'
import { sizeRun } from '../sizing/size-run.ts'
import { judge } from '../verdict/judge.ts'
import type { AnalysisOptions } from './analysis-flags.ts'

/** From what was measured to what it means; the same for a fresh RESULT as for one from a file. */
export function conclude(result: Result, options: AnalysisOptions): Report {
  const records = readWindows(result)
  const findings = analyse(result, options, records)
  const verdict = judge(result.plan, findings, result, records)
  return buildReport(result, findings, verdict, sizeRun({ result, findings, records }))
}
