import type { Findings } from '../analysis/findings.ts'
import { readWindows } from '../analysis/window-record.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import { isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import type { Result } from '../result/result.ts'
import { largest } from '../statistics/extremes.ts'
import { formatRate } from '../units/format.ts'
import { judgeInClosedModel } from './closed-clause.ts'
import { judgeErrors } from './errors-clause.ts'
import { judgeKnee } from './knee-clause.ts'
import { judgeLatency } from './latency-clause.ts'
import { judgeOnset } from './onset-clause.ts'
import { scopeOf } from './scope.ts'
import type { Judgement, Scope, WindowClause } from './scope.ts'
import { searchScopeOf } from './search-scope.ts'
import { judgeSlo } from './slo-clause.ts'
import { undecidedSearch } from './undecided-search.ts'
import type { PromiseVerdict, Verdict } from './verdict.ts'

/**
 * The promises of the plan against what was found. Failed: a promise is broken on numbers that may be believed.
 * Inconclusive: they may not, the run was cut short, the generator gave out first, or a promise is not decided.
 * Passed: all others. `records` are
 * the windows of `result`, for those who have read them already.
 */
export function judge(
  plan: Plan,
  findings: Findings,
  result: Result,
  records: readonly WindowRecord[] = readWindows(result),
): Verdict {
  const measured = records.filter(({ stage }) => !stage.warmup)
  const highest = largest(
    measured.filter(({ limits }) => limits.length === 0).map(({ rate }) => rate),
    0,
  )
  const scoped = (clause: WindowClause): Scope =>
    result.search === undefined
      ? scopeOf(plan, clause, measured)
      : searchScopeOf(plan, clause, { search: result.search, measured, capacity: findings.capacity })
  const judgeOne = (clause: PromiseClause): Judgement => {
    if (!findings.trust.ok)
      return { held: null, measured: 'nothing that can be trusted', because: 'the run cannot be trusted' }
    if (isClosed(plan)) return judgeInClosedModel(clause, plan, measured)
    switch (clause.kind) {
      case 'latency':
        return judgeSlo(clause, plan, findings.capacity) ?? judgeLatency(clause, scoped(clause))
      case 'errors':
        return judgeErrors(clause, scoped(clause))
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
  { trust, capacity, stages }: Findings,
  { plan, ended, windows, search }: Result,
): Pick<Verdict, 'name' | 'because'> {
  if (!trust.ok)
    return {
      name: 'inconclusive',
      because: `${windows.length === 0 ? '' : 'the run cannot be trusted: '}${trust.reasons.join('; ')}`,
    }
  const told = (held: boolean | null, is: string): string =>
    promises
      .filter(promise => promise.held === held)
      .map(({ text, measured }) => `${text} ${is}: ${measured}`)
      .join('; ')
  if (promises.some(({ held }) => held === false))
    return { name: 'failed', because: told(false, 'does not hold') }
  if (stages.every(({ warmup, goodRps }) => warmup || goodRps === 0))
    return { name: 'inconclusive', because: 'not one request got an answer that the scenario expects' }
  if (ended.how !== 'completed')
    return {
      name: 'inconclusive',
      because: ended.how === 'stopped' ? `the run was stopped: ${ended.reason}` : 'the run was interrupted',
    }
  const undecided = undecidedSearch(search, capacity.knee, plan.promises)
  if (undecided !== undefined) return { name: 'inconclusive', because: undecided }
  if (promises.some(({ held }) => held === null))
    return { name: 'inconclusive', because: told(null, 'is not decided') }
  if (capacity.limitedBy === 'generator' && !isClosed(plan))
    return {
      name: 'inconclusive',
      because: `the load generator gave out before the target did; the knee is at least ${formatRate(capacity.knee.rps ?? 0)}`,
    }
  return {
    name: 'passed',
    because: promises.length === 0 ? 'no promises were made' : 'every promise held',
  }
}
