import { describe, expect, test } from 'vitest'
import { viewCharts } from '../../../src/report/view/charts.ts'
import { highestRate, windowsOnTheWayUp } from '../../../src/report/view/highest-rate.ts'
import { significant } from '../../../src/report/view/significant.ts'
import type { Chart } from '../../../src/report/view.ts'
import {
  emptyReport,
  launchReport,
  refusedReport,
  untouchedReport,
  untrustedReport,
} from '../../support/report-fixture.ts'

const chart = (charts: readonly Chart[], title: string): Chart => charts.find(one => one.title === title)!
const series = (one: Chart, label: string) => one.series.find(own => own.label === label)!

describe('the windows of the way up', () => {
  test('leave out warm-up, and what comes after the highest rate', () => {
    // The ramp fills the seconds 10 to 70; recovery follows at 200/s.
    const windows = windowsOnTheWayUp(launchReport())
    expect([windows[0]?.fromSeconds, windows.at(-1)?.toSeconds, windows.length]).toEqual([10, 70, 60])
  })

  test('leave out what the generator could not do', () => {
    // Utilisation is rate/500 and the limit 0.85, so only rates below 425/s count: the first 8 of 30 windows
    // of the ramp, whose middles rise by 1450/30 from 74/s.
    expect(windowsOnTheWayUp(untrustedReport())).toHaveLength(8)
  })

  test('know the highest rate by the plan: the last second of the ramp has its mean at its middle', () => {
    expect(highestRate(launchReport())).toBeCloseTo(50 + (1450 / 60) * 59.5, 6)
    expect(highestRate(untouchedReport())).toBe(600)
    expect(highestRate(emptyReport())).toBeNull()
  })
})

describe('the charts', () => {
  const charts = viewCharts(launchReport())

  test('show rates, statuses and response times against load and over time', () => {
    expect(charts.map(({ title }) => title)).toEqual([
      'Good answers against load',
      'Rates over time',
      'Statuses against load',
      'Statuses over time',
      'Response time against load',
      'Response time over time',
    ])
  })

  test('have as many values as places', () => {
    for (const { xs, series } of charts) {
      for (const { values } of series) expect(values).toHaveLength(xs.length)
    }
  })

  test('place the knee with its interval, and the onset, along the load', () => {
    const { bands, marks } = chart(charts, 'Good answers against load')
    expect(bands).toEqual([
      { axis: 'x', from: 826, to: 858, role: 'knee', label: 'the interval of the knee' },
    ])
    expect(marks).toEqual([
      { at: 842, role: 'knee', label: 'knee 842/s' },
      { at: 851, role: 'onset', label: '502 from 851/s' },
    ])
  })

  test('place the stages along the time, and shade the warm-up', () => {
    const { bands, marks } = chart(charts, 'Response time over time')
    expect(marks.map(({ at, label }) => [at, label])).toEqual([
      [0, 'warm-up'],
      [10, 'ramp'],
      [70, 'recovery'],
    ])
    expect(bands).toEqual([{ axis: 'x', from: 0, to: 10, role: 'warm-up', label: 'warm-up' }])
  })

  test('draw the interval of the knee across the rates over time', () => {
    const { bands } = chart(charts, 'Rates over time')
    expect(bands.find(({ axis }) => axis === 'y')).toMatchObject({ from: 826, to: 858 })
  })

  test('shade where the generator was the limit', () => {
    const { bands } = chart(viewCharts(untrustedReport()), 'Rates over time')
    expect(bands.map(({ role, from, to }) => [role, from, to])).toEqual([['invalid', 8, 30]])
  })

  test('hide the usual statuses where there are others, which they would dwarf', () => {
    const mixed = chart(charts, 'Statuses over time')
    expect([series(mixed, '200').shown, series(mixed, '502').shown]).toEqual([false, true])
    expect(series(chart(viewCharts(untouchedReport()), 'Statuses over time'), '200').shown).toBe(true)
  })

  test('give shares in per cent of the requests offered in the window', () => {
    // In the last second of the ramp the excess over 842/s of what is offered is lost.
    const last = launchReport().windows[69]!
    const share = series(chart(charts, 'Statuses over time'), '502').values[69]!
    expect(share).toBe(significant((100 * (last.statuses['502'] ?? 0)) / last.offered))
    expect(share).toBeCloseTo(100 * (1 - 842 / 1487.9), 0)
  })

  test('name failures and leave out a chart without a single value', () => {
    const refused = viewCharts(refusedReport())
    expect(refused.map(({ title }) => title)).toEqual(['Rates over time', 'Statuses over time'])
    expect(series(chart(refused, 'Statuses over time'), 'refused').values).toEqual([100, 100, 100])
  })

  test('are none where nothing was measured', () => {
    expect(viewCharts(emptyReport())).toEqual([])
  })
})
