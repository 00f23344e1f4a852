import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrivalsOf, meanRateBetween } from '../../../src/plan/load-profile.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { hold, stage } from '../../support/simulate-result.ts'

test('a stage intends as many arrivals as there is area under its rate', () => {
  expect(arrivalsOf(hold('h', 250, 60))).toBe(15_000)
  expect(arrivalsOf(stage('r', 10, 1, 10))).toBe(55)
  expect(arrivalsOf(hold('silence', 0, 10))).toBe(0)
})

describe('the mean rate of a ramp 0 → 100/s over 10 s, then 20/s for 5 s', () => {
  const plan = { stages: [stage('ramp', 0, 100, 10), hold('hold', 20, 5)] }
  const mean = (from: number, to: number): number => meanRateBetween(plan, seconds(from), seconds(to))

  test.each([
    ['its first second', 0, 1, 5],
    ['its whole ramp', 0, 10, 50],
    ['its last second of ramp', 9, 10, 95],
    ['across the edge: (95 + 20) / 2', 9, 11, 57.5],
    ['the hold', 10, 15, 20],
    ['everything: (500 + 100) / 15', 0, 15, 40],
    ['half outside: 2 s of 20/s in 4 s', 13, 17, 10],
    ['all outside', 15, 20, 0],
    ['nothing', 3, 3, 0],
    ['backwards', 4, 3, 0],
  ])('%s', (_, from, to, expected) => expect(mean(from, to)).toBeCloseTo(expected, 9))

  test('adds up over any cut', () => {
    assert(
      property(integer({ min: 1, max: 14_999 }), cut => {
        const at = cut / 1000
        expect(mean(0, at) * at + mean(at, 15) * (15 - at)).toBeCloseTo(600, 6)
      }),
    )
  })
})
