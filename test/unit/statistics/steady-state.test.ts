import { array, assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { autocorrelation, effectiveSampleSize } from '../../../src/statistics/autocorrelation.ts'
import { mser5 } from '../../../src/statistics/mser.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { poissonQuantile } from '../../../src/statistics/poisson.ts'
import { shrunkDispersion } from '../../../src/statistics/shrunk-dispersion.ts'
import { createRandom } from '../../../src/units/random.ts'

const repeat = (length: number, ...pattern: number[]): number[] =>
  Array.from({ length }, (_, i) => pattern[i % pattern.length]!)
const normals = (seed: number, length: number): number[] => {
  const random = createRandom(seed)
  return Array.from({ length }, () => normalQuantile(random.uniform() * (1 - 1e-12)))
}

describe('autocorrelation', () => {
  test('of 1, −1, 1, −1, … of length n is −(n − 1)/n, then (n − 2)/n', () => {
    expect(autocorrelation(repeat(10, 1, -1), 1)).toBeCloseTo(-0.9, 12)
    expect(autocorrelation(repeat(10, 1, -1), 2)).toBeCloseTo(0.8, 12)
  })

  test('is 1 at lag 0, between −1 and 1 elsewhere, and 0 where nothing varies', () => {
    assert(
      property(array(double({ min: -9, max: 9, noNaN: true }), { minLength: 2 }), values => {
        expect(Math.abs(autocorrelation(values, 1))).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
    expect(autocorrelation([1, 2, 4], 0)).toBe(1)
    expect(autocorrelation([7, 7, 7], 1)).toBe(0)
  })
})

describe('the effective sample size', () => {
  test('of xᵢ = ρ·xᵢ₋₁ + noise is n/(1 + 2·(ρ + … + ρ⁴)) with ρ = 1/2: ρ⁵ is below 5 %', () => {
    let last = 0
    const values = normals(1, 50_000).map(noise => (last = last / 2 + noise))
    expect(effectiveSampleSize(values) / (50_000 / 2.875)).toBeCloseTo(1, 1)
  })

  test('of independent or alternating values is their number', () => {
    expect(effectiveSampleSize(normals(1, 5000))).toBe(5000)
    expect(effectiveSampleSize(repeat(10, 1, -1))).toBe(10)
  })
})

describe('the dispersion of a steady flow', () => {
  test('of 90, 110, 90, … looks at pairs, which are all 200: 5 of belief in 1 over 9 + 5', () => {
    expect(shrunkDispersion(repeat(20, 90, 110))).toEqual({
      idc: expect.closeTo(5 / 14, 12),
      df: 14,
      width: 2,
    })
  })

  test('drops the first of an odd number of counts when it pairs', () => {
    expect(shrunkDispersion([500, ...repeat(20, 90, 110)]).width).toBe(1)
    expect(shrunkDispersion([110, ...repeat(20, 90, 110)])).toEqual(shrunkDispersion(repeat(20, 90, 110)))
  })

  test('pairs pairs when those alternate, too', () => {
    const random = createRandom(3)
    const uneven = repeat(64, 60, 150, 90, 100).map(count => count + Math.round(random.pick()))
    expect(shrunkDispersion(uneven).width).toBe(4)
  })

  test('of five counts or fewer stays with them as they are', () => {
    expect(shrunkDispersion([90, 110, 90, 110])).toEqual({
      idc: expect.closeTo((4 + 5) / 8, 12),
      df: 8,
      width: 1,
    })
    expect(shrunkDispersion([90])).toEqual({ idc: 1, df: 5, width: 1 })
    expect(shrunkDispersion([])).toEqual({ idc: 1, df: 5, width: 1 })
  })

  test('of Poisson counts is 1 on average', () => {
    const random = createRandom(5)
    const once = (): number =>
      shrunkDispersion(Array.from({ length: 30 }, () => poissonQuantile(random.uniform() * (1 - 1e-12), 100)))
        .idc
    const mean = Array.from({ length: 200 }, once).reduce((sum, idc) => sum + idc, 0) / 200
    // The standard error is √(2/34/200) = 0.017; pairing by chance adds a little.
    expect(Math.abs(mean - 1)).toBeLessThan(0.06)
  })
})

describe('MSER-5', () => {
  const settled = repeat(200, 0, 1)

  test('cuts off 20 values of warm-up, four batches, before 200 steady ones', () => {
    expect(mser5([...repeat(20, 100), ...settled])).toEqual({ discard: 20, steady: true })
  })

  test('cuts nothing off what is steady from the start', () => {
    expect(mser5(repeat(100, 7))).toEqual({ discard: 0, steady: true })
  })

  test('refuses what rises to the end, and what settles only in its last third', () => {
    expect(mser5(Array.from({ length: 200 }, (_, i) => i)).steady).toBe(false)
    expect(mser5([...Array.from({ length: 400 }, (_, i) => 400 - i), ...settled]).steady).toBe(false)
  })

  test('refuses fewer than 50 values', () => {
    expect(mser5(repeat(49, 7)).steady).toBe(false)
    expect(mser5([])).toEqual({ discard: 0, steady: false })
  })
})
