import { parse } from 'csv-parse/sync'
import { array, assert, double, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderCsv } from '../../../../src/cli/render-csv.ts'
import type { Cell } from '../../../../src/report/csv/data-table.ts'
import { routeTable, stageTable, windowTable } from '../../../../src/report/csv/data-tables.ts'
import { inertText } from '../../../../src/report/csv/inert-text.ts'
import { FIXTURES, HOSTILE, hostileReport, launchReport } from '../../../support/report-fixture.ts'

const readBack = (csv: string): string[][] => parse(csv)
const asText = (cell: Cell): string => (cell === null ? '' : String(cell))

describe.each(Object.entries(FIXTURES))('the %s report', (_name, make) => {
  test.each([
    ['windows', windowTable],
    ['stages', stageTable],
    ['routes', routeTable],
  ])('gives a CSV of its %s that csv-parse reads back cell by cell', (_section, tableOf) => {
    const { header, rows } = tableOf(make())
    const wanted = rows.map(row =>
      row.map(cell => (typeof cell === 'string' ? inertText(cell) : asText(cell))),
    )
    expect(readBack(renderCsv({ header, rows }))).toEqual([[...header], ...wanted])
  })
})

test('a line has the figures of a window as the JSON has them', () => {
  const [header, ...lines] = readBack(renderCsv(windowTable(launchReport())))
  const window = launchReport().windows[50]!
  const cell = (name: string): string => lines[50]![header!.indexOf(name)]!
  expect(lines).toHaveLength(90)
  expect(cell('startsAt')).toBe('2026-03-04T05:06:57.000Z')
  expect(cell('stage')).toBe('ramp')
  expect(cell('warmup')).toBe('false')
  expect(Number(cell('offeredRps'))).toBe(window.offeredRps)
  expect(Number(cell('responseTimeMs.p99'))).toBe(window.responseTimeMs.p99)
  expect(Number(cell('statuses.502'))).toBe(window.statuses['502'])
})

test('numbers are read back as the same numbers, negative ones too', () => {
  const number = double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0)
  assert(
    property(array(number, { minLength: 1, maxLength: 5 }), numbers => {
      const [, cells] = readBack(renderCsv({ header: numbers.map((_, i) => `n${i}`), rows: [numbers] }))
      expect(cells!.map(Number)).toEqual(numbers)
    }),
  )
  expect(renderCsv({ header: ['n'], rows: [[-12.5]] })).toBe('n\n-12.5\n')
})

test('whatever texts stand in it, cells stay where they are and none starts a formula', () => {
  const text = oneof(
    string({ unit: 'binary' }),
    string().map(end => `=${end}`),
    string().map(end => `a","${end}`),
  )
  assert(
    property(array(text, { minLength: 2, maxLength: 4 }), texts => {
      const [header, cells] = readBack(renderCsv({ header: texts, rows: [texts] }))
      expect(header).toEqual(texts.map(inertText))
      expect(cells).toEqual(header)
    }),
  )
})

test('names full of markup and control characters give one line for each row', () => {
  const csv = renderCsv(stageTable(hostileReport()))
  for (const control of ['\u2028', '\u001b', '\u0007']) expect(HOSTILE).toContain(control)
  expect(csv.trimEnd().split(/[\n\r\u2028\u0085]/)).toHaveLength(4)
  // oxlint-disable-next-line no-control-regex -- finding none is the purpose
  expect(csv).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
})
