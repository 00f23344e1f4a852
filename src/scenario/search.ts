import type { PromiseClause } from '../plan/promise-clause.ts'
import type { SearchGoal } from '../plan/search-goal.ts'
import { formatDuration, formatRate } from '../units/format.ts'
import { perSecond, seconds, share } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { readBoolean, readMapping } from './field.ts'
import type { Field, Fields, Report } from './field.ts'
import { readDuration, readRate, readShare } from './quantity-field.ts'
import { SEARCH_KEYS } from './scenario-keys.ts'
import { formatPromise } from './format-promise.ts'
import { DAY } from './stage.ts'

/**
 * What a search does unless it is told otherwise.
 *
 * - `from`: few enough for anything that is in service, enough for a baseline of 200 requests in ten seconds.
 * - `to`: beyond what one generator makes, so that the target or the generator is the limit, not the file.
 * - `precision`: the resolution that RFC 9971 would call the Goal Width, three times the 1 % of errors that the
 *   knee allows; half of it takes four times the load.
 * - `budget`: enough for that precision from about 300/s up. What a soak takes comes on top.
 */
export const SEARCH_DEFAULTS: SearchGoal = {
  from: perSecond(20),
  to: perSecond(100_000),
  precision: share(0.03),
  budget: seconds(180),
  gentle: false,
}

/** Below the 1 % of errors that the knee allows there is nothing to tell apart; above 20 % a ramp shows as much. */
const FINEST = 0.01
const COARSEST = 0.2
/** The baseline alone takes that long. */
const SHORTEST_BUDGET = 5e9
const SHORTEST_SOAK = 1e9

/** `search:`, which may be empty: every key has a default. */
export function readSearch(field: Field, report: Report): SearchGoal | undefined {
  if (field.tree.kind === 'scalar' && field.tree.value === null) return SEARCH_DEFAULTS
  const fields = readMapping(field, SEARCH_KEYS, report)
  if (fields === undefined) return undefined
  const read = <Value>(key: string, absent: Value, reader: (field: Field) => Value): Value => {
    const part = fields.get(key)
    return part === undefined ? absent : reader(part)
  }
  type Read<Key extends keyof SearchGoal> = SearchGoal[Key] | undefined
  const from = read<Read<'from'>>('from', SEARCH_DEFAULTS.from, part => readRate(part, report))
  const to = read<Read<'to'>>('to', SEARCH_DEFAULTS.to, part => readRate(part, report))
  const precision = read<Read<'precision'>>('precision', SEARCH_DEFAULTS.precision, part =>
    readShare(part, FINEST, COARSEST, report),
  )
  const gentle = read<Read<'gentle'>>('gentle', false, part => readBoolean(part, report))
  const soak = read<Read<'soak'>>('soak', undefined, part => readDuration(part, DAY, report, SHORTEST_SOAK))
  const budget = read<Read<'budget'>>(
    'budget',
    seconds(SEARCH_DEFAULTS.budget / 1e9 + (soak ?? 0) / 1e9),
    part => readBudget(part, soak ?? 0, report),
  )
  if (from === undefined || to === undefined || !areBounds(field, fields, { from, to }, report))
    return undefined
  if (precision === undefined || budget === undefined || gentle === undefined) return undefined
  return { from, to, precision, budget, gentle, ...(soak !== undefined && { soak }) }
}

/** A soak is part of it, and something must be left for finding what to soak at. */
function readBudget(field: Field, soak: number, report: Report): Nanoseconds | undefined {
  const budget = readDuration(field, DAY, report, SHORTEST_BUDGET)
  if (budget === undefined || budget >= soak + SHORTEST_BUDGET) return budget
  const message = `${field.path} is ${formatDuration(budget)}, of which the soak takes ${formatDuration(soak)}`
  const fix = `write budget: ${Math.ceil((soak + SEARCH_DEFAULTS.budget) / 1e9)}s, or leave it out`
  return report({ code: 'scenario/search-bounds', message, fix }, field.tree.at)
}

/** Is there something between the two? The problem stands at what was written, `to` rather than `from`. */
function areBounds(
  search: Field,
  fields: Fields,
  { from, to }: Pick<SearchGoal, 'from' | 'to'>,
  report: Report,
): boolean {
  if (from > 0 && to > from) return true
  const message =
    from > 0
      ? `${search.path} goes from ${formatRate(from)} to ${formatRate(to)}; it climbs, so to lies above from`
      : `${search.path} begins at 0/s, where there is nothing to compare a load with`
  const fix =
    from > 0
      ? `write to: ${Math.ceil(2 * from)}/s or more, or a lower from`
      : `write from: ${SEARCH_DEFAULTS.from}/s, or leave it out`
  const { tree } = (from > 0 ? fields.get('to') : undefined) ?? fields.get('from') ?? search
  report({ code: 'scenario/search-bounds', message, fix }, tree.at)
  return false
}

/** The goal with what *slow* means to it; nothing where there is no search. */
export function completeGoal(
  search: SearchGoal | undefined,
  promises: readonly PromiseClause[],
): { readonly search?: SearchGoal } {
  if (search === undefined) return {}
  const slow = slowOf(promises)
  return { search: slow === undefined ? search : { ...search, slow } }
}

/**
 * The first promise of a percentile of all requests. A mean, a maximum and one request's times do not say which share
 * of the requests may take longer.
 */
function slowOf(promises: readonly PromiseClause[]): SearchGoal['slow'] {
  for (const clause of promises) {
    if (clause.kind !== 'latency' || clause.request !== undefined || typeof clause.statistic === 'string')
      continue
    const { upTo: _, ...everywhere } = clause
    const { limit, statistic } = clause
    return { within: limit, share: statistic.percentile, text: formatPromise(everywhere) }
  }
  return undefined
}
