import type { Findings } from '../analysis/findings.ts'
import { formatTarget } from '../plan/plan.ts'
import type { Result } from '../result/result.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Report } from './report.ts'

/** Puts together what was measured, concluded and judged; adds nothing of its own. */
export function buildReport(result: Result, findings: Findings, verdict: Verdict): Report {
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
    sizing: findings.sizing,
    generator: findings.generator,
    saturation: findings.saturation,
    search: findings.search,
    run: { ...run, name: plan.name, target: formatTarget(plan.target), seed: plan.seed, ended },
    windows: findings.windows,
    result,
  }
}
