import { assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedFetches } from '../../../../src/sizing/cdn/expected-fetches.ts'
import { between, simulateCache } from './simulated-cache.ts'

describe('fetches to be expected from an empty cache on', () => {
  test('within one lifetime: the first request, so 1 − e^(−λt)', () => {
    expect(expectedFetches(0.5, 10, 4)).toBeCloseTo(1 - Math.exp(-2), 12)
  })

  /** P(Gamma(1) ≤ 3) + P(Gamma(2) ≤ 1), λ = 1/s, t = 3 s, τ = 2 s. */
  test('within two: and the first after the first copy expired', () => {
    const first = 1 - Math.exp(-3)
    const second = 1 - Math.exp(-1) * (1 + 1)
    expect(expectedFetches(1, 2, 3)).toBeCloseTo(first + second, 12)
  })

  test('of an object that is asked for all the time: one at the start and one after each lifetime', () => {
    expect([0.5, 9.5, 10.5, 25].map(time => expectedFetches(1000, 10, time))).toEqual(
      [1, 1, 2, 3].map(count => expect.closeTo(count, 6)),
    )
  })

  test('none before the start, none for what nobody asks for', () => {
    expect([expectedFetches(1, 2, 0), expectedFetches(1, 2, -1), expectedFetches(0, 2, 5)]).toEqual([0, 0, 0])
  })

  test('in the long run one every τ + 1/λ', () => {
    expect(expectedFetches(2, 3, 1e6) - expectedFetches(2, 3, 1e6 - 3500)).toBeCloseTo(1000, 6)
  })

  test('never fewer with time, and no jump where the asymptote takes over, at λt = (1 + λτ)³', () => {
    const values = double({ min: 0.01, max: 20, noNaN: true })
    assert(
      property(values, values, (rate, life) => {
        const settled = (1 + rate * life) ** 3 / rate
        const before = expectedFetches(rate, life, settled * (1 - 1e-9))
        const after = expectedFetches(rate, life, settled * (1 + 1e-9))
        expect(after / before).toBeCloseTo(1, 3)
        expect(expectedFetches(rate, life, settled * 0.5)).toBeLessThanOrEqual(before)
      }),
    )
  })

  test('as many as a simulated cache makes, second by second', () => {
    // 5000 objects of 0.1/s each for 5 s: 1967 in the first 5 s, with a standard deviation of at most √1967 = 44.
    const fetches = simulateCache({ rate: 500, objects: 5000, zipf: 0, life: 5, until: 20 })
    for (const [from, to] of [
      [0, 5],
      [5, 10],
      [10, 20],
    ] as const) {
      const expected = 5000 * (expectedFetches(0.1, 5, to) - expectedFetches(0.1, 5, from))
      expect(Math.abs(between(fetches, from, to) - expected)).toBeLessThan(3 * Math.sqrt(expected))
    }
  })
})
