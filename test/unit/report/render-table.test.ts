import { describe, expect, test } from 'vitest'
import { ansi } from '../../../src/report/terminal/ansi.ts'
import { renderTable } from '../../../src/report/terminal/render-table.ts'
import type { TableView } from '../../../src/report/view.ts'

const layout = (columns: number) => ({ columns, prose: columns, ansi: ansi(false) })
const cell = (text: string) => ({ text, tone: 'plain' }) as const

const table: TableView = {
  columns: [
    { label: 'stage', align: 'left', rank: 0 },
    { label: 'sent', align: 'right', rank: 2 },
    { label: 'good', align: 'right', rank: 0 },
    { label: 'max', align: 'right', rank: 1 },
  ],
  rows: [
    [cell('ramp'), cell('10'), cell('9'), cell('12 ms')],
    [cell('recovery'), cell('200'), cell('200'), cell('3 ms')],
  ],
  legend: null,
}

describe('a table', () => {
  test('has one rule below its head and nothing else between its figures', () => {
    // 2 + 8 + 2 + 4 + 2 + 4 + 2 + 5 = 29 columns hold all four.
    expect(renderTable(table, layout(29))).toEqual([
      '  stage     sent  good    max',
      '  ───────────────────────────',
      '  ramp        10     9  12 ms',
      '  recovery   200   200   3 ms',
    ])
  })

  test('leaves out the columns of the highest rank where there is no room', () => {
    expect(renderTable(table, layout(28))[0]).toBe('  stage     good    max')
    expect(renderTable(table, layout(16))[0]).toBe('  stage     good')
  })

  test('shortens its widest column where even the necessary ones do not fit', () => {
    expect(renderTable(table, layout(14))).toEqual([
      '  stage   good',
      '  ────────────',
      '  ramp       9',
      '  recov…   200',
    ])
  })

  test('gives its legend instead of rows where it has none', () => {
    expect(renderTable({ ...table, rows: [], legend: 'Nothing.' }, layout(40))).toEqual(['  Nothing.'])
  })
})
