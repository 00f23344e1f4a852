import { assert, constantFrom, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levenbergMarquardt, type Residuals } from '../../../src/statistics/levenberg-marquardt.ts'
import { solveLinear } from '../../../src/statistics/linear-system.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { fitUsl } from '../../../src/statistics/usl-fit.ts'
import type { UslFit } from '../../../src/statistics/usl-fit.ts'
import { chooseScaling, uslPeak, uslThroughput } from '../../../src/statistics/usl.ts'
import type { ScalingPoint, UslParameters } from '../../../src/statistics/usl.ts'
import { createRandom } from '../../../src/units/random.ts'

const LEVELS = [1, 2, 4, 6, 8, 12, 16, 24, 32]
const measured = (throughput: (n: number) => number, levels = LEVELS): ScalingPoint[] =>
  levels.map(n => ({ n, throughput: throughput(n), variance: (0.03 * throughput(n)) ** 2 }))
const of = (parameters: UslParameters, levels?: number[]): ScalingPoint[] =>
  measured(n => uslThroughput(parameters, n), levels)
const RETROGRADE = { gamma: 100, alpha: 0.05, beta: 0.002 }
const coin = (seed = 1): (() => number) => {
  const random = createRandom(seed)
  return () => random.pick()
}
const fitted = (points: ScalingPoint[], seed?: number): UslFit => {
  const result = fitUsl(points, coin(seed))
  if (result.kind === 'refused') throw new Error(result.because)
  return result.fit
}

describe('the universal scalability law', () => {
  test('peaks at √((1 − α)/β): √(0.95/0.002) = 21.8; never without β', () => {
    expect(uslPeak(RETROGRADE)).toBeCloseTo(21.794, 3)
    expect(uslPeak({ ...RETROGRADE, beta: 0 })).toBe(Infinity)
    const [before, at, after] = [21, 21.794, 23].map(n => uslThroughput(RETROGRADE, n))
    expect(at).toBeGreaterThan(before!)
    expect(at).toBeGreaterThan(after!)
  })

  test('is found again from its own points, whatever its parameters', () => {
    const alpha = double({ min: 0.01, max: 0.9, noNaN: true })
    assert(
      property(
        alpha,
        double({ min: 1e-4, max: 0.1, noNaN: true }),
        constantFrom(0.1, 7, 4e5),
        (alpha, beta, gamma) => {
          const { model, parameters } = chooseScaling(of({ gamma, alpha, beta }))
          expect(model).toBe('usl')
          expect(parameters.gamma / gamma).toBeCloseTo(1, 5)
          expect(parameters.alpha).toBeCloseTo(alpha, 5)
          expect(parameters.beta).toBeCloseTo(beta, 6)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('gives way to the simpler law that explains the points as well', () => {
    expect(chooseScaling(of({ gamma: 50, alpha: 0, beta: 0 })).model).toBe('linear')
    expect(chooseScaling(of({ gamma: 50, alpha: 0.1, beta: 0 })).model).toBe('amdahl')
  })
})

describe('its fit', () => {
  test('has a peak where the points show one', () => {
    const { peak, throughputAt } = fitted(of(RETROGRADE))
    expect(peak?.value).toBeCloseTo(21.794, 2)
    expect(throughputAt(64).value).toBeCloseTo(uslThroughput(RETROGRADE, 64), 3)
  })

  test('has none where throughput only levels off, or where the peak lies beyond twice the levels', () => {
    expect(fitted(of({ gamma: 50, alpha: 0.1, beta: 0 })).peak).toBeUndefined()
    // √(0.97/0.0002) = 69.6 > 2 · 32
    expect(fitted(of({ gamma: 50, alpha: 0.03, beta: 0.0002 })).peak).toBeUndefined()
  })

  test('has 95 % intervals that cover the truth in nine of ten runs at least, with 3 % of noise', () => {
    let covered = 0
    for (let seed = 0; seed < 25; seed += 1) {
      const random = createRandom(seed, 1)
      const noisy = of(RETROGRADE).map(point => ({
        ...point,
        throughput: point.throughput * (1 + 0.03 * normalQuantile(random.uniform() * (1 - 1e-12))),
      }))
      const { alpha, beta, peak } = fitted(noisy, seed)
      if (alpha.low <= 0.05 && alpha.high >= 0.05) covered += 1
      if (beta.low <= 0.002 && beta.high >= 0.002) covered += 1
      if (peak !== undefined && peak.low <= 21.8 && peak.high >= 21.79) covered += 1
    }
    expect(covered / 75).toBeGreaterThan(0.9)
  })

  test('repeats with its random numbers', () => {
    const points = of(RETROGRADE).map((point, i) => ({ ...point, throughput: point.throughput + (i % 3) }))
    expect(fitted(points, 3).peak).toEqual(fitted(points, 3).peak)
    expect(fitted(points, 3).peak).not.toEqual(fitted(points, 4).peak)
  })

  test.each([
    ['five levels', of(RETROGRADE, [1, 2, 4, 8, 16, 16]), 'fewer-than-six-levels'],
    ['levels from 4 to 31', of(RETROGRADE, [4, 8, 12, 16, 24, 31]), 'levels-span-less-than-eightfold'],
    ['throughput that grows as N^1.3', measured(n => 10 * n ** 1.3), 'superlinear'],
    ['a cold first level', measured(n => (n === 1 ? 60 : 100 * n)), 'superlinear'],
    ['throughput that grows as N^0.7, for ever', measured(n => 10 * n ** 0.7), 'negative-coefficient'],
    ['throughput that falls from the start', measured(n => 100 / n ** 0.2), 'falls-from-the-start'],
  ])('is refused for %s', (_, points, because) => {
    expect(fitUsl(points, coin())).toEqual({ kind: 'refused', because })
  })
})

describe('the means of the fit', () => {
  test("Levenberg–Marquardt finds the bottom of Rosenbrock's valley, (1, 1), from (−1.2, 1)", () => {
    const valley = ([x, y]: readonly number[]): Residuals => ({
      values: [10 * (y! - x! ** 2), 1 - x!],
      slopes: [
        [-20 * x!, 10],
        [-1, 0],
      ],
    })
    const { parameters, squares } = levenbergMarquardt([-1.2, 1], valley)
    expect(parameters).toEqual([expect.closeTo(1, 8), expect.closeTo(1, 8)])
    expect(squares).toBeLessThan(1e-16)
  })

  test('a linear system with a zero in its corner has its solution, a singular one none', () => {
    // 2y = 4, 3x + y = 5
    expect(
      solveLinear(
        [
          [0, 2],
          [3, 1],
        ],
        [4, 5],
      ),
    ).toEqual([1, 2])
    expect(
      solveLinear(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeUndefined()
  })
})
