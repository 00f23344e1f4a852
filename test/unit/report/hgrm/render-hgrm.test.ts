import { describe, expect, test } from 'vitest'
import { conclude } from '../../../../src/cli/conclude.ts'
import { renderHgrm } from '../../../../src/report/hgrm/render-hgrm.ts'
import type { Report } from '../../../../src/report/report.ts'
import type { Result } from '../../../../src/result/result.ts'
import { closedReport } from '../../../support/closed-result.ts'
import { request, resultOf, stage } from '../../../support/fixture-result.ts'
import {
  FIXTURES,
  emptyReport,
  hostileReport,
  planOf,
  refusedReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'

interface Row {
  readonly valueMs: number
  readonly percentile: number
  readonly count: number
  readonly inverse: number
}

/** As HdrHistogram's plotFiles.html reads it: lines of numbers that do not begin with #. The last has no inverse. */
function rowsOf(hgrm: string): Row[] {
  return hgrm
    .split('\n')
    .filter(line => !line.startsWith('#'))
    .map(line => line.trim().split(/ +/).map(Number))
    .filter(numbers => numbers.length >= 3 && !numbers.some(Number.isNaN))
    .map(([valueMs, percentile, count, inverse = Infinity]) => ({
      valueMs: valueMs!,
      percentile: percentile!,
      count: count!,
      inverse,
    }))
}

const home = request('home', 1, 'GET', '/')
const answered = (meanMs: number): Report['result'] =>
  resultOf(planOf([stage('warm-up', 100, 100, 5, true), stage('hold', 200, 200, 20)], [home]), {
    // The warm-up is slow: it must not show.
    target: rate => [
      { outcome: { kind: 'answered', status: 200 }, share: 1, meanMs: rate < 150 ? 900 : meanMs },
    ],
  })

describe('the percentile distribution', () => {
  const report = conclude(answered(12), {})
  const hgrm = renderHgrm(report)
  const rows = rowsOf(hgrm)

  test('has values and percentiles that rise from the first to the last request', () => {
    expect(rows.length).toBeGreaterThan(30)
    for (const [before, after] of rows.slice(1).map((row, i) => [rows[i]!, row] as const)) {
      expect(after.valueMs).toBeGreaterThanOrEqual(before.valueMs)
      expect(after.percentile).toBeGreaterThan(before.percentile)
      expect(after.count).toBeGreaterThanOrEqual(before.count)
    }
    expect(rows[0]).toMatchObject({ percentile: 0 })
  })

  test('counts the measured requests and not the warm-up: 200/s for 20 s are 4000', () => {
    expect(rows.at(-1)).toEqual({
      valueMs: report.routes[0]!.responseTimeMs.max,
      percentile: 1,
      count: 4000,
      inverse: Infinity,
    })
  })

  test('has the median of the report, and its p99 between the steps beside it', () => {
    const { p50, p99 } = report.routes[0]!.responseTimeMs
    expect(rows.find(({ percentile }) => percentile === 0.5)?.valueMs).toBe(p50)
    expect(rows.findLast(({ percentile }) => percentile <= 0.99)!.valueMs).toBeLessThanOrEqual(p99!)
    expect(rows.find(({ percentile }) => percentile >= 0.99)!.valueMs).toBeGreaterThanOrEqual(p99!)
    expect(p99).toBeLessThan(100)
  })

  test('is in ms: the quantiles of an exponential law of mean 12 ms are -12 ln(1 - q)', () => {
    for (const q of [0.5, 0.75, 0.9]) {
      const row = rows.find(({ percentile }) => percentile === q)!
      // Half a request in a window of 200, and 0.1 % of the histogram.
      expect(Math.abs(row.valueMs / (-12 * Math.log(1 - q)) - 1)).toBeLessThan(0.03)
      expect(row.inverse).toBeCloseTo(1 / (1 - q), 2)
    }
  })

  test('ends with notes that a plotter passes over', () => {
    expect(hgrm).toMatch(/^ +Value +Percentile TotalCount 1\/\(1-Percentile\)\n\n/)
    const { mean, max } = report.routes[0]!.responseTimeMs
    const [, meanMs, maxMs, total] =
      /^#\[Mean += +([\d.]+), .*\n#\[Max += +([\d.]+), Total count += +(\d+)\]$/m.exec(hgrm)!.map(Number)
    expect([maxMs, total]).toEqual([max, 4000])
    expect(meanMs).toBeCloseTo(mean!, 2)
    expect(hgrm).toMatch(/\n#\[20 measured windows\]\n$/)
  })
})

test('windows in which the generator was the limit are left out', () => {
  const result: Result = answered(12)
  const windows = result.windows.map((window, index) =>
    index < 20
      ? window
      : { ...window, generator: { ...window.generator, utilisation: 1, longestStallMs: 900 } },
  )
  const hgrm = renderHgrm(conclude({ ...result, windows }, {}))
  expect(rowsOf(hgrm).at(-1)?.count).toBe(3000)
  expect(hgrm).toContain('#[15 of 20 measured windows; ')
})

test.each([
  ['a closed model', closedReport],
  ['a trial that nobody answered', refusedReport],
  ['a trial without a window', emptyReport],
])('%s has no rows, and notes that say so', (_, make) => {
  expect(rowsOf(renderHgrm(make()))).toEqual([])
  expect(renderHgrm(make())).toMatch(/^ +Value.*\n\n#\[.*\n#\[Response times.*\n#\[.*\n$/)
})

test.each(Object.entries(FIXTURES))(
  'every line of the %s report is a row, the head or a note',
  (_name, make) => {
    const lines = renderHgrm(make()).split('\n')
    expect(lines.filter(line => !/^(#\[.*\]| +Value .*|[ \d.]*)$/.test(line))).toEqual([])
  },
)

test('a hostile name stays inside its note', () => {
  expect(
    renderHgrm(hostileReport())
      .split(/[\n\r\u2028]/)
      .filter(line => line.includes('hacked')),
  ).toHaveLength(1)
  expect(rowsOf(renderHgrm(untrustedReport())).length).toBeGreaterThan(0)
})
