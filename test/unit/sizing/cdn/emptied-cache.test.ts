import { describe, expect, test } from 'vitest'
import type { CdnAnswer } from '../../../../src/sizing/cdn/cdn-answer.ts'
import { CACHE_DEFAULTS } from '../../../../src/sizing/cdn/cdn-question.ts'
import type { CdnQuestion } from '../../../../src/sizing/cdn/cdn-question.ts'
import { sizeCdn } from '../../../../src/sizing/cdn/size-cdn.ts'
import { catalogue, question, route } from './cdn-fixture.ts'
import { between, simulateCache } from './simulated-cache.ts'

const emptied = (given: Partial<CdnQuestion>): CdnAnswer['emptied'] => sizeCdn(question(given)).emptied

/** 10 000 objects, each asked for every 10 s and kept for 5 s. */
const ALIKE = route({ ttl: 5, objects: { count: 10_000, zipf: 0 } })

describe('from an empty cache on', () => {
  test('everything is asked of the origin at first, then each object at its first request', () => {
    const { firstRps, curve } = emptied({ routes: [ALIKE] })
    expect(firstRps).toBe(1000)
    // 10 000 objects at 0.1/s: 10 000(1 − e^(−0.1)) of them in the first second.
    expect(curve[0]).toEqual({
      at: 0,
      originRps: expect.closeTo(10_000 * (1 - Math.exp(-0.1)), 6),
      originRequests: 0,
    })
    expect(curve.find(({ at }) => at === 4)?.originRequests).toBeCloseTo(10_000 * (1 - Math.exp(-0.4)), 6)
  })

  /** The second from t on asks 10 000(e^(−0.1t) − e^(−0.1(t + 1))) = 951.6·e^(−0.1t) while nothing has expired: 700 at t = 3.07. */
  test('the origin is out of danger when the load stays within its capacity', () => {
    const long = { ...ALIKE, ttl: 1000 }
    const { belowCapacityAfter } = emptied({ routes: [long], capacity: 700 })
    const expected = 10 * Math.log((10_000 * (1 - Math.exp(-0.1))) / 700)
    expect(belowCapacityAfter.seconds).toBeCloseTo(expected, 6)
    expect(belowCapacityAfter.because).toBe('from 3.07 s on the mean over a second stays within 700/s')
  })

  /** Above 700/s lie ∫(951.6·e^(−0.1t) − 700)dt from 0 to 3.07 = 2516 − 2149 = 367 requests. */
  test('what comes beyond the capacity until then is counted', () => {
    const { requestsBeyondCapacity } = emptied({ routes: [{ ...ALIKE, ttl: 1000 }], capacity: 700 })
    const until = 10 * Math.log(951.6258 / 700)
    const area = 9516.258 * (1 - Math.exp(-until / 10)) - 700 * until
    expect(requestsBeyondCapacity / area).toBeGreaterThan(0.97)
    expect(requestsBeyondCapacity / area).toBeLessThan(1.1)
  })

  test('the origin may carry it from the first second on', () => {
    expect(emptied({ routes: [ALIKE], capacity: 960 }).belowCapacityAfter).toMatchObject({ seconds: 0 })
  })

  test('it never ends where warm caches leave too much as well: 10 000/(5 + 10) = 667/s', () => {
    expect(emptied({ routes: [ALIKE], capacity: 600 }).belowCapacityAfter).toEqual({
      seconds: null,
      because: 'even caches that hold what they can leave 667/s to the origin',
    })
  })

  test('what was fetched at once expires at once: 1000 hot objects, each at 10/s, come again every minute', () => {
    const hot = route({ ttl: 60, objects: { count: 1000, zipf: 0 } })
    const { belowCapacityAfter, curve } = emptied({ peak: 10_000, routes: [hot], capacity: 500 })
    expect(belowCapacityAfter.seconds).toBeNull()
    expect(belowCapacityAfter.because).toContain('expires together, time and again')
    expect(curve.find(({ at }) => at === 60)?.originRps).toBeGreaterThan(900)
    expect(curve.find(({ at }) => at === 59)?.originRps).toBeLessThan(1)
  })
})

describe('the first burst', () => {
  test('with collapsing is one fetch for each object asked for in W, without it every request of W', () => {
    const { burst } = emptied({ routes: [route({ ttl: 60 })], fetchTime: 0.05 })
    // One object at 1000/s: 50 requests in 50 ms, or one fetch.
    expect(burst?.collapsed.value).toBeCloseTo(1, 12)
    expect(burst?.uncollapsed.value).toBeCloseTo(50, 12)
  })

  test('meets each edge by itself', () => {
    const cache = { ...CACHE_DEFAULTS, edges: 20 }
    const burst = (shield: boolean): number =>
      emptied({ peak: 1e6, routes: [route({ ttl: 60 })], fetchTime: 0.05, cache: { ...cache, shield } })
        .burst!.collapsed.value
    expect([burst(false), burst(true)]).toEqual([20, 1])
  })

  test('holds all that no cache may answer either way', () => {
    const routes = [route({ share: 0.5, ttl: 60 }), route({ name: 'cart', share: 0.5, method: 'POST' })]
    // 500/s × 50 ms = 25 of the one, and one fetch of the other.
    expect(emptied({ routes }).burst?.collapsed.value).toBeCloseTo(26, 6)
  })

  test('is not claimed where the time of a fetch was not measured', () => {
    expect(emptied({ fetchTime: null }).burst).toBeNull()
  })
})

describe('a simulated cache that starts empty', () => {
  const asked = { rate: 1000, objects: 4000, zipf: 0.8, life: 20, until: 60 }
  const mix = (): CdnQuestion['routes'] => [
    catalogue({ ttl: asked.life, objects: { count: asked.objects, zipf: asked.zipf } }),
  ]

  const predicted = (curve: CdnAnswer['emptied']['curve'], at: number): number =>
    curve.find(point => point.at === at)!.originRequests

  test('asks its origin as often by each lifetime', () => {
    const { curve } = emptied({ routes: mix() })
    const fetches = simulateCache(asked)
    for (const at of [1, 20, 40, 60]) {
      const expected = predicted(curve, at)
      expect(Math.abs(between(fetches, 0, at) - expected)).toBeLessThan(3 * Math.sqrt(expected))
    }
  })

  test('and so it does when fetches do not collapse', () => {
    const { curve } = emptied({
      routes: mix(),
      fetchTime: 0.2,
      cache: { ...CACHE_DEFAULTS, collapsing: false },
    })
    const fetches = simulateCache({ ...asked, uncollapsed: 0.2 })
    for (const at of [1, 20, 60]) {
      const ratio = between(fetches, 0, at) / predicted(curve, at)
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05)
    }
  })

  test('with room for a quarter as well, within 5 %', () => {
    const { curve } = emptied({ routes: mix(), cache: { ...CACHE_DEFAULTS, room: 1000 } })
    const fetches = simulateCache({ ...asked, room: 1000 })
    for (const at of [1, 20, 40, 60]) {
      const ratio = between(fetches, 0, at) / predicted(curve, at)
      expect(Math.abs(ratio - 1)).toBeLessThan(0.05)
    }
  })
})
