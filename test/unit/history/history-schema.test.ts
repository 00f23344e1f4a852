import { describe, expect, test } from 'vitest'
import { historyOf, runsOf } from '../../../src/history/history.ts'
import { renderJson } from '../../../src/history/render-json.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import type { Report } from '../../../src/report/report.ts'
import { closedReport } from '../../support/closed-result.ts'
import { dailyRuns, historyReport } from '../../support/history-report.ts'
import { renamableFields, schemaErrors } from '../../support/published-schema.ts'
import { searchedReport } from '../../support/searched-report.ts'

function written(reports: readonly Report[]): string {
  const found = reports.map((report, i) => ({ file: `run-${i}.json`, row: rowOf(report)! }))
  const setAside = [{ file: 'notes.json', is: 'no-report' as const }]
  return renderJson(historyOf({ folder: 'reports', runs: runsOf(found), setAside, isWhole: true }))
}

/** A fall after ten runs; the last run goes on from an earlier one. */
const resumed = historyReport({ startedAt: '2026-03-01T10:00:00.000Z', resumedFrom: earlier('a run before') })
const fallen = written([...dailyRuns(20, i => (i < 10 ? 812 : 640)), resumed])
const HISTORIES: Readonly<Record<string, string>> = {
  'with a change': fallen,
  'of too few runs': written(dailyRuns(2, () => 800)),
  'of other kinds of run': written([
    closedReport(),
    searchedReport(),
    historyReport({ bound: 'at-least', id: 'more' }),
    historyReport({ bound: 'none', id: 'none', trusted: false }),
  ]),
  'of an empty folder': written([]),
}

function earlier(id: string): NonNullable<Report['run']['resumedFrom']> {
  const { startedAt, endedAt } = historyReport().run
  return [{ id, startedAt, endedAt, until: historyReport().result.windows[0]?.to ?? (0 as never) }]
}

describe('docs/history.schema.json', () => {
  test.each(Object.entries(HISTORIES))('accepts a history %s', (_, text) => {
    expect(schemaErrors('history', text)).toEqual([])
  })

  test.each([fallen, HISTORIES['of too few runs']!])('refuses another name of any field', text => {
    expect(renamableFields('history', text)).toEqual([])
  })

  test.each([
    ['schema', 'plimsoll/history@2'],
    ['isWhole', 'yes'],
    ['groups', null],
  ])('refuses %s: %j', (key, value) => {
    const text = JSON.stringify({ ...(JSON.parse(fallen) as object), [key]: value })
    expect(schemaErrors('history', text)).not.toEqual([])
  })
})
