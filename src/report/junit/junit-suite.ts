import { rulesOf } from '../named-rules.ts'
import type { Report } from '../report.ts'
import { viewReport } from '../view/view-report.ts'
import type { JunitSuite } from './render-junit.ts'

/** What JUnit has room for: the rules, and what the numbers are of. */
export function junitSuite(report: Report): JunitSuite {
  const view = viewReport(report)
  const { headlines, title, run } = view
  return {
    name: title,
    startedAt: report.run.startedAt,
    seconds: report.stages.at(-1)?.toSeconds ?? 0,
    properties: [
      { label: 'verdict', value: view.verdict.sentence },
      ...headlines.map(({ label, text }) => ({ label, value: text })),
      ...run,
    ],
    rules: rulesOf(view),
  }
}
