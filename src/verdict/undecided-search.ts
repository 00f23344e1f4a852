import type { Capacity } from '../analysis/findings.ts'
import type { SearchRecord } from '../result/search-record.ts'
import { formatDuration } from '../units/format.ts'

/**
 * Why a search has not answered what it was asked; undefined where it has. One that ran out of budget may have
 * decided its promises all the same, by a rate that it confirmed on the way.
 */
export function undecidedSearch(
  search: SearchRecord | undefined,
  knee: Pick<Capacity['knee'], 'bound'>,
  hasPromises: boolean,
): string | undefined {
  if (search === undefined) return undefined
  const { complete, flags, loadSeconds } = search.conclusion
  const ended = complete
    ? 'the search has come to its end'
    : `the search was cut short${flags.includes('budget-spent') ? ' by its budget' : ''} after ${formatDuration(loadSeconds * 1e9)} of load`
  if (knee.bound === 'none') return `${ended} and has found no knee`
  return complete || hasPromises ? undefined : `${ended}; what it says of the knee is not confirmed`
}
