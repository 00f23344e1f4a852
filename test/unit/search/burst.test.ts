import { expect, test } from 'vitest'
import { allowance } from '../../../src/search/burst.ts'
import type { Bin } from '../../../src/search/bin.ts'
import type { SearchStep } from '../../../src/result/search-record.ts'
import { perSecond } from '../../../src/units/quantity.ts'

/** A ramp of one second a rate: what was offered, and how much of it came back well; the rest is refused at once. */
function climbOf(
  seconds: readonly (readonly [offered: number, good: number])[],
): Parameters<typeof allowance>[0] {
  return {
    steps: seconds.map(([rate]): SearchStep => ({
      phase: 'ramp',
      rate: perSecond(rate),
      because: '',
      found: '',
      outcome: null,
      seconds: 1,
      offered: rate,
      good: 0,
      deficit: null,
      estimate: null,
    })),
    climb: seconds.map(([offered, good], step): Bin => ({
      step,
      seconds: 1,
      offered,
      ended: offered,
      good,
      slow: 0,
      timedOut: 0,
      inFlight: 0,
      valid: true,
    })),
  }
}

test('a full bucket of 150 tokens lets 150 requests through beyond its 300/s, over as many seconds as it lasts', () => {
  // 339 − 300 = 39 in the first second above 300/s, the other 111 in the next, of whose 208 too many 97 are refused.
  const climb = climbOf([
    [226, 226],
    [339, 339],
    [508, 411],
    [508, 300],
    [508, 300],
  ])
  expect(allowance(climb, 300)).toBe(150)
})

test('what came before the bucket was full again does not count', () => {
  const climb = climbOf([
    [400, 400],
    [100, 100],
    [508, 450],
    [508, 300],
  ])
  expect(allowance(climb, 300)).toBe(150)
})

test('what chance brings in a second or two is none: 3·√(300·2) = 73', () => {
  expect(
    allowance(
      climbOf([
        [340, 335],
        [508, 335],
      ]),
      300,
    ),
  ).toBeNull()
})
