import { describe, expect, test } from 'vitest'
import { even, goodput, mean, poisson, quantile, relativeError, serve, shareOf, truthOf } from './simulate.ts'

describe('GC', () => {
  const fates = serve('GC', poisson(600, 60))

  test('completes 500 × (1 − 0.2/2) = 450/s when saturated', () => {
    expect(truthOf('GC').kneePerSecond).toBeCloseTo(450, 9)
    // 22 500 completions in 50 s, 25 whole periods: a Poisson count, known to 0.7 %.
    expect(relativeError(goodput(fates, 8, 58), 450)).toBeLessThan(0.02)
  })

  test('answers nobody in the last 200 ms of every 2 s', () => {
    expect(Math.max(...fates.map(fate => fate.departsAt % 2))).toBeLessThan(1.8 + 1e-9)
  })
})

describe('PAUSE', () => {
  test('even arrivals for 60 s see p99 = 0.400 s and p99.9 = 0.940 s', () => {
    const waits = serve('PAUSE', even(250, 60)).map(fate => fate.sojourn)
    // 15 000 requests; 250 wait 1.000, 0.996, … 0.004 s. Above p99 are 150 of them: 1 − 150 × 0.004.
    expect(waits).toHaveLength(15_000)
    expect(quantile(waits, 0.99)).toBeCloseTo(0.4, 9)
    // Above p99.9 are 15: 1 − 15 × 0.004.
    expect(quantile(waits, 0.999)).toBeCloseTo(0.94, 9)
    expect(Math.max(...waits)).toBeCloseTo(1, 9)
    expect(quantile(waits, 0.95)).toBe(0)
  })

  test('freezes when and as long as told', () => {
    const fates = serve('PAUSE', [4.9, 5, 5.4, 5.5, 6], { settings: ['from=5s', 'length=500ms'] })
    expect(fates.map(fate => fate.departsAt)).toEqual([4.9, 5.5, 5.5, 5.5, 6])
  })

  test('at utilisation ρ has the quantile P − (1 − p)(1 − ρ)T', () => {
    // ρ = 250/s × 2 ms = 0.5: 1 − 0.01 × 0.5 × 60 = 0.7 s, and 2 ms of service.
    const waits = serve('PAUSE', even(250, 60), { settings: ['service=2ms'] }).map(fate => fate.sojourn)
    expect(Math.abs(quantile(waits, 0.99) - 0.702)).toBeLessThan(0.005)
  })
})

describe('RETRO', () => {
  const CROWDED = (7.1365 * 1000) / (1 + 0.001 * 999 + 4.44e-5 * 1000 * 999)

  test('alone takes 1/X(1) = 140 ms on average', () => {
    // One request every 10 s hardly ever meets another. 4000 exponentials: 1.6 % deviation of the mean.
    const fates = serve('RETRO', even(0.1, 40_000))
    expect(relativeError(mean(fates.map(fate => fate.sojourn)), 1 / 7.1365)).toBeLessThan(0.06)
  })

  test('fills up from idle at 500/s in 15.4 s on average, the birth-death mean', () => {
    const seeds = Array.from({ length: 30 }, (_, seed) => seed)
    const firstLoss = seeds.map(
      seed => serve('RETRO', poisson(500, 90, seed), { seed }).find(fate => fate.status === 502)?.at ?? 90,
    )
    // Single times deviate by some 10 s, the mean of 30 by 1.8 s.
    expect(Math.abs(mean(firstLoss) - 15.4)).toBeLessThan(5.5)
  })

  test('once collapsed completes X(1000) = 154/s, loses the rest, and stays so at a load it carried before', () => {
    expect(CROWDED).toBeCloseTo(154, 0)
    const overloaded = [...poisson(700, 60)]
    const moderate = [...poisson(300, 160, 8, 60)]
    const before = serve('RETRO', poisson(300, 60))
    const fates = serve('RETRO', [...overloaded, ...moderate])
    expect(shareOf(before, 502)).toBe(0)
    // 154/s × 100 s: known to 0.8 %.
    expect(relativeError(goodput(fates, 60, 160), CROWDED)).toBeLessThan(0.04)
    const late = fates.filter(fate => fate.at > 60)
    expect(shareOf(late, 502)).toBeCloseTo(1 - CROWDED / 300, 1)
  })

  test('carries 486/s in half of all loads of 30 s', () => {
    // Its mean time to collapse is 51 s at 485/s and 30 s at 490/s; half collapse where it is 30/ln 2 = 43 s.
    expect(truthOf('RETRO').kneePerSecond).toBeGreaterThan(485)
    expect(truthOf('RETRO').kneePerSecond).toBeLessThan(490)
    expect(truthOf('RETRO').saturationPerSecond).toBeCloseTo(500, 0)
  })
})

describe('WARM', () => {
  test('takes 3 times as long for the first request, and completes 400/s after 8 000', () => {
    const first = Array.from({ length: 4000 }, (_, seed) => serve('WARM', [0], { seed })[0]!.sojourn)
    // 4 servers at 400/s: 10 ms warm, 30 ms cold.
    expect(relativeError(mean(first), 0.03)).toBeLessThan(0.06)
    const fates = serve('WARM', poisson(600, 120))
    // Cold it does 133/s; the fading 8 000 take 8000 × 2 × 2.5 ms = 40 s.
    expect(goodput(fates, 0, 5)).toBeLessThan(160)
    expect(relativeError(goodput(fates, 50, 120), 400)).toBeLessThan(0.02)
  })
})

describe('STEP', () => {
  test('completes 200/s until 20 s after overload began, then 400/s', () => {
    const fates = serve('STEP', poisson(500, 60))
    expect(relativeError(goodput(fates, 2, 20), 200)).toBeLessThan(0.05)
    expect(relativeError(goodput(fates, 22, 60), 400)).toBeLessThan(0.03)
  })

  test('never grows without overload', () => {
    const sojourns = serve('STEP', even(1, 5000)).map(fate => fate.sojourn)
    // 4 servers at 200/s: 20 ms each.
    expect(relativeError(mean(sojourns), 0.02)).toBeLessThan(0.05)
  })
})
