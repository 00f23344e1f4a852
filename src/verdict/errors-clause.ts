import { countWhere, isError } from '../analysis/window-record.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { binomialTail } from '../statistics/binomial.ts'
import { formatNumber, formatShare } from '../units/format.ts'
import { CHANCE, NOTHING_IN_SCOPE, overAll, where } from './scope.ts'
import type { Judgement, Scope } from './scope.ts'

type ErrorsClause = Extract<PromiseClause, { readonly kind: 'errors' }>

/** `errors < 0.1%`: over all windows in scope, and in no single window more than chance allows (exact binomial). */
export function judgeErrors({ limit }: ErrorsClause, scope: Scope): Judgement {
  const offered = countWhere(scope.series, () => true)
  if (offered === 0) return NOTHING_IN_SCOPE
  const errors = countWhere(scope.series, isError)
  const measured = `${formatShare(errors / offered)} ${overAll(scope)}`
  const because = `${formatNumber(errors, 9)} of ${formatNumber(offered, 9)} requests failed`
  if (errors > 0 && errors / offered >= limit) return { held: false, measured, because }
  const [worst] = scope.windows
    .map(({ record, series }) => {
      const of = countWhere(series, () => true)
      const failed = countWhere(series, isError)
      return { record, of, failed, chance: binomialTail(failed, of, limit) }
    })
    .toSorted((a, b) => a.chance - b.chance)
  if (worst === undefined || worst.chance >= CHANCE / scope.windows.length || worst.failed === 0)
    return { held: true, measured, because: 'no window broke it beyond chance' }
  return {
    held: false,
    measured: `${formatShare(worst.failed / worst.of)} ${where(worst.record)}`,
    because: `there ${worst.failed} of ${worst.of} requests failed, more than chance explains`,
  }
}
