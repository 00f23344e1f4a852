import { array, assert, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockBootstrap } from '../../../src/statistics/block-bootstrap.ts'
import { dispersionOf } from '../../../src/statistics/dispersion.ts'
import { fitHinge } from '../../../src/statistics/hinge.ts'
import { isotonic } from '../../../src/statistics/isotonic.ts'
import { fitLossLaw } from '../../../src/statistics/loss-law.ts'
import { fitPowerLaw } from '../../../src/statistics/power-law.ts'

describe('isotonic regression', () => {
  test('pools 3 and 1 into 2, and leaves what already rises', () => {
    const points = [0, 3, 1, 5].map(value => ({ value, weight: 1 }))
    expect(isotonic(points)).toEqual([0, 2, 2, 5])
  })

  test('weighs: 4 with weight 3 before 0 with weight 1 gives 3 and 3', () => {
    expect(
      isotonic([
        { value: 4, weight: 3 },
        { value: 0, weight: 1 },
      ]),
    ).toEqual([3, 3])
  })

  const points = array(
    record({ value: double({ min: -9, max: 9, noNaN: true }), weight: integer({ min: 1, max: 9 }) }),
  )

  test('never falls, keeps the weighted sum, and leaves a rising sequence as it is', () => {
    assert(
      property(points, given => {
        const fitted = isotonic(given)
        const sum = (of: (i: number) => number): number =>
          given.reduce((s, { weight }, i) => s + weight * of(i), 0)
        expect(fitted.every((value, i) => i === 0 || value >= fitted[i - 1]!)).toBe(true)
        expect(sum(i => fitted[i]!)).toBeCloseTo(
          sum(i => given[i]!.value),
          6,
        )
        expect(isotonic(fitted.map((value, i) => ({ value, weight: given[i]!.weight })))).toEqual(
          fitted.map(value => expect.closeTo(value, 9)),
        )
      }),
    )
  })
})

describe('the index of dispersion', () => {
  test('of 8, 12 against 10, 10 is (0.4 + 0.4) over 1 degree of freedom, with 5 of belief in 1: 5.8 / 6', () => {
    expect(dispersionOf([8, 12], [10, 10])).toEqual({ idc: expect.closeTo(5.8 / 6, 12), df: 6 })
  })

  test('of one count is that of a Poisson process, whatever the count', () => {
    expect(dispersionOf([3], [10])).toEqual({ idc: 1, df: 5 })
  })

  test('of a hundred equal counts is 5 / 104: next to none', () => {
    const counts = Array.from({ length: 100 }, () => 7)
    expect(dispersionOf(counts, counts).idc).toBeCloseTo(5 / 104, 12)
  })
})

describe('the hinge', () => {
  const points = (y: (x: number) => number): Parameters<typeof fitHinge>[0] =>
    Array.from({ length: 40 }, (_, i) => 10 * (i + 1)).map(x => ({
      x,
      line: x,
      y: y(x),
      varianceBelow: x,
      varianceAbove: x,
    }))

  test('finds 255 where y = min(x, 255), flat above', () => {
    const fit = fitHinge(
      points(x => Math.min(x, 255)),
      3.84,
    )
    expect(fit.c).toBeCloseTo(255, 1)
    expect(fit.kappa).toBe(0)
    expect(fit.low).toBeLessThan(255)
    expect(fit.high).toBeGreaterThan(255)
  })

  test('finds a clear decline: y = 255 − 0.8·(x − 255) above 255', () => {
    const fit = fitHinge(
      points(x => (x <= 255 ? x : 255 - 0.8 * (x - 255))),
      3.84,
    )
    expect(fit.c).toBeCloseTo(255, 0)
    expect(fit.kappa).toBeCloseTo(0.8, 2)
  })

  test('lies below the lowest x when y is level from the start', () => {
    const level = points(() => 100).filter(({ x }) => x >= 150)
    expect(fitHinge(level, 3.84).c).toBeCloseTo(100, 1)
  })
})

