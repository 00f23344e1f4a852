import { describe, expect, test } from 'vitest'
import { even, goodput, mean, poisson, relativeError, serve, shareOf, truthOf } from './simulate.ts'

describe('BUCKET', () => {
  const fates = serve('BUCKET', even(400, 100))

  test('first refuses at b/(λ − r) = 150/(400 − 300) = 1.5 s, with Retry-After', () => {
    const first = fates.find(fate => fate.status === 503)
    // A request needs a whole token, so it is refused up to 1/(λ − r) = 10 ms early.
    expect(Math.abs(first!.at - 1.5)).toBeLessThan(0.0126)
    expect(first?.headers['retry-after']).toBe('1')
    expect(first?.sojourn).toBe(0)
  })

  test('accepts r·t + b in t, the rest being 1 − r/λ in the long run', () => {
    // 300 × 100 + 150, give or take the token in the making.
    expect(Math.abs(fates.filter(fate => fate.status === 200).length - 30_150)).toBeLessThanOrEqual(1)
    const late = fates.filter(fate => fate.at >= 10)
    expect(shareOf(late, 503)).toBeCloseTo(0.25, 3)
  })

  test('answers whoever it accepts after 5 ms', () => {
    const errors = fates.filter(fate => fate.status === 200).map(fate => Math.abs(fate.sojourn - 0.005))
    expect(Math.max(...errors)).toBeLessThan(1e-9)
  })
})

describe('TIMEOUT', () => {
  const fates = serve('TIMEOUT', even(550, 20))

  test('at 1.1 C gives its first 504 to a request arriving at 9.98 s, answered a second later', () => {
    // The n-th waits 2 ms + n(1/500 − 1/550) s = 2 ms + n/5500 s; more than 1 s from n = 5489, at 5489/550 s.
    const first = fates.find(fate => fate.status === 504)
    expect(first?.at).toBeCloseTo(9.98, 2)
    expect(first?.sojourn).toBeCloseTo(1, 9)
  })

  test('then answers nothing but 504', () => {
    expect(
      shareOf(
        fates.filter(fate => fate.at > 10),
        504,
      ),
    ).toBe(1)
  })

  test('does the work it has given up on: afterwards the backlog has to be drained first', () => {
    // 20 s at 550/s leave 1000 requests, 2 s of work; then at 250/s it drains 250/s: the wait falls from 2 s to 1 s at 22 s.
    const both = serve('TIMEOUT', [...even(550, 20), ...[...even(250, 10)].map(at => 20 + at)])
    const after = both.filter(fate => fate.at >= 20)
    const firstGood = after.find(fate => fate.status === 200)
    expect(firstGood?.at).toBeCloseTo(22, 1)
  })
})

describe('FLAKY', () => {
  test('answers 0.891 % with 502 on average', () => {
    // (30 s × 0.3 % + 0.3 s × 60 %)/30.3 s; some 1000 outages know it to about 3 %.
    const fates = serve('FLAKY', even(20, 30_000))
    expect(relativeError(shareOf(fates, 502), 0.27 / 30.3)).toBeLessThan(0.1)
  })

  test('has its outages at the same instants whatever the load', () => {
    const instants = (rate: number): Set<number> => {
      const bad = serve('FLAKY', even(rate, 300), { settings: ['errors=0%', 'severity=100%'] })
      return new Set(bad.filter(fate => fate.status === 502).map(fate => Math.floor(fate.at)))
    }
    expect(instants(100)).toEqual(instants(300))
    expect(instants(100).size).toBeGreaterThan(0)
  })

  test('carries µ/(1 − 0.891 %) = 403.6/s', () => {
    expect(truthOf('FLAKY').kneePerSecond).toBeCloseTo(403.6, 1)
    expect(relativeError(goodput(serve('FLAKY', poisson(500, 200)), 10, 200), 400)).toBeLessThan(0.015)
  })
})

