import type { Capacity } from '../analysis/findings.ts'
import type { SearchRecord } from '../result/search-record.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { formatDuration } from '../units/format.ts'

/**
 * Why a search has not answered what it was asked; undefined where it has. One that ran out of budget may have
 * decided its promises all the same, by a rate that it confirmed on the way; but only promises that name a rate.
 */
export function undecidedSearch(
  search: SearchRecord | undefined,
  knee: Pick<Capacity['knee'], 'bound'>,
  promises: readonly PromiseClause[],
): string | undefined {
  if (search === undefined) return undefined
  const { complete, flags, loadSeconds } = search.conclusion
  const ended = complete
    ? 'the search has come to its end'
    : `the search was cut short${flags.includes('budget-spent') ? ' by its budget' : ''} after ${formatDuration(loadSeconds * 1e9)} of load`
  if (knee.bound === 'none') return `${ended} and has found no knee`
  return complete || areBounded(promises) ? undefined : `${ended}; what it says of the knee is not confirmed`
}

/** Latency and errors without a rate of their own are promised up to the one that a knee or an onset is promised at. */
function areBounded(promises: readonly PromiseClause[]): boolean {
  const bounds = (clause: PromiseClause): boolean => clause.kind === 'knee' || clause.kind === 'onset'
  if (promises.some(bounds)) return true
  return promises.length > 0 && promises.every(clause => 'upTo' in clause && clause.upTo !== undefined)
}
