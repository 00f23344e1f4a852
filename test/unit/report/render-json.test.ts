import { dictionary, assert, integer, property, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderJson, renderSummary } from '../../../src/report/render-json.ts'
import type { Report } from '../../../src/report/report.ts'
import { FIXTURES, launchReport } from '../../support/report-fixture.ts'

const KEYS = [
  'schema',
  'verdict',
  'because',
  'promises',
  'trust',
  'capacity',
  'onset',
  'recovery',
  'causes',
  'stages',
  'routes',
  'phases',
  'sizing',
  'generator',
  'saturation',
  'search',
  'run',
  'windows',
  'result',
]

const withFailures = (failures: Readonly<Record<string, number>>): Report => {
  const report = launchReport()
  const result = { ...report.result, windows: [] }
  return { ...report, stages: [{ ...report.stages[0]!, failures }], windows: [], result }
}

describe('the JSON of a report', () => {
  test.each(Object.entries(FIXTURES))('gives back the %s report', (_name, make) => {
    expect(JSON.parse(renderJson(make()))).toEqual(make())
  })

  test('gives back whatever names a record holds', () => {
    assert(
      property(dictionary(stringMatching(/^[a-z_"\\]{1,8}$/), integer()), failures => {
        expect(JSON.parse(renderJson(withFailures(failures)))).toEqual(withFailures(failures))
      }),
      { numRuns: 20 },
    )
  })

  test('has its keys in one order', () => {
    expect(Object.keys(JSON.parse(renderJson(launchReport())) as object)).toEqual(KEYS)
  })

  test('is the same in whatever order failures happened', () => {
    const one = renderJson(withFailures({ reset: 1, 'closed-early': 2 }))
    expect(one).toBe(renderJson(withFailures({ 'closed-early': 2, reset: 1 })))
  })

  test('has a line for each window and two spaces of indentation elsewhere', () => {
    const lines = renderJson(launchReport()).split('\n')
    expect(lines.filter(line => line.startsWith('    {"fromSeconds"'))).toHaveLength(90)
    expect(lines.filter(line => line.startsWith('      {"stage"'))).toHaveLength(90)
    expect(lines).toContain('  "verdict": "failed",')
  })
})

describe('the summary', () => {
  test('is the report without its windows and its result', () => {
    const { windows: _windows, result: _result, ...rest } = launchReport()
    expect(JSON.parse(renderSummary(launchReport()))).toEqual(rest)
  })
})
