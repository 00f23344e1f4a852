import { describe, expect, test } from 'vitest'
import { mm1 } from '../../../../bench/accuracy/closed-forms.ts'
import { drawSample, drawTypical, sampleOf } from '../../../../bench/accuracy/draw-sample.ts'
import type { Trial } from '../../../../bench/accuracy/measure.ts'
import { distanceToExponential, kolmogorovP } from '../../../../bench/accuracy/kolmogorov.ts'
import { slope } from '../../../../bench/accuracy/slope.ts'
import { readSojournUs } from '../../../../bench/accuracy/sojourn-header.ts'

describe('the header that carries the truth', () => {
  const read = (text: string): number | undefined => readSojournUs(Buffer.from(text))

  test('is read as whole microseconds', () => {
    expect(read('HTTP/1.1 200 OK\r\nx-lab-sojourn-us: 120345\r\n\r\nok')).toBe(120_345)
    expect(read('HTTP/1.1 200 OK\r\nx-lab-sojourn-us: 0\r\n\r\n')).toBe(0)
  })

  test.each([
    'HTTP/1.1 200 OK\r\n\r\n',
    'x-lab-sojourn-us: ',
    'x-lab-sojourn-us: \r\n',
    'x-lab-sojourn-us: 12',
  ])('is not read where it is missing or cut off: %j', text => {
    expect(read(text)).toBeUndefined()
  })
})

describe('Kolmogorov and Smirnov', () => {
  test('the 5 % and 1 % points of large samples lie at 1.358/√n and 1.628/√n', () => {
    const n = 1e8
    expect(kolmogorovP(1.358 / Math.sqrt(n), n)).toBeCloseTo(0.05, 3)
    expect(kolmogorovP(1.628 / Math.sqrt(n), n)).toBeCloseTo(0.01, 3)
    expect(kolmogorovP(0, n)).toBe(1)
  })

  test('the middles of n equally likely pieces are half a piece away from their law', () => {
    const n = 1000
    const sorted = Float64Array.from({ length: n }, (_, i) => -5 * Math.log(1 - (i + 0.5) / n))
    expect(distanceToExponential(sorted, 5)).toBeCloseTo(0.5 / n, 9)
    expect(distanceToExponential(sorted, 6)).toBeGreaterThan(0.05)
  })
})

test('the slope of a line is found whatever its height', () => {
  expect(
    slope([
      [1, 10],
      [2, 25],
      [4, 55],
    ]),
  ).toBeCloseTo(15, 12)
})

test('the quantile of a sample is its ⌈p·n⌉-th value', () => {
  const times = sampleOf(Array.from({ length: 100 }, (_, i) => 100 - i))
  expect([times.quantile(0.5), times.quantile(0.99), times.quantile(0.991), times.quantile(1)]).toEqual([
    50, 99, 100, 100,
  ])
  expect(times.mean).toBe(50.5)
})

describe('a draw', () => {
  const trial: Trial = {
    lab: { name: 'D1', settings: ['service=2ms'], seed: 1 },
    arrivals: 'even',
    rate: 250,
    seconds: 4,
    seed: 1,
  }

  test('of even arrivals 4 ms apart to a server of 2 ms meets nobody', () => {
    const times = drawSample(trial)
    expect(times.mean).toBeCloseTo(0.002, 9)
    expect(times.quantile(1)).toBeCloseTo(0.002, 9)
  })

  test('at 1000/s, twice what it can do, is 6 s late after 2 s of warm-up and 4 s', () => {
    // 6000 requests of 2 ms are 12 s of work, and the last of them arrives after 6 s.
    expect(drawSample({ ...trial, rate: 1000 }).quantile(1)).toBeCloseTo(12 - 6, 1)
  })

  test('is chosen so that it lies within a third of the tolerance of the closed form', () => {
    const truth = mm1(500, 1000)
    const figures = [{ name: 'mean', of: (times: typeof truth) => times.mean, percent: 6 }]
    const queue = {
      ...trial,
      lab: { name: 'MM1', settings: ['rate=1000'], seed: 1001 },
      arrivals: 'poisson',
    } as const
    const { sample, trial: chosen } = drawTypical({ ...queue, rate: 500, seconds: 10 }, truth, figures)
    expect(Math.abs(sample.mean / 0.002 - 1)).toBeLessThanOrEqual(0.02)
    expect(drawSample(chosen).mean).toBe(sample.mean)
  })
})
