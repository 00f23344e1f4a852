import { describe, expect, test } from 'vitest'
import { neededHitRatio } from '../../../src/sizing/needed-hit-ratio.ts'
import { optionCost } from '../../../src/sizing/option-cost.ts'
import { originLoad } from '../../../src/sizing/origin-load.ts'
import { retryLoad } from '../../../src/sizing/retry-load.ts'
import { targetUtilisation } from '../../../src/sizing/target-utilisation.ts'
import { question } from '../../support/measured-system.ts'

describe('origin load', () => {
  test('12 000·1.3·0.15 = 2340', () => {
    const { high } = originLoad(question(12_000, { growth: 0.3, hitRatio: 0.85 }))
    expect(high.value).toBeCloseTo(2340, 9)
    expect(high.from).toBe('λₒ = peak × (1 + growth) × (1 − hit ratio) = 12 000/s × 1.3 × 0.15 = 2 340/s')
  })

  test('of a peak between 4000 and 9000 the median is √(4000·9000) = 6000', () => {
    expect(originLoad(question({ low: 4000, high: 9000 }))).toMatchObject({
      low: 4000,
      median: 6000,
      high: { value: 9000 },
    })
  })
})

describe('hit ratio', () => {
  test('that 9 backends with 0.7·X = 2364 need for 15 600/s: 1 − 2364/15 600 = 0.848', () => {
    const { value, from } = neededHitRatio(2364 / 0.7, question(12_000, { growth: 0.3 }), 0.7)
    expect(value).toBeCloseTo(0.84846, 5)
    expect(from).toContain('1 − 2 364/s / 15 600/s = 0.8485')
  })

  test('is 0 where the backends do without', () => {
    expect(neededHitRatio(10_000, question(1000), 0.7).value).toBe(0)
  })
})

describe('target utilisation', () => {
  test('is the headroom where nothing scales', () => {
    expect(targetUtilisation(question(1, { headroom: 0.7 })).value).toBe(0.7)
  })

  test('is 1/(1 + 0.01·120) = 0.4545 where load grows by 1 % per second and a backend takes two minutes', () => {
    const { value, from } = targetUtilisation(question(1, { scaleTime: 120, loadGrowth: 0.01 }))
    expect(value).toBeCloseTo(1 / 2.2, 12)
    expect(from).toContain('1 / (1 + 0.01 × 120 s) = 0.455')
  })

  test('stays the headroom where that leaves more room: 1/(1 + 0.001·60) = 0.94', () => {
    expect(targetUtilisation(question(1, { scaleTime: 60, loadGrowth: 0.001 })).value).toBe(0.7)
  })
})

describe('retries', () => {
  const capacity = { rps: 4200, low: 4080, high: 4320 }
  test('three of each request make 2340/s to 9360/s, more than 4080/s: metastable', () => {
    const { worst, metastable, because } = retryLoad(2340, capacity, question(1, { retries: 3 }))
    expect(worst!.value).toBe(9360)
    expect(metastable).toBe(true)
    expect(because).toContain('it stays so although the peak is over')
  })

  test('a budget of 20 % bounds them to 2808/s, whatever the clients would', () => {
    expect(retryLoad(2340, capacity, question(1, { retries: 3, retryBudget: 0.2 }))).toMatchObject({
      worst: { value: 2808 },
      metastable: false,
    })
  })

  test('beyond a capacity that is only known from below nothing can be said', () => {
    const bound = { ...capacity, high: null }
    expect(retryLoad(2340, bound, question(1, { retries: 3 })).metastable).toBeNull()
    expect(retryLoad(2340, bound, question(1)).worst).toBeNull()
  })
})

test('costs: 10 backends at 2, and 1000/s of 10 kB over an hour, 36 GB, at 0.08', () => {
  const option = { backends: 10, served: 1000 }
  expect(optionCost(option, 10_000, question(1))).toBeNull()
  expect(optionCost(option, 10_000, question(1, { costPerBackend: 2 }))).toBe(20)
  expect(optionCost(option, 10_000, question(1, { costPerBackend: 2, egressCost: 0.08 }))).toBeCloseTo(
    22.88,
    9,
  )
})
