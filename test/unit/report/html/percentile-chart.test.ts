import { describe, expect, test } from 'vitest'
import { chartTable } from '../../../../src/report/view/page/chart-table.ts'
import { describeChart } from '../../../../src/report/view/page/describe-chart.ts'
import { viewPercentiles } from '../../../../src/report/view/page/percentile-chart.ts'
import { responseTimesOf } from '../../../../src/report/view/page/response-times.ts'
import type { Chart } from '../../../../src/report/view.ts'
import { resultOf, stage } from '../../../support/fixture-result.ts'
import { FIXTURES, planOf, refusedReport } from '../../../support/report-fixture.ts'
import { judgedReport } from './judged-report.ts'

/** 2 000 requests of 10 ms on average, then 2 000 of 20 ms, after a warm-up of 500 ms. Exponential: q is at mean × ln(1/(1 − q)). */
const plan = planOf([
  stage('warm-up', 100, 100, 5, true),
  stage('quick', 200, 200, 10),
  stage('slow', 200, 200, 10),
])
const meanMs = (atSeconds: number): number => (atSeconds < 5 ? 500 : atSeconds < 15 ? 10 : 20)
const report = judgedReport(
  resultOf(plan, {
    target: (_rate, _request, atSeconds) => [
      { outcome: { kind: 'answered', status: 200 }, share: 1, meanMs: meanMs(atSeconds) },
    ],
  }),
)
const percentiles = (of: typeof report): Chart | null => viewPercentiles(of, responseTimesOf(of.result))
const chart = percentiles(report)!
const valueOf = (label: string, x: number): number | null =>
  chart.series.find(one => one.label === label)!.values[chart.xs.indexOf(x)]!

describe('response time by percentile', () => {
  test('is drawn for all windows that count and for each stage but the warm-up', () => {
    expect(chart.series.map(({ label }) => label)).toEqual(['all that counts', 'quick', 'slow'])
  })

  test.each([
    ['quick', 2, 10 * Math.log(2)],
    ['quick', 10, 10 * Math.log(10)],
    ['quick', 100, 10 * Math.log(100)],
    ['slow', 10, 20 * Math.log(10)],
    // Half of all are e^(−t/10) and half e^(−t/20) above t: one tenth together where u + u² = 0.2 for u = e^(−t/20).
    ['all that counts', 10, -20 * Math.log((Math.sqrt(1.8) - 1) / 2)],
  ])('of %s at 1/(1 − q) = %d is %d ms', (label, x, expected) => {
    // Windows of 200 requests over three routes: their largest values stand for 1 − 1/2n.
    expect(valueOf(label, x)! / expected).toBeCloseTo(1, 1)
  })

  test('ends where no single request stands for it any more', () => {
    expect(valueOf('quick', 1000)).not.toBeNull()
    // 4 000 requests: one in 1 000 is there, one in 10 000 is not.
    expect(chart.xs.at(-1)).toBeLessThanOrEqual(4000)
    const last = chart.xs.findLastIndex((_, i) => chart.series[1]!.values[i] !== null)
    expect(chart.xs[last]!).toBeLessThanOrEqual(2000)
    expect(chart.xs[last + 1]!).toBeGreaterThan(2000)
  })

  test('never falls from one percentile to the next', () => {
    for (const { values } of chart.series) {
      const known = values.filter(value => value !== null)
      expect(known).toEqual(known.toSorted((a, b) => a - b))
    }
  })

  test('has its marks in words, and a row of figures for each', () => {
    const { columns, rows } = chartTable(chart)
    expect(rows.map(([first]) => first!.text)).toEqual(['50 %', '90 %', '99 %', '99.9 %'])
    expect(columns.map(({ label }) => label)).toEqual([
      'percentile',
      'all that counts, ms',
      'quick, ms',
      'slow, ms',
    ])
    expect(describeChart(chart)).toMatch(
      /quick: 50 % within 6\.\d+ ms, 90 % within 2[23][.\d]* ms, 99 % within/,
    )
  })

  test('of a search tells apart what its steps were for', () => {
    const labels = percentiles(FIXTURES['searched']!())!.series.map(({ label }) => label)
    expect(labels).toContain('hold that passed')
    expect(labels).toContain('plateau')
  })

  test('draws at most seven of many stages, the first and the last among them', () => {
    const many = planOf(Array.from({ length: 20 }, (_, i) => stage(`step ${i + 1}`, 50, 50, 2)))
    const { series, note } = percentiles(
      judgedReport(
        resultOf(many, {
          target: () => [{ outcome: { kind: 'answered', status: 200 }, share: 1, meanMs: 5 }],
        }),
      ),
    )!
    expect(series).toHaveLength(1 + 7)
    expect([series[1]!.label, series[7]!.label]).toEqual(['step 1', 'step 20'])
    expect(note).toContain('7 of 20 stages are drawn.')
  })

  test('is nothing where no request was timed, and in a closed model', () => {
    expect(percentiles(refusedReport())).toBeNull()
    expect(percentiles(FIXTURES['closed']!())).toBeNull()
  })
})
