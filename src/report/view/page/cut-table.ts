import { formatNumber } from '../../../units/format.ts'
import type { TableView } from '../../view.ts'

const MOST_ROWS = 100

/**
 * The table with at most so many rows, and a line that says so. Rows in which something is bad stay before others; the
 * order stays as it was.
 */
export function cutTable(table: TableView, most: number = MOST_ROWS): TableView {
  const { rows, legend } = table
  if (rows.length <= most) return table
  const isBad = (row: (typeof rows)[number]): boolean => row.some(({ tone }) => tone === 'bad')
  const bad = rows.filter(isBad)
  const kept = new Set([...bad, ...rows.filter(row => !isBad(row))].slice(0, most))
  const first =
    bad.length === 0
      ? 'the first'
      : bad.length <= most
        ? 'all with errors, and the first others'
        : 'the first with errors'
  const cut = `${formatNumber(most, 12)} of ${formatNumber(rows.length, 12)} rows: ${first}. The report's JSON has them all.`
  return {
    ...table,
    rows: rows.filter(row => kept.has(row)),
    legend: legend === null ? cut : `${cut} ${legend}`,
  }
}
