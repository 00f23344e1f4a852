import type { Findings, Sizing } from '../analysis/findings.ts'
import { formatTarget } from '../plan/plan.ts'
import type { Result } from '../result/result.ts'
import type { SizingAnswer } from '../sizing/sizing-answer.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Report, ReportSizing } from './report.ts'
import { optionJson } from './size/option-json.ts'

/**
 * Puts together what was measured, concluded and judged; adds nothing of its own.
 *
 * @param answer what carries the peak; null where none was stated
 */
export function buildReport(
  result: Result,
  findings: Findings,
  verdict: Verdict,
  answer: SizingAnswer | null = null,
): Report {
  const { plan, run, ended } = result
  return {
    schema: 'plimsoll/report@1',
    verdict: verdict.name,
    because: verdict.because,
    promises: verdict.promises,
    trust: findings.trust,
    capacity: findings.capacity,
    onset: findings.onset,
    recovery: findings.recovery,
    causes: findings.causes,
    stages: findings.stages,
    routes: findings.routes,
    phases: findings.phases,
    sizing: sizingOf(findings.sizing, answer),
    generator: findings.generator,
    saturation: findings.saturation,
    search: findings.search,
    run: { ...run, name: plan.name, target: formatTarget(plan.target), seed: plan.seed, ended },
    windows: findings.windows,
    result,
  }
}

/** The answer speaks for both. Where it says that nothing can be sized, no figure says otherwise. */
function sizingOf(sizing: Sizing, answer: SizingAnswer | null): ReportSizing {
  if (answer === null) return { ...sizing, options: [] }
  const { because, sized } = answer
  return sized === null
    ? { ...sizing, backends: null, cdnOffload: null, formulas: [], because, options: [] }
    : { ...sizing, because, options: sized.options.map(optionJson) }
}
