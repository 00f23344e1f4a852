import { describe, expect, test } from 'vitest'
import {
  bucketAccepted,
  bucketFirstRefusal,
  bucketRefusedShare,
  erlangC,
  md1,
  mm1,
  mmc,
  pauseMean,
  pauseQuantile,
} from '../../../../bench/accuracy/closed-forms.ts'

describe('a pause of 1 s in 60 s of even arrivals', () => {
  const idle = { pause: 1, seconds: 60, utilisation: 0 }

  test('with no service time: p99 = 1 − 0.01·60 = 0.4 s, p99.9 = 1 − 0.001·60 = 0.94 s, p95 = 0', () => {
    expect(pauseQuantile(idle, 0.99)).toBeCloseTo(0.4, 12)
    expect(pauseQuantile(idle, 0.999)).toBeCloseTo(0.94, 12)
    expect(pauseQuantile(idle, 0.95)).toBe(0)
    expect(pauseQuantile(idle, 1)).toBe(1)
  })

  test('adds 1²/(2·60) = 8.333 ms to the mean', () => {
    expect(pauseMean(idle)).toBeCloseTo(1 / 120, 12)
  })

  test('lasts longer for a server that is busy: p99 = 1 − 0.01·(1 − ρ)·60', () => {
    expect(pauseQuantile({ ...idle, utilisation: 0.2 }, 0.99)).toBeCloseTo(0.52, 12)
    expect(pauseQuantile({ ...idle, utilisation: 0.5 }, 0.99)).toBeCloseTo(0.7, 12)
    expect(pauseQuantile({ ...idle, utilisation: 0.5 }, 0.999)).toBeCloseTo(0.97, 12)
  })

  test('the mean is the area under its quantiles', () => {
    const busy = { ...idle, utilisation: 0.5 }
    const steps = 100_000
    let area = 0
    for (let i = 0; i < steps; i += 1) area += pauseQuantile(busy, (i + 0.5) / steps) / steps
    expect(area).toBeCloseTo(pauseMean(busy), 6)
  })
})

describe('M/M/1 with µ = 1000', () => {
  test('at 500/s: mean 1/500 s, median ln 2/500 s, p99 ln 100/500 s', () => {
    const times = mm1(500, 1000)
    expect(times.mean).toBe(0.002)
    expect(times.quantile(0.5)).toBeCloseTo(Math.LN2 / 500, 12)
    expect(times.quantile(0.99)).toBeCloseTo(Math.log(100) / 500, 12)
  })
})

describe('M/M/c', () => {
  test('Erlang C of 8 servers at 6.4 and 7.2 erlangs is 0.457645 and 0.701533, of 4 at 3.2 it is 0.596432', () => {
    expect(erlangC(8, 6.4)).toBeCloseTo(0.457645, 6)
    expect(erlangC(8, 7.2)).toBeCloseTo(0.701533, 6)
    expect(erlangC(4, 3.2)).toBeCloseTo(0.596432, 6)
  })

  test.each([
    [800, 10.2882, 41.217],
    [900, 15.0153, 56.699],
  ])('8 servers of 125/s at %d/s: mean %d ms, p99 %d ms', (rate, meanMs, p99Ms) => {
    const times = mmc(rate, 8, 125)
    expect(times.mean * 1e3).toBeCloseTo(meanMs, 4)
    expect(times.quantile(0.99) * 1e3).toBeCloseTo(p99Ms, 3)
  })

  test('one server is M/M/1', () => {
    for (const p of [0.5, 0.95, 0.999]) {
      expect(mmc(700, 1, 1000).quantile(p)).toBeCloseTo(mm1(700, 1000).quantile(p), 10)
    }
    expect(mmc(700, 1, 1000).mean).toBeCloseTo(mm1(700, 1000).mean, 12)
  })
})

describe('M/D/1 with D = 1 ms', () => {
  test.each([
    [500, 1.5, 0.95, 3.051],
    [500, 1.5, 0.99, 4.336],
    [800, 3, 0.5, 2.276],
    [800, 3, 0.95, 7.62],
    [800, 3, 0.99, 11.356],
    [900, 5.5, 0.99, 22.898],
  ])('at %d/s: mean %d ms, quantile %d is %d ms', (rate, meanMs, p, ms) => {
    const times = md1(rate, 0.001)
    expect(times.mean * 1e3).toBeCloseTo(meanMs, 10)
    expect(times.quantile(p) * 1e3).toBeCloseTo(ms, 3)
  })

  test('a wait of 20 to 22 services at ρ = 0.9 keeps six digits (the alternating sum, to 60 digits)', () => {
    expect(md1(900, 0.001).quantile(0.99) * 1e3).toBeCloseTo(22.8982373, 6)
    expect(md1(800, 0.001).quantile(0.99) * 1e3).toBeCloseTo(11.3558868, 6)
  })

  test('nobody waits in the share 1 − ρ of the requests', () => {
    expect(md1(500, 0.001).quantile(0.5)).toBe(0.001)
    expect(md1(500, 0.001).quantile(0.501)).toBeGreaterThan(0.001)
  })

  test('the mean is the area under the quantiles', () => {
    const times = md1(800, 0.001)
    const steps = 4000
    let area = 0
    for (let i = 0; i < steps; i += 1) area += times.quantile((i + 0.5) / steps) / steps
    expect(area / times.mean).toBeCloseTo(1, 2)
  })
})

test('a bucket of 150 and 300/s under 400/s refuses first after 1.5 s, takes 9150 in 30 s, refuses a quarter', () => {
  const bucket = { rate: 300, burst: 150, arrivals: 400 }
  expect(bucketFirstRefusal(bucket)).toBe(1.5)
  expect(bucketAccepted(bucket, 30)).toBe(9150)
  expect(bucketRefusedShare(bucket)).toBe(0.25)
})
