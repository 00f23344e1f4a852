import type { Findings } from '../analysis/findings.ts'
import { readWindows } from '../analysis/window-record.ts'
import type { Plan } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Result } from '../result/result.ts'
import { judgeErrors } from './errors-clause.ts'
import { judgeKnee } from './knee-clause.ts'
import { judgeLatency } from './latency-clause.ts'
import { judgeOnset } from './onset-clause.ts'
import { scopeOf } from './scope.ts'
import type { Judgement } from './scope.ts'
import type { PromiseVerdict, Verdict } from './verdict.ts'

/**
 * The promises of the plan against what was found. Failed: a promise is broken on numbers that may be believed.
 * Inconclusive: they may not, the run was cut short, or a promise is not decided. Passed: all others.
 */
export function judge(plan: Plan, findings: Findings, result: Result): Verdict {
  const measured = readWindows(result).filter(({ stage }) => !stage.warmup)
  const highest = Math.max(0, ...measured.filter(({ limits }) => limits.length === 0).map(({ rate }) => rate))
  const judgeOne = (clause: PromiseClause): Judgement => {
    if (!findings.trust.ok)
      return { held: null, measured: 'nothing that can be trusted', because: 'the run cannot be trusted' }
    switch (clause.kind) {
      case 'latency':
        return judgeLatency(clause, scopeOf(plan, clause, measured))
      case 'errors':
        return judgeErrors(clause, scopeOf(plan, clause, measured))
      case 'knee':
        return judgeKnee(clause.above, findings.capacity)
      case 'onset':
        return judgeOnset(clause, findings, highest)
      default:
        return clause satisfies never
    }
  }
  const promises = plan.promises.map(clause => ({ text: clause.text, ...judgeOne(clause) }))
  return { ...conclude(promises, findings, result), promises }
}

function conclude(
  promises: readonly PromiseVerdict[],
  { trust, stages }: Findings,
  { ended, windows }: Result,
): Pick<Verdict, 'name' | 'because'> {
  if (!trust.ok)
    return {
      name: 'inconclusive',
      because: `${windows.length === 0 ? '' : 'the run cannot be trusted: '}${trust.reasons.join('; ')}`,
    }
  const named = (held: boolean | null): string =>
    promises
      .filter(promise => promise.held === held)
      .map(({ text, measured }) => `${text} (${measured})`)
      .join('; ')
  if (promises.some(({ held }) => held === false))
    return { name: 'failed', because: `broken: ${named(false)}` }
  if (stages.every(({ warmup, goodRps }) => warmup || goodRps === 0))
    return { name: 'inconclusive', because: 'not one request got an answer that the scenario expects' }
  if (ended.how !== 'completed')
    return {
      name: 'inconclusive',
      because: ended.how === 'stopped' ? `the run was stopped: ${ended.reason}` : 'the run was interrupted',
    }
  if (promises.some(({ held }) => held === null))
    return { name: 'inconclusive', because: `not decided: ${named(null)}` }
  return {
    name: 'passed',
    because: promises.length === 0 ? 'no promises were made' : 'every promise held',
  }
}
