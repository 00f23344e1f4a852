import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rampArrival } from '../../../src/pacing/ramp-arrival.ts'
import { arrivalsOf } from '../../../src/plan/load-profile.ts'
import { stage } from '../../support/simulate-result.ts'

/** Seconds into the stage at which the area under its rate reaches `area`. */
const at = (from: number, to: number, over: number, area: number): number =>
  rampArrival(stage('s', from, to, over), area) / 1e9

describe('on paper', () => {
  test.each<[string, [from: number, to: number, over: number, area: number], number]>([
    ['a flat 10/s: the 5th after 0.5 s', [10, 10, 10, 5], 0.5],
    ['0 → 10/s over 10 s: t²/2 = 50 at the end', [0, 10, 10, 50], 10],
    ['0 → 10/s over 10 s: t²/2 = 12.5 half-way', [0, 10, 10, 12.5], 5],
    ['10 → 0/s over 10 s: 37.5 of the 50 lie in the first half', [10, 0, 10, 37.5], 5],
    ['10 → 1/s over 10 s: 55 at the end', [10, 1, 10, 55], 10],
    ['nothing yet at the start', [10, 1, 10, 0], 0],
    ['nothing yet at the start of a ramp from nothing', [0, 1, 10, 0], 0],
    ['silence', [0, 0, 10, 0], 0],
  ])('%s', (_, given, expected) => expect(at(...given)).toBeCloseTo(expected, 8))
})

test('the area under the rate up to the arrival is the area asked for, on every slope', () => {
  const rate = double({ min: 0, max: 5000, noNaN: true })
  const share = double({ min: 0, max: 1, noNaN: true })
  assert(
    property(rate, rate, integer({ min: 1, max: 600 }), share, (from, to, over, part) => {
      const whole = arrivalsOf(stage('s', from, to, over))
      const area = part * whole
      const t = at(from, to, over, area)
      expect(t).toBeGreaterThanOrEqual(0)
      expect(t).toBeLessThanOrEqual(over)
      const reached = from * t + (((to - from) / over) * t * t) / 2
      expect(Math.abs(reached - area)).toBeLessThanOrEqual(1e-7 * Math.max(whole, 1))
    }),
  )
})

test('a slope of next to nothing is as good as flat', () => {
  expect(at(1000, 1000 + 1e-9, 60, 30_000)).toBeCloseTo(at(1000, 1000, 60, 30_000), 9)
})
