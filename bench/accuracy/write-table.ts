import { formatNumber } from '../../src/units/format.ts'
import { judge, withUnit } from './row.ts'
import type { FigureRow, Row, RunNote } from './row.ts'

const COLUMNS = [
  'test',
  'what',
  'true',
  'measured',
  'error',
  'of it, by the draw',
  'tolerance',
  'within',
  'sent late, p99',
  'run',
]

/** The rows as a Markdown table. */
export function writeTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows.map(row => line(cellsOf(row)))].join('\n')
}

function cellsOf(row: Row): string[] {
  const values = row.kind === 'claim' ? [row.expected, row.measured, '', '', ''] : figureCells(row)
  const verdict = judge(row)
  const shown = verdict.startsWith('yes') ? verdict : `**${verdict}**`
  return [row.test, row.what, ...values, shown, lateness(row.run), runOf(row)]
}

function figureCells(row: FigureRow): string[] {
  const { expected, measured, drawn, unit, allowed, lag } = row
  const amount = (value: number): string => withUnit(writeNumber(value), unit)
  const difference = (value: number): string =>
    `${value > 0 ? '+' : ''}${amount(value)}${expected === 0 || unit === '%' ? '' : ` (${value > 0 ? '+' : ''}${writeNumber((value / expected) * 100, 2)} %)`}`
  return [
    amount(expected),
    amount(measured),
    difference(measured - expected),
    drawn === undefined ? '' : difference(drawn - expected),
    `${allowed}${lag === undefined ? '' : `, lag ${amount(lag)}`}`,
  ]
}

const lateness = (run: RunNote | undefined): string =>
  run === undefined ? '' : `${writeNumber(run.latenessP99Us)} µs`

const ORDINALS = ['', '1st', '2nd', '3rd']

function runOf({ run }: Row): string {
  if (run === undefined) return ''
  return `${ORDINALS[run.attempt]}, ${writeNumber(run.requests, 9)} requests, ${run.standing}`
}

/** `formatNumber` with a real minus sign, and nothing below a millionth. */
export function writeNumber(value: number, digits = 4): string {
  if (Math.abs(value) < 1e-6) return '0'
  return formatNumber(value, digits).replace('-', '−')
}
