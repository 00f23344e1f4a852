import { assert, double, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shorten, sumBins } from '../../../src/search/bin.ts'
import type { Bin } from '../../../src/search/bin.ts'
import { holdRequests } from '../../../src/search/hold-length.ts'
import { lossCrossing } from '../../../src/search/loss-curve.ts'
import { plannedSeconds, reachableOmega } from '../../../src/search/plan-search.ts'
import { roundRate } from '../../../src/search/round-rate.ts'
import { sloCurve } from '../../../src/search/slo-curve.ts'
import { sporadicBins } from '../../../src/search/sporadic-bins.ts'
import { formatRate } from '../../../src/units/format.ts'
import { seconds, share } from '../../../src/units/quantity.ts'

const secondOf = (good: number, bad: number, rest: Partial<Bin> = {}): Bin => ({
  step: 0,
  seconds: 1,
  offered: good + bad,
  ended: good + bad,
  good,
  slow: 0,
  timedOut: 0,
  inFlight: 0,
  valid: true,
  ...rest,
})

describe('a rate', () => {
  test('is rounded down to the digits that it is shown with', () => {
    expect([roundRate(1139.9), roundRate(342.9), roundRate(67.55), roundRate(0.12345)]).toEqual([
      1139, 342, 67.5, 0.123,
    ])
  })

  test('is never more than what was meant, never much less, and rounding again changes nothing', () => {
    assert(
      property(double({ min: 0.01, max: 1e6, noNaN: true }), rate => {
        const rounded = roundRate(rate)
        expect(rounded).toBeLessThanOrEqual(rate * (1 + 1e-6))
        expect(rounded).toBeGreaterThan(rate * 0.98)
        expect(roundRate(rounded)).toBe(rounded)
        expect(Number(formatRate(rounded).replace('/s', '').replaceAll(/\s/g, ''))).toBeCloseTo(rounded, 9)
      }),
    )
  })
})

describe('the plan', () => {
  const goal = { precision: share(0.03), budget: seconds(60) }

  test('is 35 s and 40 000 requests for ±3 %: 75 s at 1 000/s, 135 s at 400/s', () => {
    expect(plannedSeconds(goal, 1000)).toBeCloseTo(75, 6)
    expect(plannedSeconds(goal, 400)).toBeCloseTo(135, 6)
  })

  test('takes four times the requests for half the width, and the soak on top', () => {
    expect(plannedSeconds({ precision: share(0.015), soak: seconds(300) }, 1000)).toBeCloseTo(
      35 + 160 + 300,
      6,
    )
  })

  test('says what 60 s reach: 25 s for 40 000 requests at 1 000/s are ±3 %·√(40/25)', () => {
    expect(reachableOmega(goal, 1000)).toBeCloseTo(0.03 * Math.sqrt(40 / 25), 6)
    expect(reachableOmega(goal, 10_000)).toBe(0.03)
  })

  test('to tell 3 % from nothing takes 8.56·2/0.03² = 19 022 requests', () => {
    expect(holdRequests(2, 0.03)).toBeCloseTo(19_022, 0)
  })
})

describe('sporadic seconds', () => {
  const calm = Array.from({ length: 6 }, () => secondOf(400, 1))

  test('are those of an outage that went away by itself', () => {
    const outage = [secondOf(10, 390), secondOf(0, 400)]
    const { sporadic, pending } = sporadicBins([...calm, ...outage, ...calm], 0.01, false)
    expect(sporadic).toEqual(outage)
    expect(pending).toBe(false)
  })

  test('may be pending at the end of a step, and are no longer after more than five', () => {
    const down = (length: number): Bin[] => Array.from({ length }, () => secondOf(0, 400))
    expect(sporadicBins([...calm, ...down(2)], 0.01, false).pending).toBe(true)
    expect(sporadicBins([...calm, ...down(6)], 0.01, false)).toEqual({
      sporadic: [],
      outage: [],
      pending: false,
    })
  })

  test('are not what every second shows', () => {
    const lossy = Array.from({ length: 9 }, () => secondOf(300, 100))
    expect(sporadicBins(lossy, 0.01, true).sporadic).toEqual([])
  })

  test('of a few errors count where the target queues without end only: a full buffer refuses in clumps', () => {
    const hiccup = secondOf(330, 70)
    expect(sporadicBins([...calm, hiccup, ...calm], 0.01, true).sporadic).toEqual([hiccup])
    expect(sporadicBins([...calm, hiccup, ...calm], 0.01, false).sporadic).toEqual([])
  })
})

test('losses of 0.5 % at 100/s and 2 % at 200/s reach 1 % a little below √2·100', () => {
  // A straight line in logarithms would give √2·100. Bent, y = t − 0.09·t² is ∓ln 2 at t = −0.655 and 0.743, and 0 between them
  // at a part 0.655/(0.655 + 0.743) = 0.468 of ln 2.
  const crossing = lossCrossing(
    [
      { rate: 100, trials: 40_000, hits: 200 },
      { rate: 200, trials: 40_000, hits: 800 },
    ],
    0,
    0.01,
    1,
  )
  expect(crossing!.rate / (100 * 2 ** 0.468)).toBeCloseTo(1, 2)
  expect(crossing!.low).toBeLessThan(crossing!.rate)
  expect(crossing!.high).toBeGreaterThan(crossing!.rate)
  expect(lossCrossing([{ rate: 100, trials: 40_000, hits: 0 }], 0, 0.01, 1)).toBeNull()
})

test('late answers of exp(−46·(1 − λ/S)) reach 1 % at 0.9 S', () => {
  // 46·0.1 = ln 100.
  const levels = [0.97, 0.93, 0.88].map(rho => ({
    rate: 500 * rho,
    answers: 1e6,
    misses: 1e6 * Math.exp(-46.05 * (1 - rho)),
    idc: 1,
  }))
  const { rate, low, high } = sloCurve(
    levels,
    { saturation: 500, error: 0.01, variance: 2, steepness: null },
    0.01,
  )
  expect(rate / 450).toBeCloseTo(1, 1.5)
  expect(low).toBeLessThanOrEqual(450)
  expect(high).toBeGreaterThanOrEqual(450)
})

test('a step of many minutes keeps its first and last seconds one by one, and the sum of all', () => {
  const bins = Array.from({ length: 1000 }, (_, i) => secondOf(100 + (i % 7), i % 3, { inFlight: i }))
  let kept: readonly Bin[] = []
  for (const bin of bins) kept = shorten([...kept, bin])
  expect(kept.length).toBeLessThanOrEqual(241)
  expect(sumBins(kept)).toEqual(sumBins(bins))
  expect(kept.slice(0, 30)).toEqual(bins.slice(0, 30))
  expect(kept.slice(-2)).toEqual(bins.slice(-2))
})
