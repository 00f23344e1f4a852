import { array, assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { energySplit } from '../../../src/statistics/energy-split.ts'
import { findLevelShifts } from '../../../src/statistics/level-shifts.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { predictiveInterval } from '../../../src/statistics/predictive-interval.ts'
import { twoSampleT } from '../../../src/statistics/two-sample-t.ts'
import { createRandom } from '../../../src/units/random.ts'

const level = (value: number, count: number): number[] => Array.from({ length: count }, () => value)

/** Values around `levelOf` with a normal scatter of `sd`. */
function scattered(seed: number, count: number, sd: number, levelOf: (i: number) => number): number[] {
  const random = createRandom(seed)
  return Array.from(
    { length: count },
    (_, i) => levelOf(i) + sd * normalQuantile(random.uniform() - 2 ** -54),
  )
}

describe('Student’s test of two means', () => {
  test('1 2 3 against 4 5 6: t = 3/√(2/3), p by the closed form for 4 degrees of freedom', () => {
    // A(t|4) = sin θ·(1 + cos²θ/2), tan θ = t/2 (Abramowitz and Stegun, 26.7.4): t² = 13.5, sin²θ = 13.5/17.5.
    const sine = Math.sqrt(13.5 / 17.5)
    const p = 1 - sine * (1 + 4 / 17.5 / 2)
    expect(twoSampleT([1, 2, 3], [4, 5, 6])).toEqual({ difference: 3, p: expect.closeTo(p, 12) })
    expect(p).toBeCloseTo(0.0213, 4)
  })

  test('without scatter a difference is certain, and none is none', () => {
    expect(twoSampleT([7, 7, 7], [8, 8])).toEqual({ difference: 1, p: 0 })
    expect(twoSampleT([7, 7, 7], [7, 7])).toEqual({ difference: 0, p: 1 })
  })

  test('is right about equal means as often as p says', () => {
    // Of 2000 pairs of samples without a difference, p < 0.1 for 200 ± 4·√(2000·0.1·0.9) = 200 ± 54.
    const below = Array.from({ length: 2000 }, (_, seed) => {
      const values = scattered(seed, 12, 1, () => 0)
      return twoSampleT(values.slice(0, 5), values.slice(5)).p < 0.1
    }).filter(Boolean).length
    expect(Math.abs(below - 200)).toBeLessThan(54)
  })
})

describe('the energy split', () => {
  test('cuts where the values change, and not where the parts would be too short', () => {
    expect(energySplit([0, 0, 0, 10, 10], 2)).toBe(3)
    expect(energySplit([0, 10, 10, 10], 2)).toBe(2)
    expect(energySplit([1, 2, 3], 2)).toBeUndefined()
    expect(energySplit([], 2)).toBeUndefined()
  })

  test('is the cut of the greatest Q by its definition, for any values', () => {
    const meanDistance = (a: readonly number[], b: readonly number[]): number =>
      a.flatMap(x => b.map(y => Math.abs(x - y))).reduce((sum, one) => sum + one, 0) / (a.length * b.length)
    /** Among different values of one sample: the zeros of each with itself do not count. */
    const within = (a: readonly number[]): number => (meanDistance(a, a) * a.length) / (a.length - 1)
    const energy = (values: readonly number[], at: number): number => {
      const [a, b] = [values.slice(0, at), values.slice(at)]
      const q = 2 * meanDistance(a, b) - within(a) - within(b)
      return ((a.length * b.length) / values.length) * q
    }
    const value = double({ min: -100, max: 100, noNaN: true })
    assert(
      property(
        array(value, { minLength: 6, maxLength: 14 }),
        integer({ min: 2, max: 3 }),
        (values, least) => {
          const at = energySplit(values, least)!
          const cuts = Array.from({ length: values.length - 2 * least + 1 }, (_, i) => least + i)
          expect(cuts).toContain(at)
          expect(energy(values, at)).toBeCloseTo(Math.max(...cuts.map(cut => energy(values, cut))), 6)
        },
      ),
    )
  })
})

/** A minimum of five runs, α = 0.001, half of 5 %. */
const CRITERIA = { least: 5, alpha: 0.001, smallest: Math.log(1.025) }
const places = (values: readonly number[]): number[] => findLevelShifts(values, CRITERIA).map(({ at }) => at)
const DROP = Math.log(0.9)

describe('level shifts', () => {
  test('40 values with 2 % scatter and no shift: none is found in at least 99 of 100 histories', () => {
    const found = Array.from({ length: 100 }, (_, seed) => places(scattered(seed, 40, 0.02, () => 0)))
    expect(found.filter(shifts => shifts.length > 0).length).toBeLessThanOrEqual(1)
  })

  test('a drop by 10 % in the middle of 40: found within one value in at least 95 of 100', () => {
    const found = Array.from({ length: 100 }, (_, seed) =>
      places(scattered(1000 + seed, 40, 0.02, i => (i < 20 ? 0 : DROP))),
    )
    const right = found.filter(([at = -9, ...more]) => Math.abs(at - 20) <= 1 && more.length === 0)
    expect(right.length).toBeGreaterThanOrEqual(95)
  })

  test('is told as soon as the new level has five values, with its size', () => {
    const values = scattered(7, 35, 0.02, i => (i < 30 ? 0 : DROP))
    const [shift] = findLevelShifts(values, CRITERIA)
    expect(shift).toMatchObject({ at: 30 })
    // The mean of five scatters by 0.02/√5 = 0.009.
    expect(Math.abs(shift!.difference - DROP)).toBeLessThan(0.03)
    expect(shift!.p).toBeLessThan(0.001)
  })

  test('a short fall between long levels is two shifts, although no single cut passes the test', () => {
    const values = scattered(3, 85, 0.02, i => (i < 40 || i >= 45 ? 0 : DROP))
    expect(twoSampleT(values.slice(0, 40), values.slice(40)).p).toBeGreaterThan(0.001)
    expect(places(values)).toEqual([40, 45])
  })

  test('cuts stand where they fit their own two levels best, not where a third one pulled them', () => {
    const found = Array.from({ length: 100 }, (_, seed) =>
      places(scattered(2000 + seed, 85, 0.02, i => (i < 40 || i >= 45 ? 0 : Math.log(0.93)))),
    )
    const right = found.filter(
      ([first = -9, second = -9, ...more]) =>
        Math.abs(first - 40) <= 1 && Math.abs(second - 45) <= 1 && more.length === 0,
    )
    expect(right.length).toBeGreaterThanOrEqual(88)
  })

  test('a shift that is certain but small is none: 2 % is less than 2.5 %', () => {
    expect(places([...level(0, 20), ...level(Math.log(1.02), 20)])).toEqual([])
    expect(places([...level(0, 20), ...level(Math.log(1.03), 20)])).toEqual([20])
  })

  test('a single outlier is no shift, whatever its size', () => {
    const values = scattered(5, 40, 0.02, () => 0)
    values[25] = -2
    expect(places(values)).toEqual([])
  })

  test('p is corrected for all places: with one place only it is that of the test', () => {
    const values = scattered(11, 10, 0.02, i => (i < 5 ? 0 : DROP))
    const [shift] = findLevelShifts(values, CRITERIA)
    expect(shift!.p).toBeCloseTo(twoSampleT(values.slice(0, 5), values.slice(5)).p, 15)
    // 40 values leave 31 places for a cut with five on either side.
    const longer = scattered(11, 40, 0.02, i => (i < 20 ? 0 : 2 * CRITERIA.smallest))
    const [later] = findLevelShifts(longer, CRITERIA)
    const { p } = twoSampleT(longer.slice(0, later!.at), longer.slice(later!.at))
    expect(later!.p / p).toBeCloseTo(31, 6)
  })

  test('each level has five values and each shift passes, for any values', () => {
    assert(
      property(array(integer({ min: 0, max: 4 }), { maxLength: 40 }), values => {
        const shifts = findLevelShifts(values, CRITERIA)
        const ends = [0, ...shifts.map(({ at }) => at), values.length]
        const lengths = ends.slice(1).map((end, i) => end - ends[i]!)
        expect(Math.min(...lengths)).toBeGreaterThanOrEqual(Math.min(5, values.length))
        for (const { p, difference } of shifts) {
          expect(p).toBeLessThanOrEqual(0.001)
          expect(Math.abs(difference)).toBeGreaterThanOrEqual(CRITERIA.smallest)
        }
      }),
    )
  })
})

describe('the predictive interval', () => {
  test('of 1 … 9: 5 ± t·√7.5·√(10/9) with 8 degrees of freedom', () => {
    const { mean, deviation, low, high } = predictiveInterval([1, 2, 3, 4, 5, 6, 7, 8, 9], 0.95)
    expect(mean).toBe(5)
    expect(deviation).toBeCloseTo(Math.sqrt(7.5), 12)
    // t(0.975, 8) = 2.306004 from any table.
    expect(high - mean).toBeCloseTo(2.306004 * Math.sqrt(7.5) * Math.sqrt(10 / 9), 5)
    expect(mean - low).toBeCloseTo(high - mean, 12)
  })

  test('holds one more value in 95 of 100 cases, however few values there were', () => {
    // 4000 cases: 3800 ± 4·√(4000·0.95·0.05) = 3800 ± 55.
    const held = Array.from({ length: 4000 }, (_, seed) => {
      const [next = 0, ...values] = scattered(seed, 9, 1, () => 0)
      const { low, high } = predictiveInterval(values, 0.95)
      return low <= next && next <= high
    }).filter(Boolean).length
    expect(Math.abs(held - 3800)).toBeLessThan(55)
  })
})
