import { analyse } from '../../../../src/analysis/analyse.ts'
import { buildReport } from '../../../../src/report/build-report.ts'
import type { Report } from '../../../../src/report/report.ts'
import type { Result } from '../../../../src/result/result.ts'
import { judge } from '../../../../src/verdict/judge.ts'

/** The report as the command makes it of a RESULT. */
export function judgedReport(result: Result): Report {
  const findings = analyse(result)
  return buildReport(result, findings, judge(result.plan, findings, result))
}
