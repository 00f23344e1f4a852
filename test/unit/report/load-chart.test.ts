import { describe, expect, test } from 'vitest'
import { ansi } from '../../../src/report/terminal/ansi.ts'
import { drawBars } from '../../../src/report/terminal/bars.ts'
import { columnOf, columnValues } from '../../../src/report/terminal/column-values.ts'
import { renderLoadChart } from '../../../src/report/terminal/load-chart.ts'
import { axisTicks, axisTop } from '../../../src/report/terminal/nice-axis.ts'
import type { LoadCurve } from '../../../src/report/view.ts'

describe('columns of an axis', () => {
  test('an axis to 1500 in 60 columns gives each 25: 842 lies in column 33', () => {
    expect(columnOf(842, 1500, 60)).toBe(33)
    expect(columnOf(825, 1500, 60)).toBe(33)
    expect(columnOf(824, 1500, 60)).toBe(32)
  })

  test('the ends lie in the first and the last column', () => {
    expect([columnOf(0, 1500, 60), columnOf(1500, 1500, 60)]).toEqual([0, 59])
  })

  test('several points in a column give their mean', () => {
    // Columns of 10: 0–10 holds 4 and 6, mean 5.
    expect(
      columnValues(
        [
          [2, 4],
          [8, 6],
        ],
        40,
        4,
      )[0],
    ).toBe(5)
  })

  test('between near points lies the straight line, at the middle of the column', () => {
    // Columns of 1 on an axis to 20; from (2.5, 0) to (4.5, 20) the middle of column 3 is 3.5: half way.
    expect(
      columnValues(
        [
          [2.5, 0],
          [4.5, 20],
        ],
        20,
        20,
      ).slice(2, 5),
    ).toEqual([0, 10, 20])
  })

  test('between far points nothing is invented; a point alone is three columns wide', () => {
    expect(
      columnValues(
        [
          [5.5, 7],
          [15.5, 9],
        ],
        20,
        20,
      )
        .map(value => value ?? '-')
        .join(''),
    ).toBe('----777-------999---')
  })
})

describe('bars', () => {
  test('are as high as their share of the rows, in eighths', () => {
    // Two rows of eight eighths: 16 is 16 eighths, 12 is 12, 3 is 3, nothing is nothing.
    expect(drawBars([16, 12, 3, 0, null], 16, 2)).toEqual(['█▄   ', '██▃  '])
  })

  test('show a value above zero however small', () => {
    expect(drawBars([0.001], 100, 1)).toEqual(['▁'])
  })
})

describe('axes end in round numbers', () => {
  test('in four steps: 900 gives 1000 by 250, 0.7 gives 0.8 by 0.2, nothing gives a step of 1', () => {
    expect([axisTop(900), axisTop(0.7), axisTop(0)]).toEqual([1000, 0.8, 4])
  })

  test('in at most as many steps as there is room for', () => {
    expect(axisTicks(1488, 6)).toEqual([0, 250, 500, 750, 1000, 1250, 1500])
    expect(axisTicks(600, 6)).toEqual([0, 100, 200, 300, 400, 500, 600])
  })
})

describe('the chart', () => {
  const points = Array.from({ length: 60 }, (_, i) => {
    const offeredRps = 25 * (i + 1)
    return { offeredRps, goodRps: Math.min(offeredRps, 800), gatewayShare: Math.max(0, 1 - 800 / offeredRps) }
  })
  const curve: LoadCurve = {
    points,
    knee: { at: 800, label: 'knee 800/s' },
    goodLabel: 'good/s',
    shareLabel: 'gateway',
    shareNone: 'none seen',
    offeredLabel: 'offered/s',
    empty: 'nothing to draw',
  }
  const layout = (columns: number) => ({ columns, prose: columns, ansi: ansi(false) })
  /** Indent 2, gutter 9 for `offered/s`, a space and the axis. */
  const LEFT = 13

  test('puts the mark above the column of the knee, and the line below it', () => {
    // 73 columns leave 60 for the plot: 25/s each. 800 begins column 32.
    const lines = renderLoadChart(curve, layout(73))
    expect(lines[0]?.indexOf('▼')).toBe(LEFT + 32)
    expect(lines.some(line => line[LEFT + 32] === '┊')).toBe(true)
  })

  test('keeps the mark inside where the knee lies at the right end', () => {
    const [first = ''] = renderLoadChart({ ...curve, knee: { at: 1500, label: 'knee 1 500/s' } }, layout(73))
    expect(first.endsWith('knee 1 500/s ▼')).toBe(true)
    expect(first.indexOf('▼')).toBe(LEFT + 59)
  })

  test('begins the bars of gateway errors above the knee', () => {
    // 825/s, the first rate with errors, lies in column 33.
    const lines = renderLoadChart(curve, layout(73))
    const lowest = lines.findIndex(line => line.includes('gateway'))
    expect(lines[lowest]?.search(/[▁-█]/)).toBe(LEFT + 33)
  })

  test('says so where no gateway error was seen', () => {
    const well = points.map(point => ({ ...point, gatewayShare: 0 }))
    expect(renderLoadChart({ ...curve, points: well }, layout(73)).join('\n')).toContain('none seen')
  })

  test('marks no knee where there is none, and says why where there are no points', () => {
    expect(renderLoadChart({ ...curve, knee: null }, layout(73)).join('')).not.toMatch(/[▼┊]/)
    expect(renderLoadChart({ ...curve, points: [] }, layout(73))).toEqual(['  nothing to draw'])
  })

  test.each([40, 73, 80, 120, 200])('fits %i columns', columns => {
    for (const line of renderLoadChart(curve, layout(columns)))
      expect(line.length).toBeLessThanOrEqual(columns)
  })
})
