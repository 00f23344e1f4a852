import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartTable } from '../../../../src/report/view/page/chart-table.ts'
import { cutTable } from '../../../../src/report/view/page/cut-table.ts'
import { describeChart } from '../../../../src/report/view/page/describe-chart.ts'
import { evenly } from '../../../../src/report/view/page/evenly.ts'
import { glossHeadline } from '../../../../src/report/view/page/gloss-headline.ts'
import { headline } from '../../../../src/report/view/headline.ts'
import { viewPage } from '../../../../src/report/view/page/view-page.ts'
import type { Chart, TableView, Tone } from '../../../../src/report/view.ts'
import { launchReport, untouchedReport, untrustedReport } from '../../../support/report-fixture.ts'

const chart: Chart = {
  title: 'Good answers against load',
  note: '',
  kind: 'load',
  x: { label: 'offered load, requests/s' },
  y: { label: 'per second', log: false },
  xs: [100, 200, 300],
  series: [
    { label: 'good', role: 'good', values: [100, 195, 180], shown: true },
    { label: 'offered', role: 'offered', values: [5, 5, null], shown: true },
    { label: '200', role: 'good', values: [1, 2, 3], shown: false },
  ],
  bands: [{ axis: 'x', from: 190, to: 210, role: 'knee', label: 'the interval of the knee' }],
  marks: [{ at: 200, role: 'knee', label: 'knee 200/s' }],
}

describe('a chart in words', () => {
  test('says where its lines run, where they are highest, and what is marked; nothing of hidden lines', () => {
    expect(describeChart(chart)).toBe(
      'Across: offered load, requests/s, 100 to 300. Up: per second. good: 100 to 195, highest at 200. offered: 5 throughout. ' +
        'Marked: knee 200/s at 200. Shaded: the interval of the knee, 190 to 210.',
    )
  })

  test('has its figures in a table, hidden lines too', () => {
    const { columns, rows, legend } = chartTable(chart)
    expect(columns.map(({ label }) => label)).toEqual([
      'offered load, requests/s',
      'good, per second',
      'offered, per second',
      '200, per second',
    ])
    expect(rows.map(row => row.map(({ text }) => text))).toEqual([
      ['100', '100', '5', '1'],
      ['200', '195', '5', '2'],
      ['300', '180', '–', '3'],
    ])
    expect(legend).toBeNull()
  })

  test('has at most 25 rows of figures, and says so', () => {
    const xs = Array.from({ length: 100 }, (_, i) => i)
    const { rows, legend } = chartTable({ ...chart, xs, series: [] })
    expect([rows.length, rows[0]![0]!.text, rows[24]![0]!.text]).toEqual([25, '0', '99'])
    expect(legend).toMatch(/^25 of 100 points, evenly chosen\./)
  })
})

test('places evenly chosen rise from the first to the last', () => {
  expect(evenly(3, 5)).toEqual([0, 1, 2])
  expect(evenly(9, 3)).toEqual([0, 4, 8])
  assert(
    property(integer({ min: 1, max: 5000 }), integer({ min: 2, max: 60 }), (count, most) => {
      const places = evenly(count, most)
      expect(places).toHaveLength(Math.min(count, most))
      expect([places[0], places.at(-1)]).toEqual([0, count - 1])
      places.forEach((place, i) => expect(place).toBeGreaterThan(places[i - 1] ?? -1))
    }),
  )
})

describe('a long table', () => {
  const table = (tones: readonly Tone[]): TableView => ({
    columns: [{ label: 'request', align: 'left', rank: 0 }],
    rows: tones.map((tone, i) => [{ text: String(i), tone }]),
    legend: 'Signs.',
  })
  const texts = ({ rows }: TableView): readonly string[] => rows.map(([first]) => first!.text)

  test('stays as it is up to its bound', () => {
    const short = table(['plain', 'bad'])
    expect(cutTable(short, 2)).toBe(short)
  })

  test('keeps what is bad, in the order it had, and says what is missing', () => {
    const cut = cutTable(table(['plain', 'plain', 'bad', 'plain', 'bad']), 3)
    expect(texts(cut)).toEqual(['0', '2', '4'])
    expect(cut.legend).toBe(
      "3 of 5 rows: all with errors, and the first others. The report's JSON has them all. Signs.",
    )
  })

  test('says when not even all that is bad has room', () => {
    const cut = cutTable(table(['bad', 'bad', 'bad']), 2)
    expect(texts(cut)).toEqual(['0', '1'])
    expect(cut.legend).toMatch(/^2 of 3 rows: the first with errors\./)
  })
})

describe('over time', () => {
  const rates = viewPage(launchReport()).overTime[0]!.chart

  test('the stages are bands, every other one, and the knee and the first 502 are marked', () => {
    expect(rates.bands.filter(({ role }) => role === 'stage')).toEqual([
      { axis: 'x', from: 10, to: 70, role: 'stage', label: 'ramp' },
    ])
    // From 50/s to 1 500/s in 60 s: the window from 43 s has its mean at 50 + 33.5 × 24.17 = 859.6/s, the one before 835.4/s.
    expect(rates.marks.filter(({ role }) => role !== 'stage')).toEqual([
      { at: 43, role: 'knee', label: 'above the knee' },
      { at: 43.4, role: 'onset', label: 'first 502' },
    ])
  })

  test('nothing is marked where nothing was found, or nothing can be believed', () => {
    for (const report of [untouchedReport(), untrustedReport()])
      for (const { chart } of viewPage(report).overTime)
        expect(chart.marks.filter(({ role }) => role !== 'stage')).toEqual([])
  })
})

describe('formulas', () => {
  const formulas = Object.fromEntries(
    viewPage(untouchedReport()).formulas.map(({ label, value }) => [label, value]),
  )

  test('have the numbers of the run', () => {
    // 20 s each of 200, 400 and 600/s: 24 000 requests, none failed; ⌈0.99 × 24 000⌉ = 23 760. Peak 500/s, knee at least 600/s.
    expect(formulas['offered rate']).toBe(
      'requests due / time = 600 / 1 s = 600/s, in the busiest window that counts',
    )
    expect(formulas['error share']).toBe(
      'errors / requests due = 0 / 24 000 = 0 %, over the windows that count',
    )
    expect(formulas['p99']).toMatch(/number 23 760 of 24 000 = [\d.]+ ms$/)
    expect(formulas['headroom']).toBe('lower end of the knee / peak − 1 = 600/s / 500/s − 1 = 20 %')
  })

  test('say nothing of a knee that cannot be believed', () => {
    const labels = viewPage(untrustedReport()).formulas.map(({ label }) => label)
    expect(labels).toEqual(['offered rate', 'error share', 'p99'])
  })
})

test('the words above the three numbers are explained', () => {
  expect(viewPage(launchReport()).headlines.map(({ label, gloss }) => [label, gloss])).toEqual([
    ['knee', 'the highest rate that it sustains'],
    ['502 onset', 'from this rate on a constant load meets 502'],
    ['headroom', 'room between the knee and the peak'],
  ])
  expect(glossHeadline(headline({ label: 'something else', value: '', detail: '' })).gloss).toBe('')
})