describe('the loss law', () => {
  const points = (share: (rate: number) => number): Parameters<typeof fitLossLaw>[0] =>
    Array.from({ length: 30 }, (_, i) => 200 + 20 * i).map(rate => ({
      rate,
      offered: rate,
      share: share(rate),
    }))
  const law = (rate: number): number => 0.02 + 0.98 * Math.max(0, 1 - 430 / rate)

  test('finds θ = 430 and p0 = 2 % where they are, and that a constant is far worse', () => {
    const fit = fitLossLaw(points(law), 2)
    expect(fit.theta).toBeCloseTo(430, 1)
    expect(fit.p0).toBeCloseTo(0.02, 4)
    expect(fit.x2).toBeLessThan(1e-3)
    expect(fit.gain).toBeGreaterThan(100)
  })

  test('gains nothing over a constant share', () => {
    expect(
      fitLossLaw(
        points(() => 0.05),
        2,
      ).gain,
    ).toBeLessThan(1)
  })

  test('has an interval of θ·sqrt(4.2·v / N) each way when every load lies far above θ', () => {
    // d share / dθ = −1/λ, so the information about θ is Σ N/(v·λ²) = m·10 000/(2·1000²).
    const far = Array.from({ length: 8 }, () => ({ rate: 1000, offered: 10_000, share: 0.5 }))
    const { theta, low, high } = fitLossLaw(far, 2, 0)
    const half = Math.sqrt((4.2 * 2 * 1000 ** 2) / (8 * 10_000))
    expect(theta).toBeCloseTo(500, 1)
    expect(Math.abs(high - theta - half)).toBeLessThan(3)
    expect(Math.abs(theta - low - half)).toBeLessThan(3)
  })
})

describe('the power law of rare events', () => {
  const points = (hits: (x: number) => number): Parameters<typeof fitPowerLaw>[0] =>
    Array.from({ length: 20 }, (_, i) => 100 + 5 * i).map(x => ({ x, offered: 10_000, hits: hits(x) }))

  test('finds that 1 % is reached at 150 where the share is 1 % · (x / 150)⁵', () => {
    const law = fitPowerLaw(
      points(x => 100 * (x / 150) ** 5),
      0,
    )
    expect(law?.exponent).toBeCloseTo(5, 6)
    expect(law?.reaches(0.01).x).toBeCloseTo(150, 6)
  })

  test('counts only what exceeds a base of 2 %', () => {
    const law = fitPowerLaw(
      points(x => 200 + 100 * (x / 150) ** 5),
      0.02,
    )
    expect(law?.reaches(0.01).x).toBeCloseTo(150, 6)
  })

  test('shows by its dispersion that a step is no power law', () => {
    const law = fitPowerLaw(
      points(x => (x > 150 ? 5000 : 0)),
      0,
    )
    expect(law?.dispersion).toBeGreaterThan(100)
  })

  test('has no exponent where all loads are the same', () => {
    expect(
      fitPowerLaw(
        points(() => 10).map(point => ({ ...point, x: 100 })),
        0,
      ),
    ).toBeUndefined()
  })
})

describe('the block bootstrap', () => {
  const mean = (sample: readonly number[]): number =>
    sample.reduce((sum, value) => sum + value, 0) / sample.length
  const items = Array.from({ length: 100 }, (_, i) => i % 10)

  test('repeats with its seed, sorted', () => {
    const resampling = { blockLength: 1, replicates: 50, seed: 3 }
    const replicates = blockBootstrap(items, mean, resampling)
    expect(replicates).toEqual(blockBootstrap(items, mean, resampling))
    expect(replicates).toEqual(replicates.toSorted((a, b) => a - b))
  })

  test('keeps neighbours together: in blocks of whole periods the mean of 0 … 9 is always 4.5', () => {
    expect(new Set(blockBootstrap(items, mean, { blockLength: 10, replicates: 50, seed: 3 }))).toEqual(
      new Set([4.5]),
    )
  })
})