describe('ROUTE', () => {
  test('fails /plugin after 3 ms at any load, and nothing else', () => {
    const paths = ['/ok', '/plugin', '/plugin/a?b', '/plugin?x=1', '/plugins', '/']
    const fates = serve('ROUTE', even(600, 60), { path: n => paths[n % paths.length]! })
    const isPlugin = (path: string): boolean => /^\/plugin(\/|\?|$)/.test(path)
    const [broken, sound] = [true, false].map(wanted => fates.filter(fate => isPlugin(fate.path) === wanted))
    expect(new Set(broken!.map(fate => fate.path)).size).toBe(3)
    expect(shareOf(broken!, 502)).toBe(1)
    expect(Math.max(...broken!.map(fate => Math.abs(fate.sojourn - 0.003)))).toBeLessThan(1e-9)
    expect(shareOf(sound!, 200)).toBe(1)
  })

  test('carries 500/0.95 = 526.3/s in all', () => {
    expect(truthOf('ROUTE').kneePerSecond).toBeCloseTo(526.3, 1)
    expect(truthOf('ROUTE').cause).toBe('page-specific')
  })
})

describe('BLIP', () => {
  const fates = serve('BLIP', poisson(300, 60))
  const between = (from: number, to: number) => fates.filter(fate => fate.at >= from && fate.at < to)

  test('answers nobody from 40 to 43 s: half resets, half 502s', () => {
    const down = between(40, 43)
    expect(shareOf(down, 200)).toBe(0)
    expect(shareOf(down, 0)).toBeCloseTo(0.5, 1)
    expect(shareOf(down, 0) + shareOf(down, 502)).toBe(1)
  })

  test('cuts off at 40 s whoever is in the system then', () => {
    const cut = between(0, 40).filter(fate => fate.status !== 200)
    expect(cut.length).toBeGreaterThan(0)
    expect(cut.every(fate => fate.status === 0 && fate.departsAt === 40)).toBe(true)
    expect(fates.some(fate => fate.status === 200 && fate.departsAt > 40 && fate.departsAt < 43)).toBe(false)
  })

  test('comes back with another ETag', () => {
    const etags = (from: number, to: number) =>
      new Set(between(from, to).flatMap(fate => (fate.status === 200 ? [fate.headers['etag']] : [])))
    expect(etags(0, 40)).toEqual(new Set(['"1"']))
    expect(etags(43, 60)).toEqual(new Set(['"2"']))
  })
})

describe('STOREFRONT', () => {
  // 8 : 3 : 1 in a fixed order of twelve; arrivals are random.
  const mix = [
    '/',
    '/product/1',
    '/',
    '/',
    '/product/42?ref=x',
    '/',
    '/checkout',
    '/',
    '/',
    '/product/7',
    '/',
    '/',
  ]
  const shop = (rate: number, seconds: number) =>
    serve('STOREFRONT', poisson(rate, seconds), { path: n => mix[n % mix.length]! })

  test('saturates at 8 slots/9.5 ms = 842.1/s for the weights 8 : 3 : 1', () => {
    // (8 × 6 + 3 × 12 + 1 × 30)/12 = 9.5 ms
    expect(truthOf('STOREFRONT').saturationPerSecond).toBeCloseTo(842.1, 1)
    expect(relativeError(goodput(shop(1100, 100), 1, 100), 842.1)).toBeLessThan(0.01)
  })

  test('loses about 1 % at its stated knee, and next to nothing 10 % below', () => {
    const knee = truthOf('STOREFRONT').kneePerSecond!
    const atKnee = shareOf(shop(knee, 500), 502)
    expect(atKnee).toBeGreaterThan(0.007)
    expect(atKnee).toBeLessThan(0.013)
    expect(shareOf(shop(0.9 * knee, 200), 502)).toBeLessThan(0.001)
  })

  test('takes 6, 12 and 30 ms for its pages on average when idle, 404 for others', () => {
    for (const [path, time] of [
      ['/', 0.006],
      ['/product/9', 0.012],
      ['/checkout', 0.03],
    ] as const) {
      const sojourns = serve('STOREFRONT', even(2, 10_000), { path: () => path }).map(fate => fate.sojourn)
      // Gamma of shape 3: relative deviation 1/√3, so 0.4 % in the mean of 20 000.
      expect(relativeError(mean(sojourns), time)).toBeLessThan(0.02)
    }
    expect(serve('STOREFRONT', [0], { path: () => '/products' })[0]?.status).toBe(404)
  })

  test('takes slots + queue at one instant and answers the rest 502 as HTML from the gateway', () => {
    const fates = serve(
      'STOREFRONT',
      Array.from({ length: 80 }, () => 0),
    )
    expect(fates.filter(fate => fate.status === 200)).toHaveLength(8 + 64)
    expect(fates.at(-1)).toMatchObject({
      status: 502,
      headers: { server: 'storefront', via: '1.1 storefront', 'content-type': 'text/html' },
    })
  })
})
