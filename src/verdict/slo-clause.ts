import type { Capacity } from '../analysis/findings.ts'
import type { Plan } from '../plan/plan.ts'
import { formatRate } from '../units/format.ts'
import { promisedRate } from './scope.ts'
import type { Judgement, WindowClause } from './scope.ts'

/**
 * The latency promise that a search looked for the limit of, where the plan names no rate up to which it has to hold: up to
 * C_slo it does. Broken when not even the lowest rate kept it. Undefined for every other promise.
 */
export function judgeSlo(
  clause: WindowClause,
  plan: Plan,
  { slo }: Pick<Capacity, 'slo'>,
): Judgement | undefined {
  if (slo === null || slo.promise !== clause.text || promisedRate(plan, clause) !== undefined)
    return undefined
  const { rps, low, high, bound, because } = slo
  if (rps === null) return { held: null, measured: 'no rate at which it is known to hold', because }
  switch (bound) {
    case 'measured':
      return {
        held: true,
        measured: `holds up to ${formatRate(rps)} (${formatRate(low ?? rps)} to ${formatRate(high ?? rps)})`,
        because,
      }
    case 'at-least':
      return { held: true, measured: `holds up to ${formatRate(rps)} at least`, because }
    case 'at-most':
      return { held: false, measured: `broken at ${formatRate(rps)} already`, because }
    case 'none':
      return { held: null, measured: 'no rate at which it is known to hold', because }
    default:
      return bound satisfies never
  }
}
