import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binomialCdf, binomialQuantile, binomialTail } from '../../../src/statistics/binomial.ts'
import { chiSquareQuantile } from '../../../src/statistics/chi-square-quantile.ts'
import { incompleteGamma, inverseIncompleteGamma } from '../../../src/statistics/incomplete-gamma.ts'
import { logGamma } from '../../../src/statistics/log-gamma.ts'
import { normalCdf } from '../../../src/statistics/normal-cdf.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { poissonCdf, poissonQuantile, poissonTail } from '../../../src/statistics/poisson.ts'
import { quantileRanks } from '../../../src/statistics/quantile-ranks.ts'

const relativeError = (actual: number, expected: number): number => Math.abs(actual / expected - 1)
const share = double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
const size = double({ min: 0.1, max: 1e5, noNaN: true })

describe('the incomplete gamma functions', () => {
  test.each([1e-12, 0.3, 1, 2, 40])('P(1, %s) is that of the exponential distribution, 1 − e^(−x)', x => {
    expect(relativeError(incompleteGamma(1, x).lower, -Math.expm1(-x))).toBeLessThan(1e-13)
    expect(relativeError(incompleteGamma(1, x).upper, Math.exp(-x))).toBeLessThan(1e-13)
  })

  test('at both ends are 0 and 1', () => {
    expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 })
    expect(incompleteGamma(3, Infinity)).toEqual({ lower: 1, upper: 0 })
  })

  test('P(a, x) − P(a + 1, x) = x^a·e^(−x)/Γ(a + 1), and P + Q = 1', () => {
    assert(
      property(
        double({ min: 0.1, max: 500, noNaN: true }),
        double({ min: 0.5, max: 2, noNaN: true }),
        (a, near) => {
          const x = a * near
          const step = Math.exp(a * Math.log(x) - x - logGamma(a + 1))
          expect(incompleteGamma(a, x).lower - incompleteGamma(a + 1, x).lower).toBeCloseTo(step, 11)
          expect(incompleteGamma(a, x).lower + incompleteGamma(a, x).upper).toBeCloseTo(1, 12)
        },
      ),
    )
  })

  test('Q(a, a) is 1/2 − 1/(3·√(2πa)) but for terms of a^(−3/2), up to a = 10⁸', () => {
    for (const a of [1e4, 1e6, 1e8]) {
      const expected = 0.5 - 1 / (3 * Math.sqrt(2 * Math.PI * a))
      expect(Math.abs(incompleteGamma(a, a).upper - expected)).toBeLessThan(0.02 * a ** -1.5 + 1e-12)
    }
  })

  test('are undone by the inverse', () => {
    assert(
      property(share, size, (p, a) => {
        const { lower, upper } = incompleteGamma(a, inverseIncompleteGamma(p, a))
        expect(p < 0.5 ? relativeError(lower, p) : relativeError(upper, 1 - p)).toBeLessThan(1e-9)
      }),
    )
    expect([inverseIncompleteGamma(0, 2), inverseIncompleteGamma(1, 2)]).toEqual([0, Infinity])
  })
})

test('chi-square: 95 % with 1 degree of freedom is 3.841…, the square of z(97.5 %); with 2 it is −2·ln(5 %)', () => {
  expect(relativeError(chiSquareQuantile(0.95, 1), 3.841458820694124)).toBeLessThan(1e-10)
  expect(relativeError(chiSquareQuantile(0.95, 1), normalQuantile(0.975) ** 2)).toBeLessThan(1e-12)
  expect(relativeError(chiSquareQuantile(0.95, 2), -2 * Math.log(0.05))).toBeLessThan(1e-12)
})

test('the normal distribution function undoes its quantile, and its halves mirror each other', () => {
  assert(
    property(double({ min: 1e-300, max: 0.5, noNaN: true }), p => {
      const z = normalQuantile(p)
      expect(relativeError(normalCdf(z), p)).toBeLessThan(1e-10)
      expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14)
    }),
  )
  expect(normalCdf(0)).toBe(0.5)
})

describe('the Poisson distribution', () => {
  test('sums up e^(−m)·mᵏ/k!, from both sides', () => {
    assert(
      property(integer({ min: 0, max: 80 }), double({ min: 0.01, max: 50, noNaN: true }), (k, mean) => {
        let term = Math.exp(-mean)
        let sum = term
        for (let i = 1; i <= k; i += 1) sum += term *= mean / i
        expect(poissonCdf(k, mean)).toBeCloseTo(sum, 12)
        expect(poissonTail(k + 1, mean)).toBeCloseTo(1 - sum, 12)
      }),
    )
  })

  test('keeps its precision far out: P(X ≥ 3) is m³/6 for m = 10⁻⁶', () => {
    expect(relativeError(poissonTail(3, 1e-6), 1e-18 / 6)).toBeLessThan(1e-6)
    expect([poissonTail(0, 5), poissonCdf(-1, 5)]).toEqual([1, 0])
  })

  test('with mean 1 has the 99.8 % quantile 5: P(X ≤ 4) = 0.9963, P(X ≤ 5) = 0.9994', () => {
    expect(poissonQuantile(0.998, 1)).toBe(5)
  })

  test('has as quantile the least k that reaches the probability', () => {
    assert(
      property(share, double({ min: 0, max: 1e5, noNaN: true }), (p, mean) => {
        const k = poissonQuantile(p, mean)
        expect(poissonCdf(k, mean)).toBeGreaterThanOrEqual(p)
        expect(poissonCdf(k - 1, mean)).toBeLessThan(p)
      }),
    )
  })
})

describe('the binomial distribution', () => {
  const sizes = integer({ min: 1, max: 2000 })

  test('of two coins is 1/4, 3/4, 1 for at most 0, 1, 2 heads', () => {
    expect([-1, 0, 1, 2].map(k => binomialCdf(k, 2, 0.5))).toEqual([
      0,
      expect.closeTo(0.25, 14),
      expect.closeTo(0.75, 14),
      1,
    ])
  })

  test('has P(X ≤ k) + P(X ≥ k + 1) = 1', () => {
    assert(
      property(sizes, integer({ min: 0, max: 2000 }), share, (n, k, p) => {
        expect(binomialCdf(k, n, p) + binomialTail(k + 1, n, p)).toBeCloseTo(1, 10)
      }),
    )
  })

  test('has as quantile the least k that reaches the probability', () => {
    assert(
      property(share, sizes, share, (probability, n, p) => {
        const k = binomialQuantile(probability, n, p)
        expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(probability)
        expect(binomialCdf(k - 1, n, p)).toBeLessThan(probability)
      }),
    )
  })
})

describe('the order statistics that bound a quantile', () => {
  /** Independent values from SciPy 1.17. */
  test.each([
    [459, 450, 459],
    [1000, 983, 997],
    [2000, 1971, 1989],
    [10_000, 9880, 9920],
    [100_000, 98_938, 99_062],
  ])('of %s values, 95 %% for p99: ranks %s and %s', (n, low, high) =>
    expect(quantileRanks(n, 0.99)).toEqual({ low, high }),
  )

  test('take at least ln(0.025)/ln(0.99) = 367.04 values for an upper bound of p99', () => {
    expect(quantileRanks(367, 0.99).high).toBeUndefined()
    expect(quantileRanks(368, 0.99).high).toBe(368)
  })

  test('do not exist below where all values may lie above: 0.5⁵ = 3.1 % for the median of five', () => {
    expect(quantileRanks(5, 0.5)).toEqual({ low: undefined, high: undefined })
    expect(quantileRanks(6, 0.5)).toEqual({ low: 1, high: 6 })
  })
})
