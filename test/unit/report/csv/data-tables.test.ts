import { describe, expect, test } from 'vitest'
import type { Cell, DataTable } from '../../../../src/report/csv/data-table.ts'
import { routeTable, stageTable, windowTable } from '../../../../src/report/csv/data-tables.ts'
import type { Report } from '../../../../src/report/report.ts'
import { FIXTURES, launchReport, pageReport } from '../../../support/report-fixture.ts'

/** Every value of plain data by its path, e.g. `responseTimeMs.p99`. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`))
}

function records({ header, rows }: DataTable): Record<string, Cell | undefined>[] {
  return rows.map(row => Object.fromEntries(header.map((name, column) => [name, row[column]])))
}

const TABLES = [
  ['windows', windowTable],
  ['stages', stageTable],
  ['routes', routeTable],
] as const

describe.each(Object.entries(FIXTURES))('the %s report', (_name, make) => {
  test.each(TABLES)('has all that its %s say, in the column of its path', (section, tableOf) => {
    const report: Report = make()
    const rows = records(tableOf(report))
    expect(rows).toHaveLength(report[section].length)
    for (const [index, figures] of report[section].entries()) {
      for (const [path, value] of leaves(figures)) {
        // A part that was not measured is null as a whole; why an onset is one is a sentence, and no figure.
        if (path === 'connections' || path === 'onset' || path === 'onset.because') continue
        expect([path, rows[index]![path]]).toEqual([path, value])
      }
    }
  })

  test.each(TABLES)('has rows of %s as long as their header, and each column once', (_section, tableOf) => {
    const { header, rows } = tableOf(make())
    expect(new Set(header).size).toBe(header.length)
    for (const row of rows) expect(row).toHaveLength(header.length)
  })
})

test('a row says when it started: the run began at 05:06:07, the ramp 10 s later', () => {
  expect(records(stageTable(launchReport())).map(({ name, startsAt }) => [name, startsAt])).toEqual([
    ['warm-up', '2026-03-04T05:06:07.000Z'],
    ['ramp', '2026-03-04T05:06:17.000Z'],
    ['recovery', '2026-03-04T05:07:17.000Z'],
  ])
})

test('a status that a row did not meet is 0 in it', () => {
  const [warmUp, ramp] = records(stageTable(launchReport()))
  expect(warmUp?.['statuses.502']).toBe(0)
  expect(ramp?.['statuses.502']).toBe(launchReport().stages[1]?.statuses['502'])
  expect(ramp?.['statuses.502']).toBeGreaterThan(0)
})

test('what was not measured is an empty cell', () => {
  const [first] = records(windowTable({ ...launchReport(), windows: [withoutConnections()] }))
  expect(first?.['connections.opened']).toBeNull()
  expect(first?.['connections.connectTimeMs.p50']).toBeNull()
  const { onset } = pageReport().routes[0]!
  expect(onset).toBeNull()
  expect(records(routeTable(pageReport()))[0]?.['onset.rps']).toBeNull()
})

test('a status with the name of something that every object has is a status', () => {
  const [first, second] = launchReport().stages
  const stages = [{ ...first!, statuses: { constructor: 3 } }, second!]
  const rows = records(stageTable({ ...launchReport(), stages }))
  expect(rows.map(row => row['statuses.constructor'])).toEqual([3, 0])
})

const withoutConnections = (): Report['windows'][number] => ({
  ...launchReport().windows[0]!,
  connections: null,
})
