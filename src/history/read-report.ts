import type { Report } from '../report/report.ts'
import type { HistoryRow } from './history-row.ts'
import { rowOf } from './row-of.ts'

/** What a file of the store turned out to be. `journal`: of a run that was cut off, or that goes on. */
export type StoredFile = { readonly is: 'report'; readonly row: HistoryRow } | { readonly is: SetAsideReason }

export type SetAsideReason = 'journal' | 'other-schema' | 'no-report' | 'damaged' | 'unreadable'

const KNOWN = 'plimsoll/report@1'
const ANY_REPORT = /^plimsoll\/report@/
const ANY_JOURNAL = /^\{"schema":"plimsoll\/journal@/

/**
 * The row of a report's text. Whatever else the text is, it is said and never thrown: a store is a folder in which
 * people keep other files, too.
 */
export function readReport(text: string): StoredFile {
  if (ANY_JOURNAL.test(text)) return { is: 'journal' }
  let report: (Partial<Report> & { readonly schema?: unknown }) | null
  try {
    report = JSON.parse(text) as typeof report
  } catch {
    // A report that was cut off while it was copied begins like one; anything else never was one.
    return { is: /^\s*\{\s*"schema":\s*"plimsoll\/report@/.test(text) ? 'damaged' : 'no-report' }
  }
  const schema: unknown = report?.schema
  if (typeof schema !== 'string' || !ANY_REPORT.test(schema)) return { is: 'no-report' }
  if (schema !== KNOWN) return { is: 'other-schema' }
  const row = attempt(() => rowOf(report as Report))
  return row === undefined ? { is: 'damaged' } : { is: 'report', row }
}

/** Parts of a damaged report are missing, and reaching into them throws. */
function attempt(make: () => HistoryRow | undefined): HistoryRow | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
