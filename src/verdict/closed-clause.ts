import { NO_KNEE_IN_CLOSED_MODEL } from '../analysis/closed-capacity.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import type { Plan } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { judgeErrors } from './errors-clause.ts'
import { scopeOf } from './scope.ts'
import type { Judgement } from './scope.ts'

/** In a closed model only errors can be judged, over all of it: there is no rate that a promise could speak of. */
export function judgeInClosedModel(
  clause: PromiseClause,
  plan: Plan,
  measured: readonly WindowRecord[],
): Judgement {
  const undecided = (because: string): Judgement => ({ held: null, measured: 'nothing', because })
  switch (clause.kind) {
    case 'errors':
      return clause.upTo === undefined
        ? judgeErrors(clause, scopeOf({ ...plan, promises: [] }, clause, measured))
        : undecided('a closed model offers no rate up to which it could be judged')
    case 'latency':
      return undecided(
        'a closed model has no response times: a connection that waits for its answer leaves out every request that was due meanwhile',
      )
    case 'knee':
      return undecided(NO_KNEE_IN_CLOSED_MODEL)
    case 'onset':
      return undecided('a closed model does not show at which offered rate a status begins')
    default:
      return clause satisfies never
  }
}
