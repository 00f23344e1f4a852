import { describe, expect, test } from 'vitest'
import { even, goodput, mean, poisson, quantile, relativeError, serve, shareOf, truthOf } from './simulate.ts'

describe('D1', () => {
  test('departs each request S after the later of its arrival and the departure before', () => {
    const fates = serve('D1', [0, 0, 0.001, 0.1])
    // 0 + 2 ms; then the queue: 4 ms, 6 ms; at 100 ms it is idle again: 102 ms.
    expect(fates.map(fate => fate.departsAt)).toEqual([0.002, 0.004, 0.006, 0.1 + 0.002])
  })

  test('completes exactly 1/S per second however much is offered, and never errs', () => {
    const fates = serve('D1', even(1000, 10))
    // 10 000 requests of 2 ms, never idle: the last departs at 20 s.
    expect(fates.at(-1)?.departsAt).toBeCloseTo(20, 9)
    expect(shareOf(fates, 200)).toBe(1)
    expect(truthOf('D1', 'service=4ms').kneePerSecond).toBe(250)
  })
})

describe('MM1', () => {
  test.each([0.3, 0.5, 0.7])('at ρ = %s has the mean response time 1/(µ − λ)', rho => {
    const mu = 1000
    const fates = serve('MM1', poisson(rho * mu, 200_000 / (rho * mu)), { settings: ['rate=1000'] })
    // Asymptotic variance of the mean wait (Daley 1968; Whitt, Management Science 35, 1989).
    const variance = (rho * (2 + 5 * rho - 4 * rho ** 2 + rho ** 3)) / ((1 - rho) ** 4 * mu ** 2)
    const standardError = Math.sqrt(variance / fates.length)
    expect(Math.abs(mean(fates.map(fate => fate.sojourn)) - 1 / (mu - rho * mu))).toBeLessThan(
      4 * standardError,
    )
  })

  test('has the p99 −ln(0.01)/(µ − λ)', () => {
    const fates = serve('MM1', poisson(500, 400), { settings: ['rate=1000'] })
    // 4.605/500 s = 9.21 ms; the relative deviation at 60 000 requests is 3 %, at 200 000 about 1.7 %.
    expect(
      relativeError(
        quantile(
          fates.map(fate => fate.sojourn),
          0.99,
        ),
        0.00921,
      ),
    ).toBeLessThan(0.05)
  })
})

describe('MM1K', () => {
  test.each([
    // (1 − ρ)ρ^K/(1 − ρ^(K+1)) with K = 5
    ['ρ = 0.5', 200, 0.5 ** 6 / (1 - 0.5 ** 6)],
    ['ρ = 1', 400, 1 / 6],
    ['ρ = 2', 800, 2 ** 5 / (2 ** 6 - 1)],
  ])('with K = 5 loses the closed-form share at %s', (_, rate, loss) => {
    const fates = serve('MM1K', poisson(rate, 300_000 / rate), { settings: ['limit=5'] })
    expect(relativeError(shareOf(fates, 502), loss)).toBeLessThan(0.04)
  })

  test('with K = 100 loses 1 − µ/λ at 1.5 µ, at once, and completes µ', () => {
    const fates = serve('MM1K', poisson(600, 200))
    expect(shareOf(fates, 502)).toBeCloseTo(1 / 3, 2)
    expect(fates.every(fate => fate.status === 200 || fate.sojourn === 0)).toBe(true)
    expect(relativeError(goodput(fates, 1, 200), 400)).toBeLessThan(0.015)
  })

  test('never holds more than K', () => {
    // All at one instant: K are taken in, the rest turned away.
    const fates = serve(
      'MM1K',
      Array.from({ length: 10 }, () => 1),
      { settings: ['limit=3'] },
    )
    expect(fates.map(fate => fate.status)).toEqual([200, 200, 200, 502, 502, 502, 502, 502, 502, 502])
  })
})

describe('MMC', () => {
  test('at c = 8, cµ = 1000, λ = 800 has the Erlang C response time 10.288 ms', () => {
    // C(8, 6.4) = 0.457645, wait C/(cµ − λ) = 2.2882 ms, service 8 ms.
    const fates = serve('MMC', poisson(800, 400))
    expect(relativeError(mean(fates.map(fate => fate.sojourn)), 0.0102882)).toBeLessThan(0.02)
    expect(truthOf('MMC').onsetPerSecond['502']).toBeNull()
  })

  test('with a limit loses 1 % at its knee', () => {
    // M/M/8/64 at a total of 1000/s: 984.3/s.
    const truth = truthOf('MMC', 'limit=64')
    expect(truth.kneePerSecond).toBeCloseTo(984.3, 1)
    const fates = serve('MMC', poisson(984.3, 500), { settings: ['limit=64'] })
    // Near saturation losses come in long clumps; half a million requests know the share to about a seventh.
    expect(relativeError(shareOf(fates, 502), 0.01)).toBeLessThan(0.4)
  })
})

describe('ERLANG', () => {
  test('loses 1 % at 156.4/s, the root of Erlang B(8, a) at a = 3.12756', () => {
    expect(truthOf('ERLANG').kneePerSecond).toBeCloseTo(3.12756 / 0.02, 1)
    const fates = serve('ERLANG', poisson(156.378, 2000))
    expect(relativeError(shareOf(fates, 502), 0.01)).toBeLessThan(0.08)
  })

  test('answers 305.8/s at 400/s offered and makes nobody wait', () => {
    const fates = serve('ERLANG', poisson(400, 500))
    expect(relativeError(goodput(fates, 0, 500), 305.8)).toBeLessThan(0.01)
    expect(
      relativeError(mean(fates.filter(fate => fate.status === 200).map(fate => fate.sojourn)), 0.02),
    ).toBeLessThan(0.01)
  })
})
