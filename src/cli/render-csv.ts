import { stringify } from 'csv-stringify/sync'
import type { DataTable } from '../report/csv/data-table.ts'
import { inertText } from '../report/csv/inert-text.ts'

/**
 * RFC 4180, but with lines that end in LF. Numbers stand as JSON has them, negative ones too: only texts can start a
 * formula. Stands here and not in `report` because the library's types bring all of Node's with them.
 */
export function renderCsv({ header, rows }: DataTable): string {
  const cast = {
    string: inertText,
    boolean: String,
    number: (value: number): string => (Number.isFinite(value) ? String(value) : ''),
  }
  return stringify([header, ...rows], { cast })
}
