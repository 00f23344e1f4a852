import type { PromiseClause } from '../plan/promise-clause.ts'
import { faultInClosedPromise } from './closed-model.ts'
import { readList, readText } from './field.ts'
import type { Fields, Report } from './field.ts'
import { parsePromise } from './promise.ts'

/** `promises:`, as far as they have no problem. `requests` are the names that they may speak of. */
export function readPromises(
  fields: Fields,
  requests: readonly string[],
  isClosed: boolean,
  report: Report,
): readonly PromiseClause[] {
  const field = fields.get('promises')
  const items = field === undefined ? [] : (readList(field, 'promise', 'p99 < 300ms', report) ?? [])
  return items.flatMap(item => {
    const text = readText(item, report)
    if (text === undefined) return []
    const parsed = parsePromise(text, requests)
    const fault =
      'fault' in parsed ? parsed.fault : isClosed ? faultInClosedPromise(parsed.clause) : undefined
    if (fault !== undefined) report(fault, item.tree.at)
    return 'clause' in parsed ? parsed.clause : []
  })
}
