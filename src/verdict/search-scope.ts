import type { Capacity } from '../analysis/findings.ts'
import { settledRecords } from '../analysis/search/settled-records.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import type { Plan } from '../plan/plan.ts'
import type { SearchRecord } from '../result/search-record.ts'
import { perSecond } from '../units/quantity.ts'
import { promisedRate, scopeOf } from './scope.ts'
import type { Scope, WindowClause } from './scope.ts'

interface Searched {
  readonly search: SearchRecord
  readonly measured: readonly WindowRecord[]
  readonly capacity: Pick<Capacity, 'knee' | 'slo'>
}

/**
 * The windows of a search that a clause speaks of. It overloads the target on purpose, so that a clause which names no
 * rate speaks of the rates that were found to hold; and what an overload leaves behind at lower ones is not theirs.
 */
export function searchScopeOf(
  plan: Plan,
  clause: WindowClause,
  { search, measured, capacity: { knee, slo } }: Searched,
): Scope {
  const holds = Math.min(knee.low ?? knee.rps ?? Infinity, slo?.low ?? slo?.rps ?? Infinity)
  const upTo = promisedRate(plan, clause) ?? (holds > 0 && holds < Infinity ? holds : undefined)
  const settled = settledRecords(search, measured)
  return scopeOf(plan, upTo === undefined ? clause : { ...clause, upTo: perSecond(upTo) }, settled)
}
