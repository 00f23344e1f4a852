import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CacheLayout } from '../../../../src/sizing/cdn/cdn-question.ts'
import { CACHE_DEFAULTS } from '../../../../src/sizing/cdn/cdn-question.ts'
import { objectClasses } from '../../../../src/sizing/cdn/object-classes.ts'
import { originLoad } from '../../../../src/sizing/cdn/origin-load.ts'
import { sizeCdn } from '../../../../src/sizing/cdn/size-cdn.ts'
import { catalogue, head, question, route } from './cdn-fixture.ts'
import { between, simulateCache } from './simulated-cache.ts'

const layout = (given: Partial<CacheLayout>): CacheLayout => ({ ...CACHE_DEFAULTS, ...given })

describe('the hit ratio that is needed', () => {
  test('is 1 − capacity/peak: 2 364/s of 15 600/s carried need 84.8 %', () => {
    const { hitRatio } = sizeCdn(question({ peak: 15_600, capacity: 2364 })).needed
    expect(hitRatio.value).toBeCloseTo(1 - 2364 / 15_600, 12)
    expect(hitRatio.from).toBe('h_min = 1 − capacity/peak = 1 − 2 364/s / 15 600/s = 84.8 %')
  })

  test('is 0 where the origin carries the peak', () => {
    const { needed, holds, because } = sizeCdn(question({ capacity: 1000 }))
    expect([needed.hitRatio.value, holds]).toEqual([0, true])
    expect(because).toBe('the origin carries 1 000/s of its 1 000/s without a cache')
  })

  /** 100/s are not cached, so 100/s of the capacity are left for 900/s. */
  test('is 8/9 of what a cache may answer where a tenth goes to the origin anyway', () => {
    const routes = [catalogue({ share: 0.9 }), route({ share: 0.1, method: 'POST' })]
    expect(sizeCdn(question({ routes })).needed.ofCacheable?.value).toBeCloseTo(8 / 9, 12)
  })

  test('cannot be reached where what no cache may answer is too much by itself', () => {
    const routes = [catalogue({ share: 0.7 }), route({ share: 0.3, method: 'POST' })]
    const { needed, because } = sizeCdn(question({ routes }))
    expect(needed.ofCacheable).toBeNull()
    expect(because).toContain('what no cache may answer is more than the 200/s of the origin by itself')
  })

  /** The second, 500/s kept for a minute, leaves 1/(60 + 1/500) = 0.0167/s; so 199.98/s are left for the 500/s of the first. */
  test('of one route, with the others as expected', () => {
    const routes = [route({ share: 0.5, ttl: null }), route({ name: 'other', share: 0.5, ttl: 60 })]
    const answers = sizeCdn(question({ routes })).routes
    expect(answers[0]?.neededHitRatio).toBeCloseTo(1 - (200 - 1 / 60.002) / 500, 9)
    expect(answers[1]?.neededHitRatio).toBeNull()
  })
})

