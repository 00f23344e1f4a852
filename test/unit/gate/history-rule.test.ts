import { assert, double, pre, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyRule } from '../../../src/gate/history-rule.ts'
import { share } from '../../../src/units/quantity.ts'
import { candidateOf, expected, tooFew } from '../../support/gate-fixture.ts'
import { historyReport } from '../../support/history-report.ts'
import type { PretendedRun } from '../../support/history-report.ts'

/** Expected from 700/s on, and 5 % less is no matter: the border is 700 / 1.05 = 666.67/s. */
const NEXT = expected(700, 900)
const MARGIN = share(0.05)

/** Intervals of the pretended knee reach 2 % to either side. */
const answer = (run: PretendedRun, next = NEXT, strict = false): string => {
  const { verdict, warned } = historyRule(candidateOf(historyReport(run)), next, { margin: MARGIN, strict })
  return warned ? `${verdict}, warned` : verdict
}

describe('the knee of a run against the interval that it was expected in', () => {
  test.each([
    [950, 'passed'],
    [700, 'passed'],
    [667, 'passed'],
    [666, 'failed'],
  ])('measured at %i/s: %s', (kneeRps, verdict) => {
    expect(answer({ kneeRps })).toBe(verdict)
    expect(answer({ kneeRps }, NEXT, true)).toBe(verdict)
  })

  test.each([
    ['at-least', 700, 'passed'], // 686/s is vouched for
    ['at-least', 670, 'passed, warned'], // only 656.6/s is
    ['at-most', 640, 'failed'], // below 652.8/s
    ['at-most', 660, 'passed, warned'], // 673.2/s may be
    ['none', 0, 'passed, warned'],
  ] as const)('%s %i/s: %s', (bound, kneeRps, verdict) => {
    expect(answer({ bound, kneeRps })).toBe(verdict)
    expect(answer({ bound, kneeRps }, NEXT, true)).toBe(
      verdict === 'passed, warned' ? 'inconclusive' : verdict,
    )
  })

  test('with fewer runs than eight nobody knows how far runs lie apart: a warning, or open when strict', () => {
    expect(answer({ kneeRps: 100 }, tooFew)).toBe('passed, warned')
    expect(answer({ kneeRps: 100 }, tooFew, true)).toBe('inconclusive')
    const rule = historyRule(candidateOf(historyReport()), tooFew, { margin: MARGIN, strict: false })
    expect(rule.because).toContain('has 7 comparable runs that can be believed')
  })

  test('a run that cannot be believed is never passed, not even with a warning', () => {
    expect(answer({ kneeRps: 900, trusted: false })).toBe('inconclusive')
    expect(answer({ kneeRps: 900, trusted: false }, tooFew)).toBe('inconclusive')
  })

  test('it fails where ln(knee) < ln(low) − ln(1 + margin), and nowhere else', () => {
    const rate = double({ min: 1, max: 1e6, noNaN: true })
    assert(
      property(rate, rate, double({ min: 0.001, max: 1, noNaN: true }), (kneeRps, low, margin) => {
        const gap = Math.log(low) - Math.log1p(margin) - Math.log(kneeRps)
        pre(Math.abs(gap) > 1e-9)
        const asked = { margin: share(margin), strict: true }
        const run = candidateOf(historyReport({ kneeRps }))
        expect(historyRule(run, expected(low, 2 * low), asked).verdict).toBe(gap > 0 ? 'failed' : 'passed')
      }),
    )
  })
})
