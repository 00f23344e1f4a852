import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binomialTail, clopperPearson } from '../../../src/statistics/binomial.ts'
import { incompleteBeta, inverseIncompleteBeta } from '../../../src/statistics/incomplete-beta.ts'
import { logBeta, logGamma } from '../../../src/statistics/log-gamma.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { tQuantile } from '../../../src/statistics/t-quantile.ts'

/** Independent values from SciPy 1.17. */
const relativeError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected))

test.each([
  [0.5, 0.5723649429247],
  [10.3, 13.482036786138359],
  [1e5, 1051287.7089736569],
  [1, 0],
])('ln Γ(%s) is %s', (x, expected) => expect(relativeError(logGamma(x), expected)).toBeLessThan(1e-10))

test('B(a, b) = (a−1)!(b−1)!/(a+b−1)!, small and large: B(2, 3) = 1/12, B(1, n) = 1/n', () => {
  expect(relativeError(logBeta(2, 3), -Math.log(12))).toBeLessThan(1e-10)
  expect(relativeError(logBeta(1, 1e6), -Math.log(1e6))).toBeLessThan(1e-10)
  expect(relativeError(logBeta(1e6, 1), -Math.log(1e6))).toBeLessThan(1e-10)
})

test.each([
  [0.3, 0.5, 0.5, 0.36901011956554536],
  [0.5, 2, 3, 0.6875],
  [0.05, 10, 200, 0.6013895619129598],
  [0.05, 501, 9500, 0.4881049670434258],
  [1e-6, 1, 1e6, 0.632120742768355],
])('I_%s(%s, %s) is %s', (x, a, b, expected) =>
  expect(relativeError(incompleteBeta(x, a, b), expected)).toBeLessThan(1e-10),
)

test.each([
  [0.025, 5, 996, 0.00162541951756276],
  [0.975, 6, 995, 0.011629470559812147],
  [0.95, 1, 459, 0.0065053975150428],
])('I_x = %s for a = %s, b = %s at x = %s', (p, a, b, expected) =>
  expect(relativeError(inverseIncompleteBeta(p, a, b), expected)).toBeLessThan(1e-10),
)

test('I_x(a, b) and its inverse undo each other, and I_x(a, b) = 1 − I_{1−x}(b, a)', () => {
  // Below 1 the density is infinite at an end, where an x in a double cannot be near enough.
  const size = double({ min: 1, max: 2000, noNaN: true })
  assert(
    property(double({ min: 0.001, max: 0.999, noNaN: true }), size, size, (p, a, b) => {
      const x = inverseIncompleteBeta(p, a, b)
      expect(incompleteBeta(x, a, b)).toBeCloseTo(p, 9)
      expect(1 - incompleteBeta(1 - x, b, a)).toBeCloseTo(p, 8)
    }),
  )
})

test.each([
  [0, 1000, 0, 0.003682083896865671],
  [5, 1000, 0.00162541951756276, 0.011629470559812147],
  [13, 20_000, 0.0003461415732329871, 0.0011112633024966876],
  [1000, 1000, 0.9963179161031344, 1],
])('%s of %s: the exact interval at 95 percent is %s to %s', (x, n, low, high) => {
  const interval = clopperPearson(x, n)
  expect(relativeError(interval.low, low)).toBeLessThan(1e-10)
  expect(relativeError(interval.high, high)).toBeLessThan(1e-10)
})

describe('the binomial tail', () => {
  test('of two coins is 1, 3/4, 1/4, 0 for at least 0, 1, 2, 3 heads', () => {
    expect([0, 1, 2, 3].map(k => binomialTail(k, 2, 0.5))).toEqual([
      1,
      expect.closeTo(0.75, 12),
      expect.closeTo(0.25, 12),
      0,
    ])
  })

  test('falls with k', () => {
    assert(
      property(integer({ min: 0, max: 500 }), double({ min: 0.001, max: 0.999, noNaN: true }), (k, p) => {
        expect(binomialTail(k + 1, 500, p)).toBeLessThanOrEqual(binomialTail(k, 500, p) + 1e-12)
      }),
    )
  })
})

test.each([
  [0.975, 4, 2.7764451051977934],
  [0.975, 9, 2.262157162798205],
  [0.995, 4, 4.604094871349992],
  [0.95, 29, 1.6991270265334972],
  [0.025, 4, -2.7764451051977934],
  [0.5, 7, 0],
])('t(%s, %s) is %s', (p, df, expected) =>
  expect(relativeError(tQuantile(p, df), expected)).toBeLessThan(1e-10),
)

test.each([
  [0.5, 0],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [1e-6, -4.753424308822899],
])('z(%s) is %s', (p, expected) => expect(relativeError(normalQuantile(p), expected)).toBeLessThan(1e-10))

test('z in the far tail is where e^(−z²/2)/(z√2π)·(1 − 1/z² + 3/z⁴ − 15/z⁶) has fallen to p', () => {
  const z = -normalQuantile(1e-100)
  const series = 1 - z ** -2 + 3 * z ** -4 - 15 * z ** -6 + 105 * z ** -8
  const logTail = -(z * z) / 2 - Math.log(z * Math.sqrt(2 * Math.PI)) + Math.log(series)
  expect(logTail).toBeCloseTo(-100 * Math.LN10, 7)
})
