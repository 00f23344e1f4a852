import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { chooseLaw } from '../../../src/sizing/choose-law.ts'
import { launchOdds } from '../../../src/sizing/launch-odds.ts'
import type { SizingQuestion } from '../../../src/sizing/sizing-question.ts'
import { measuredSystem, question } from '../../support/measured-system.ts'

/** One backend whose capacity is lognormal about 400 with the 95 % interval 400/1.1 to 400·1.1. */
const one = measuredSystem(400, 1, { capacity: { rps: 400, low: 400 / 1.1, high: 440 } })
const oddsOf = (asked: SizingQuestion, systems = [one]) =>
  launchOdds(chooseLaw(systems), asked, asked.headroom)!

test('a load at the lower end of the capacity holds with 97.5 %, one at its median with 50 %, at the upper end with 2.5 %', () => {
  // 10 000 draws: √(0.5·0.5/10 000) = 0.5 %, four times that at most.
  for (const [load, probability] of [
    [400 / 1.1, 0.975],
    [400, 0.5],
    [440, 0.025],
  ] as const)
    expect(Math.abs(oddsOf(question(load))(1, 0).holds - probability)).toBeLessThan(0.02)
})

test('where both are uncertain, by the ratio: ln(400/380) over √2 of the spread', () => {
  // ln 1.1/1.96 = 0.04863 for each; z = ln(400/380)/(0.04863·√2) = 0.7459, Φ = 0.772.
  const odds = oddsOf(question({ low: 380 / 1.1, high: 380 * 1.1 }))(1, 0)
  expect(Math.abs(odds.holds - 0.772)).toBeLessThan(0.02)
})

test('what exceeds the capacity fails as long as the peak lasts: (600 − 400)·100 s', () => {
  const sure = [measuredSystem(400, 1, { width: 1e-9 })]
  const odds = oddsOf(question(600, { peakLasts: 100 }), sure)(1, 0)
  expect(odds.expectedFailed).toBeCloseTo(20_000, 3)
  expect(odds.holds).toBe(0)
  expect(oddsOf(question(600, { peakLasts: 100 }), sure)(2, 0).expectedFailed).toBe(0)
})

test('with one of two down half of the capacity is left, and a cache takes its share off', () => {
  const sure = [measuredSystem(400, 1, { width: 1e-9 })]
  expect(oddsOf(question(600), sure)(2, 0)).toMatchObject({ holds: 1, holdsAfterLoss: 0, keepsHeadroom: 0 })
  // 600·0.5 = 300 ≤ 400, but more than 0.7·400.
  expect(oddsOf(question(600), sure)(2, 0.5)).toMatchObject({ holdsAfterLoss: 1, keepsHeadroom: 0 })
})

test('more backends, or a higher hit ratio, never make a launch less likely to hold', () => {
  const odds = oddsOf(question({ low: 700, high: 1500 }))
  assert(
    property(integer({ min: 1, max: 8 }), double({ min: 0, max: 0.9, noNaN: true }), (n, h) => {
      const here = odds(n, h)
      for (const better of [odds(n + 1, h), odds(n, h + 0.05)]) {
        expect(better.holds).toBeGreaterThanOrEqual(here.holds)
        expect(better.keepsHeadroom).toBeGreaterThanOrEqual(here.keepsHeadroom)
        expect(better.expectedFailed).toBeLessThanOrEqual(here.expectedFailed)
      }
    }),
    { numRuns: 20 },
  )
})

test('the same question has the same answer', () => {
  expect(oddsOf(question(400))(1, 0)).toEqual(oddsOf(question(400))(1, 0))
})
