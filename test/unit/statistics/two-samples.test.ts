import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centreOf, shiftBetween } from '../../../src/statistics/hodges-lehmann.ts'
import { kolmogorovSmirnov } from '../../../src/statistics/kolmogorov-smirnov.ts'
import { cliffsDelta, mannWhitney } from '../../../src/statistics/mann-whitney.ts'
import { normalCdf } from '../../../src/statistics/normal-cdf.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { createRandom } from '../../../src/units/random.ts'

/** Independent values from SciPy 1.17. */
const a = [10.1, 9.8, 10.4, 10.0, 9.9, 10.6]
const b = [10.9, 10.7, 11.2, 10.3, 10.8, 11.0]
const sample = array(integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 })

describe('Mann–Whitney', () => {
  test('U is 2 and the exact p is 8/924 for two samples of six', () => {
    expect(mannWhitney(a, b)).toEqual({ u: 2, p: expect.closeTo(0.008658008658008658, 14) })
  })

  test('p is the share of all ways to split the values whose U lies as far off, ties or not', () => {
    const winsOf = (first: readonly number[], second: readonly number[]): number =>
      first
        .flatMap(x => second.map(y => (x > y ? 1 : x === y ? 0.5 : 0)))
        .reduce<number>((sum, win) => sum + win, 0)
    assert(
      property(sample, sample, (first, second) => {
        const all = [...first, ...second]
        const middle = (first.length * second.length) / 2
        const off = Math.abs(winsOf(first, second) - middle)
        let [ways, asFar] = [0, 0]
        for (let mask = 0; mask < 2 ** all.length; mask += 1) {
          const picked = all.filter((_, i) => ((mask >> i) & 1) === 1)
          if (picked.length !== first.length) continue
          ways += 1
          const others = all.filter((_, i) => ((mask >> i) & 1) === 0)
          if (Math.abs(winsOf(picked, others) - middle) >= off - 1e-9) asFar += 1
        }
        const { u, p } = mannWhitney(first, second)
        expect(u).toBe(winsOf(first, second))
        expect(p).toBeCloseTo(asFar / ways, 12)
      }),
      { numRuns: 50 },
    )
  })

  describe('of 0 … n − 1 and the same moved up', () => {
    const moved = (n: number, by: number): ReturnType<typeof mannWhitney> =>
      mannWhitney(
        Array.from({ length: n }, (_, i) => i),
        Array.from({ length: n }, (_, i) => i + by),
      )

    test('by 10.5, n = 40: U = 1 + 2 + … + 29 = 435, p = 2·Φ(−(800 − 435 − ½)/√(1600·81/12))', () => {
      const { u, p } = moved(40, 10.5)
      expect(u).toBe(435)
      expect(p / (2 * normalCdf(-364.5 / Math.sqrt(10_800)))).toBeCloseTo(1, 10)
    })

    test('by 8.5, n = 30: the exact p is near that formula, with U = 231 and √(900·61/12)', () => {
      const { u, p } = moved(30, 8.5)
      expect(u).toBe(231)
      expect(p / (2 * normalCdf(-218.5 / Math.sqrt(4575)))).toBeCloseTo(1, 0)
      expect(p / (2 * normalCdf(-218.5 / Math.sqrt(4575)))).not.toBeCloseTo(1, 6)
    })
  })

  test('p is 1 where all values are equal, few or many', () => {
    const equal = (n: number): number[] => Array.from({ length: n }, () => 10)
    expect(mannWhitney(equal(3), equal(4)).p).toBe(1)
    expect(mannWhitney(equal(99), equal(2)).p).toBe(1)
  })

  test('is wrong in 5 % of 2000 comparisons of like with like, or a little less', () => {
    const random = createRandom(6)
    const draw = (): number[] => Array.from({ length: 6 }, () => random.uniform())
    const wrong = Array.from({ length: 2000 }, () => mannWhitney(draw(), draw()).p).filter(
      p => p <= 0.05,
    ).length
    // P(U ≤ 5) = 19/924 each side: 4.1 %.
    expect(wrong / 2000).toBeGreaterThan(0.025)
    expect(wrong / 2000).toBeLessThan(0.055)
  })
})

test("Cliff's delta is 34 wins less 2 of 36, and turns its sign with the samples", () => {
  expect(cliffsDelta(a, b)).toBeCloseTo(32 / 36, 14)
  expect(cliffsDelta(b, a)).toBeCloseTo(-32 / 36, 14)
  expect(cliffsDelta(a, a)).toBe(0)
})

describe('Kolmogorov–Smirnov D', () => {
  test('is 5/6: at 10.6 all of a has passed and one of b', () => {
    expect(kolmogorovSmirnov(a, b)).toBeCloseTo(5 / 6, 14)
  })

  test('is 0 for the same values, 1 for samples that do not overlap', () => {
    expect(kolmogorovSmirnov(a, a.toReversed())).toBe(0)
    expect(kolmogorovSmirnov([1, 2], [3, 4, 5])).toBe(1)
  })

  test('is the greatest distance at any value', () => {
    const below = (values: readonly number[], x: number): number =>
      values.filter(value => value <= x).length / values.length
    assert(
      property(sample, sample, (first, second) => {
        const distances = [...first, ...second].map(x => Math.abs(below(first, x) - below(second, x)))
        expect(kolmogorovSmirnov(first, second)).toBe(Math.max(...distances))
      }),
    )
  })
})

describe('Hodges–Lehmann', () => {
  test('puts b 0.75 above a', () => {
    expect(shiftBetween(a, b)).toBeCloseTo(0.75, 12)
    expect(shiftBetween(b, a)).toBeCloseTo(-0.75, 12)
  })

  test('puts the centre of 1 … 6 at 3.5, between 1 and 6 with 1 − 2/2⁶', () => {
    expect(centreOf([1, 2, 3, 4, 5, 6])).toEqual({ value: 3.5, low: 1, high: 6, confidence: 1 - 2 / 64 })
  })

  test('says that five values reach 1 − 2/2⁵ only', () => {
    expect(centreOf([1, 2, 3, 4, 5])).toEqual({ value: 3, low: 1, high: 5, confidence: 1 - 2 / 32 })
  })

  test('takes the 9th means of pairs from either end for ten values: P(T ≤ 8) = 25/1024', () => {
    const doubling = Array.from({ length: 10 }, (_, i) => 2 ** i)
    const means = doubling.flatMap((x, i) => doubling.slice(i).map(y => (x + y) / 2)).sort((x, y) => x - y)
    expect(centreOf(doubling)).toMatchObject({ low: means[8], high: means[46], confidence: 1 - 50 / 1024 })
  })

  test('covers the centre as often as it says, and is hardly moved by one wild value', () => {
    const random = createRandom(8)
    const draw = (): number[] =>
      Array.from({ length: 8 }, () => normalQuantile(random.uniform() * (1 - 1e-12)))
    const covered = Array.from({ length: 1000 }, () => centreOf(draw())).filter(
      ({ low, high }) => low <= 0 && high >= 0,
    )
    // Eight values: P(T ≤ 3) = 5/256 each side, 96.1 %.
    expect(covered.length / 1000).toBeCloseTo(0.961, 1)
    expect(centreOf([1, 2, 3, 4, 5, 6, 7, 1000]).value).toBeLessThan(6)
  })
})
