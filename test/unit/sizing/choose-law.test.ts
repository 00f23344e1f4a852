import { describe, expect, test } from 'vitest'
import { chooseLaw } from '../../../src/sizing/choose-law.ts'
import { createRandom } from '../../../src/units/random.ts'
import { measuredSystem } from '../../support/measured-system.ts'

const narrow = { width: 1e-6 }

describe('how capacity grows with backends', () => {
  test('is taken as proportional where one number of them was measured, and says so', () => {
    const law = chooseLaw([measuredSystem(1200, 3)])
    expect(law).toMatchObject({ kind: 'linear', alpha: 0, beta: 0, peakBackends: null, measuredUpTo: 3 })
    expect(law.at(5)).toEqual({ rps: 2000, low: 1960, high: 2040 })
    expect(law.because).toContain('one number of backends does not show what they take from one another')
  })

  test('with one and two backends: α + 2β = 2·400/780 − 1 = 0.0256, taken as contention', () => {
    const law = chooseLaw([measuredSystem(780, 2, narrow), measuredSystem(400, 1, narrow)])
    expect(law.kind).toBe('contention')
    expect(law.because).toContain('α + 2β = 2 × C₁ / X(2) − 1 = 2 × 400/s / 780/s − 1 = 0.0256')
    expect(law.at(2).rps).toBeCloseTo(780, 6)
    // 400·10/(1 + 0.025641·9)
    expect(law.at(10).rps).toBeCloseTo(4000 / (1 + (9 * 2) / 78), 6)
    // As coherency alone, β = 0.0128: n* = √(1/0.0128) = 8.8.
    expect(law.notes.join()).toContain('more than 8 of them carry less')
  })

  test('with one and four: α + 4β = (4·400/1300 − 1)/3 = 0.0769', () => {
    const { because, alpha } = chooseLaw([measuredSystem(400, 1, narrow), measuredSystem(1300, 4, narrow)])
    expect(because).toContain('α + 4β = (4 × C₁ / X(4) − 1) / 3 = (4 × 400/s / 1 300/s − 1) / 3 = 0.0769')
    expect(alpha).toBeCloseTo((1600 / 1300 - 1) / 3, 9)
  })

  test('a second backend that halves both is more than contention can be: one carries most', () => {
    expect(chooseLaw([measuredSystem(400, 1), measuredSystem(380, 2)]).peakBackends).toBe(1)
  })

  test('from six levels on by the universal scalability law: n* = √((1 − 0.01)/0.0001) = 99.5', () => {
    const law = chooseLaw(
      [1, 2, 4, 8, 16, 32].map(n =>
        measuredSystem((408 * n) / (1 + 0.01 * (n - 1) + 1e-4 * n * (n - 1)), n, narrow),
      ),
    )
    expect(law.kind).toBe('usl')
    expect(law.peakBackends).toBeCloseTo(99.499, 2)
    // Efficiency X(n)/(n·C₁): 0.92 at 9, 0.81 at 20, 0.65 at 40, 0.41 at 80.
    const efficiency = [9, 20, 40, 80].map(n => law.at(n).rps / (n * 408))
    expect(efficiency.map(value => Number(value.toFixed(2)))).toEqual([0.92, 0.81, 0.65, 0.41])
  })

  test('each carrying more beside another is no law: the least that one carried counts', () => {
    const law = chooseLaw([measuredSystem(400, 1), measuredSystem(1000, 2)])
    expect(law).toMatchObject({ kind: 'linear', perBackend: { rps: 400 } })
    expect(law.because).toContain('something else than their number differed')
  })

  test('a knee that is only known from below gives way to measured ones, and alone is enough to count on', () => {
    const bound = measuredSystem(900, 1, { capacity: { rps: 900, low: 900, high: null } })
    expect(chooseLaw([bound, measuredSystem(400)]).perBackend.rps).toBe(400)
    const law = chooseLaw([bound])
    expect(law.at(2)).toEqual({ rps: 1800, low: 1800, high: null })
    expect(law.draw).toBeUndefined()
  })
})

describe('repeated reports', () => {
  test('of three runs at 90, 100 and 110 the interval is Student’s: ln, ± 4.303·0.1/√3', () => {
    const { perBackend } = chooseLaw([90, 100, 110].map(rps => measuredSystem(rps)))
    const logs = [90, 100, 110].map(Math.log)
    const mean = (logs[0]! + logs[1]! + logs[2]!) / 3
    const s = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 2)
    expect(perBackend.rps).toBeCloseTo(Math.exp(mean), 9)
    expect(perBackend.low).toBeCloseTo(Math.exp(mean - (4.3026527 * s) / Math.sqrt(3)), 4)
  })

  test('two are too few for it: the span of both', () => {
    expect(chooseLaw([measuredSystem(100), measuredSystem(121)]).perBackend).toEqual({
      rps: expect.closeTo(110, 9) as number,
      low: 98,
      high: expect.closeTo(123.42, 9) as number,
    })
  })
})

test('draws of a law have its median and its 95 % interval', () => {
  const draw = chooseLaw([measuredSystem(400)]).draw!
  const random = createRandom(3)
  const drawn = Array.from({ length: 20_000 }, () => draw(random)(2)).sort((a, b) => a - b)
  expect(drawn[10_000]! / 800).toBeCloseTo(1, 2)
  // Of 20 000, 500 lie below the lower end, give or take √(500·0.975) = 22.
  expect(drawn.filter(value => value < 784).length).toBeGreaterThan(400)
  expect(drawn.filter(value => value < 784).length).toBeLessThan(600)
})
