import { assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestsPerFetch } from '../../../../src/sizing/cdn/requests-per-fetch.ts'
import { between, simulateCache } from './simulated-cache.ts'

const rates = double({ min: 1e-3, max: 50, noNaN: true })
const times = double({ min: 1e-2, max: 100, noNaN: true })

describe('requests that one fetch serves', () => {
  test('are itself and those of the lifetime where nothing is evicted: 1 + 2/s × 30 s', () => {
    expect(requestsPerFetch(2, 30)).toBe(61)
    expect(requestsPerFetch(2, 30, 30)).toBe(61)
  })

  test('are e^(λT) where nothing expires: P(the next comes within T) = 1 − e^(−λT) each time', () => {
    expect(requestsPerFetch(1, 1e6, 2)).toBeCloseTo(Math.exp(2), 8)
    expect(requestsPerFetch(0.01, 1e6, 2)).toBeCloseTo(Math.exp(0.02), 8)
  })

  /** For T ≤ t ≤ 2T and λ = T = 1: 1 + t less what comes after a gap, e^(−1)·((t − 1) + (t − 1)²/2). */
  test('with both, at λ = T = 1 and t = 2, are 3 − 1.5/e', () => {
    expect(requestsPerFetch(1, 2, 1)).toBeCloseTo(3 - 1.5 / Math.E, 12)
  })

  test('do not jump where another way of computing begins, at 60 idle times', () => {
    for (const rate of [0.05, 0.5, 1, 2, 6, 45]) {
      const before = requestsPerFetch(rate, 60, 1)
      expect(requestsPerFetch(rate, 60 + 1e-9, 1) / before).toBeCloseTo(1, 6)
      expect(requestsPerFetch(rate, 90, 1)).toBeGreaterThanOrEqual(before * (1 - 1e-6))
    }
  })

  test('are at least the one that fetches, and at most what expiry or eviction alone would leave', () => {
    assert(
      property(rates, times, times, (rate, life, idle) => {
        const served = requestsPerFetch(rate, life, idle)
        expect(served).toBeGreaterThanOrEqual(1)
        expect(served).toBeLessThanOrEqual(
          Math.min(1 + rate * life, Math.exp(rate * idle)) * (1 + 1e-6) + 1e-9,
        )
      }),
    )
  })

  test('grow with the lifetime and with the idle time', () => {
    assert(
      property(rates, times, times, (rate, life, idle) => {
        const served = requestsPerFetch(rate, life, idle) * (1 - 1e-6)
        expect(requestsPerFetch(rate, life * 1.1, idle)).toBeGreaterThanOrEqual(served)
        expect(requestsPerFetch(rate, life, idle * 1.1)).toBeGreaterThanOrEqual(served)
      }),
    )
  })

  /** 200 objects alike, each asked for once a second, in room for 100: 200(1 − e^(−T)) = 100 at T = ln 2; lives of 2 s. */
  test('agree with a simulated cache of the least recently used whose copies expire', () => {
    const fetches = simulateCache({ rate: 200, objects: 200, zipf: 0, life: 2, room: 100, until: 500 })
    const missShare = between(fetches, 20, 500) / (480 * 200)
    // 96 000 requests of which about half miss: three standard deviations are 1 %.
    expect(missShare * requestsPerFetch(1, 2, Math.LN2)).toBeCloseTo(1, 1.7)
  })
})
