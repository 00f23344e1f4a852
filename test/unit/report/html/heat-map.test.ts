import { describe, expect, test } from 'vitest'
import { viewHeatMap } from '../../../../src/report/view/page/heat-map.ts'
import { heatTable } from '../../../../src/report/view/page/heat-table.ts'
import { countsOf } from '../../../../src/result/counts.ts'
import { launchReport } from '../../../support/report-fixture.ts'

/** One window in which 99 of 100 requests took 1.5 ms and one 150 ms, and one without a request. */
const columns = [countsOf([...Array.from({ length: 99 }, () => 1500), 150_000]), countsOf([])]
const report = { ...launchReport(), windows: launchReport().windows.slice(0, 2) }
const chart = viewHeatMap(report, columns)!
const { edges, levels, legend, columns: places } = chart.heat!

describe('the heat map', () => {
  test('has rows of an eighth of a decade around what was measured', () => {
    // 1.5 ms lies between 10^(1/8) = 1.334 and 10^(2/8) = 1.778, 150 ms between 10^(17/8) = 133.4 and 10^(18/8) = 177.8.
    expect([edges[0], edges[1], edges.at(-2), edges.at(-1)]).toEqual([1.334, 1.778, 133.4, 177.8])
    expect(edges).toHaveLength(18)
  })

  test('is shaded by the share of the requests of its column', () => {
    // 99 % is above 30 %, the seventh shade; 1 % the first of the fourth, from 1 % to 3 %.
    expect(levels).toEqual([`7${'0'.repeat(15)}4`, '0'.repeat(17)])
    expect([legend[6], legend[3]]).toEqual(['30 % and more', '1 % to 3 %'])
  })

  test('has a column for each window, where it lies', () => {
    expect(places).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 2 },
    ])
    expect(chart.xs).toEqual([0.5, 1.5])
  })

  test('has its shares by decade in a table', () => {
    const { columns: heads, rows } = heatTable(chart, columns)
    expect(heads.map(({ label }) => label)).toEqual([
      'seconds into the run',
      '1 to 10 ms',
      '10 to 100 ms',
      '100 to 1 000 ms',
    ])
    expect(rows.map(row => row.map(({ text }) => text))).toEqual([
      ['0.5', '99 %', '0 %', '1 %'],
      ['1.5', '–', '–', '–'],
    ])
  })

  test('is nothing where no request was timed', () => {
    expect(viewHeatMap(report, [countsOf([]), countsOf([])])).toBeNull()
  })

  test('takes a time of less than a microsecond for one', () => {
    expect(viewHeatMap(report, [countsOf([0]), countsOf([])])!.heat!.edges[0]).toBe(0.001)
  })
})
