import { rulesOf } from '../report/named-rules.ts'
import type { NamedRule } from '../report/named-rules.ts'
import { viewReport } from '../report/view/view-report.ts'
import { judge } from '../verdict/judge.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Candidate, GateRule, RuleGroup } from './gate.ts'
import { FAILED, PASSED, UNDECIDED } from './gate.ts'

/** Can the run be believed, does it decide, and does it hold what its own scenario promises? */
export function runRules({ label, report }: Candidate): readonly GateRule[] {
  return rulesOf(viewReport(report)).map(rule =>
    asGateRule(rule.group === 'promises' ? 'promises' : 'run', label, rule),
  )
}

/**
 * The promises of the policy, judged anew over the run. One that names no rate has to hold up to the highest that policy
 * or scenario promise, so that a policy need not repeat what the scenario says.
 */
export function policyRules(
  promises: readonly PromiseClause[],
  { label, report }: Candidate,
): readonly GateRule[] {
  const { result } = report
  const plan = { ...result.plan, promises: [...promises, ...result.plan.promises] }
  return judge(plan, report, result)
    .promises.slice(0, promises.length)
    .map(({ text, ...judged }) => asGateRule('policy', label, { name: text, ...judged }))
}

function asGateRule(
  group: RuleGroup,
  run: string,
  { name, held, measured, because }: Omit<NamedRule, 'group'>,
): GateRule {
  const answer = held === null ? UNDECIDED : held ? PASSED : FAILED
  return { group, run, name, ...answer, measured, because }
}