describe('the hit ratio to be expected', () => {
  test('of one object asked for at 1000/s for 60 s: 1/(60 + 1/1000) fetches a second', () => {
    const { expected, holds } = sizeCdn(question({ routes: [route({ ttl: 60 })] }))
    expect(expected.originRps.value).toBeCloseTo(1 / 60.001, 12)
    expect(expected.hitRatio.value).toBeCloseTo(60_000 / 60_001, 12)
    expect(holds).toBe(true)
  })

  test.each([
    ['one cache', {}, 0.888, 112],
    ['20 without a shield', { edges: 20 }, 0.556, 444],
    ['20 behind a shield', { edges: 20, shield: true }, 0.888, 112],
  ])('of 10 000 objects by Zipf 0.9 at 1000/s for 60 s in %s', (_, given, hitRatio, originRps) => {
    const { expected } = sizeCdn(question({ routes: [catalogue()], cache: layout(given) }))
    expect(expected.hitRatio.value).toBeCloseTo(hitRatio, 3)
    expect(expected.originRps.value).toBeCloseTo(originRps, 0)
  })

  test('says what one point of it is worth: at 88.8 %, 0.01/0.112 more origin load', () => {
    expect(sizeCdn(question({ routes: [catalogue()] })).expected.hitRatio.from).toBe(
      'h = 1 − origin/peak = 1 − 112/s / 1 000/s = 88.8 %; one point less is 8.93 % more origin load',
    )
  })

  test('in requests is not that in bytes: 10 % of the requests, not cached, may be half of the bytes', () => {
    const routes = [
      route({ share: 0.9, ttl: 1e6, bytesPerAnswer: 1000 }),
      route({ name: 'export', share: 0.1, method: 'POST', bytesPerAnswer: 9000 }),
    ]
    const { expected } = sizeCdn(question({ routes }))
    expect(expected.hitRatio.value).toBeCloseTo(0.9, 6)
    expect(expected.byteHitRatio.value).toBeCloseTo(0.5, 6)
    expect(expected.originBytesPerSecond.value).toBeCloseTo(900_000, 0)
    expect(expected.edgeBytesPerSecond).toBeCloseTo(1_800_000, 6)
  })

  test('is not claimed for what no head was kept of', () => {
    const answer = sizeCdn(question({ routes: [route({ share: 0.4 }), catalogue({ share: 0.6 })] }))
    expect(answer.routes[0]).toMatchObject({ originRps: 400, cached: { kind: 'unknown' } })
    expect(answer.assumptions).toContain(
      'of 40 % of the requests no usable head was kept: they count as origin load',
    )
    expect(answer.problems).toEqual([])
  })

  test('reads lifetimes from heads', () => {
    const routes = [
      catalogue({ share: 0.5, ttl: null, head: head('Cache-Control: max-age=60') }),
      catalogue({ name: 'account', share: 0.5, ttl: null, head: head('Cache-Control: private') }),
    ]
    const { routes: answers } = sizeCdn(question({ routes }))
    expect(answers.map(({ cached }) => cached.kind)).toEqual(['kept', 'not-kept'])
    expect(answers.map(({ hitRatio }) => hitRatio.value > 0)).toEqual([true, false])
  })

  test('falls with every edge and rises with room, lifetime and a shield', () => {
    const mixes = [integer({ min: 1, max: 300 }), double({ min: 0, max: 1.5, noNaN: true })] as const
    const lives = double({ min: 0.1, max: 500, noNaN: true })
    assert(
      property(...mixes, lives, integer({ min: 1, max: 40 }), (count, zipf, ttl, edges) => {
        const origin = (life: number, given: Partial<CacheLayout>): number => {
          const stream = { rps: 100, ttl: life, classes: objectClasses({ count, zipf }) }
          return originLoad([stream], { ...layout(given), fetchTime: 0.05 }).originRps[0]!
        }
        const slack = 1 + 1e-6
        const few = origin(ttl, { edges, room: 20 })
        expect(few).toBeLessThanOrEqual(100 * slack)
        expect(few).toBeLessThanOrEqual(origin(ttl, { edges: edges + 1, room: 20 }) * slack)
        expect(origin(ttl, { edges, room: 30 })).toBeLessThanOrEqual(few * slack)
        expect(origin(ttl * 2, { edges, room: 20 })).toBeLessThanOrEqual(few * slack)
        expect(origin(ttl, { edges, room: 20, shield: true })).toBeLessThanOrEqual(few * slack)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a simulated cache', () => {
  const asked = { rate: 400, objects: 1000, zipf: 0.9, life: 10 }

  /** Origin load from the closed form; that of the simulation over 100 s, after 30 s to settle. */
  function compare(given: Partial<CacheLayout>, fetchTime: number): readonly [number, number] {
    const routes = [route({ ttl: asked.life, objects: { count: asked.objects, zipf: asked.zipf } })]
    const cache = layout(given)
    const { expected } = sizeCdn(question({ peak: asked.rate, fetchTime, routes, cache }))
    const uncollapsed = cache.collapsing ? 0 : fetchTime
    const { edges, shield, room } = cache
    const fetches = simulateCache({
      ...asked,
      edges,
      shield,
      room: room ?? Infinity,
      uncollapsed,
      until: 130,
    })
    return [between(fetches, 30, 130) / 100, expected.originRps.value]
  }

  /** Fetches of one object are more regular than a Poisson process: n of them have a standard deviation below √n. */
  test.each([
    ['that keeps all', {}],
    ['of ten edges', { edges: 10 }],
    ['of ten edges behind a shield', { edges: 10, shield: true }],
    ['that has room for a fifth', { room: 200 }],
    ['of three edges with room for a third', { edges: 3, room: 333 }],
    ['that does not collapse', { collapsing: false }],
  ])('%s asks its origin as often', (_, given) => {
    const [simulated, expected] = compare(given, 0.1)
    expect(Math.abs(simulated - expected) * 100).toBeLessThan(3 * Math.sqrt(expected * 100))
  })

  test('of edges that push objects out asks less than said, where a shield keeps what they lost', () => {
    const [simulated, expected] = compare({ edges: 3, shield: true, room: 200 }, 0)
    expect(simulated).toBeLessThan(expected)
    expect(simulated).toBeGreaterThan(expected / 2)
  })
})

describe('what to cache first', () => {
  const routes = [
    catalogue({ name: 'small', share: 0.1, ttl: 1e6, objects: { count: 1, zipf: 0 } }),
    catalogue({ name: 'big', share: 0.6, ttl: 1e6, objects: { count: 1, zipf: 0 } }),
    route({ name: 'cart', share: 0.3, method: 'POST' }),
  ]

  test('is what saves the origin most; what may not be cached is left out', () => {
    expect(sizeCdn(question({ routes, capacity: 350 })).cachingOrder).toEqual([
      { route: 'big', savedRps: expect.closeTo(600, 4), originRps: expect.closeTo(400, 4), holds: false },
      { route: 'small', savedRps: expect.closeTo(100, 4), originRps: expect.closeTo(300, 4), holds: true },
    ])
  })
})
