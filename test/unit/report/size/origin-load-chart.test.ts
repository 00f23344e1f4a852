import { assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { viewOriginLoad } from '../../../../src/report/size/origin-load-chart.ts'
import type { OriginLoadSituation } from '../../../../src/report/size/origin-load-chart.ts'
import { originLoadSituation } from '../../../../src/report/size/origin-load-situation.ts'
import { viewSize } from '../../../../src/report/size/view-size.ts'
import type { Chart } from '../../../../src/report/view.ts'
import { sizeSystem } from '../../../../src/sizing/size-system.ts'
import type { SizingQuestion } from '../../../../src/sizing/sizing-question.ts'
import { measuredSystem, question } from '../../../support/measured-system.ts'

/** 1000/s at the peak; 400/s are carried, of which 0.7 × 390/s = 273/s are planned for: 1 − 273/1000 = 0.727. */
const plain: OriginLoadSituation = {
  peak: { low: 1000, high: 1000 },
  capacity: { rps: 400, low: 390, high: 410 },
  backends: '2 backends',
  planned: 273,
  plannedIs: '70 % of the lower end',
  needed: 0.727,
  marked: [],
}

const valuesOf = ({ series }: Chart, role: string): readonly (number | null)[] =>
  series.find(one => one.role === role)!.values
const at = (chart: Chart, role: string, percent: number): number =>
  valuesOf(chart, role)[chart.xs.indexOf(percent)]!

describe('origin load by hit ratio', () => {
  const { chart, description, table } = viewOriginLoad(plain)

  test('is peak × (1 − h): 1000/s, 750/s at 25 %, nothing at 100 %', () => {
    expect([0, 25, 100].map(percent => at(chart, 'origin', percent))).toEqual([1000, 750, 0])
  })

  test('has the knee and what to plan for as lines, and the interval of the knee as a band', () => {
    expect(new Set(valuesOf(chart, 'knee'))).toEqual(new Set([400]))
    expect(new Set(valuesOf(chart, 'planned'))).toEqual(new Set([273]))
    expect(chart.bands).toMatchObject([{ axis: 'y', from: 390, to: 410, role: 'knee' }])
  })

  test('marks where the load meets what to plan for: 1 − 273/1000 = 72.7 %', () => {
    expect(chart.marks).toEqual([{ at: 72.7, role: 'needed', label: 'needed: 72.7 %' }])
    expect(at(chart, 'origin', 72.7)).toBeCloseTo(273, 9)
  })

  test('says the same in words, and has a row for every tenth and for the crossing', () => {
    expect(description).toBe(
      'Without a cache 1 000/s reach the backends at the peak; each point of hit ratio takes 10/s off them. ' +
        '2 backends carry 400/s, 390/s to 410/s. To plan for: 273/s, 70 % of the lower end. ' +
        'The two meet at a hit ratio of 1 − 273/s / 1 000/s = 0.727, so a cache has to answer 72.7 % of the requests.',
    )
    expect(table!.rows).toHaveLength(12)
    expect(table!.rows.map(([first]) => first!.text)).toContain('72.7 %')
  })

  test('has a band between both ends of a peak that is known within limits', () => {
    const ranged = viewOriginLoad({ ...plain, peak: { low: 800, high: 1000 } }).chart
    expect(ranged.between).toEqual([0, 1])
    expect(ranged.series.slice(0, 2).map(({ values }) => values[50])).toEqual([500, 400])
    expect(chart.between).toBeUndefined()
  })

  test('has no band for a knee that is only known to be at least a rate', () => {
    const bound = viewOriginLoad({ ...plain, capacity: { rps: 400, low: 400, high: null } })
    expect(bound.chart.bands).toEqual([])
    expect(bound.description).toContain('2 backends carry at least 400/s.')
  })

  test('marks nothing where the peak stays below without a cache, and says so', () => {
    const calm = viewOriginLoad({ ...plain, planned: 1200, needed: 0 })
    expect(calm.chart.marks).toEqual([])
    expect(calm.description).toContain('The peak stays below that without a cache.')
  })
})

describe('the chart of an answer', () => {
  const situationOf = (
    peak: number,
    capacity: number,
    backends: number,
    rest: Partial<SizingQuestion> = {},
  ): OriginLoadSituation => {
    const asked = question(peak, rest)
    return originLoadSituation(sizeSystem(asked, [measuredSystem(capacity, backends)]).sized!, asked)
  }

  test('crosses at h = 1 − u × knee / peak, by the lower end: 1 − 0.7 × 392 / 1000 = 0.7256', () => {
    expect(situationOf(1000, 400, 1, { survive: 0 })).toMatchObject({
      backends: '1 backend',
      planned: expect.closeTo(274.4, 9) as number,
      needed: expect.closeTo(0.7256, 9) as number,
    })
  })

  test('plans with what is left after the loss: of 4 backends 3, 0.7 × 3/4 × 980', () => {
    const { planned, plannedIs } = situationOf(2000, 1000, 4)
    expect(planned).toBeCloseTo(514.5, 9)
    expect(plannedIs).toBe('70 % of what 3 of 4 backends carry after a loss by the lower end')
  })

  test('starts at the peak with its growth, and marks the cache that is taken as given', () => {
    const { peak, marked } = situationOf(1000, 400, 1, { growth: 0.5, hitRatio: 0.4 })
    expect(peak).toEqual({ low: 1500, high: 1500 })
    expect(marked).toEqual([{ at: 0.4, label: 'taken as given: 40 %' }])
  })

  test('never disagrees with the option: its crossing is the hit ratio of the CDN', () => {
    const rate = double({ min: 10, max: 1e5, noNaN: true })
    assert(
      property(rate, rate, (peak, capacity) => {
        const answer = sizeSystem(question(peak), [measuredSystem(capacity, 3)])
        const cdn = answer.sized!.options.find(({ name }) => name === 'cdn')
        const mark = viewSize(answer).chart!.chart.marks.find(({ role }) => role === 'needed')
        expect(mark?.at).toBe(cdn === undefined ? undefined : cdn.hitRatio * 100)
      }),
      { numRuns: 30 },
    )
  })
})
