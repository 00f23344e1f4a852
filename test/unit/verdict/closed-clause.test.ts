import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import { milliseconds, perSecond, share } from '../../../src/units/quantity.ts'
import { judge } from '../../../src/verdict/judge.ts'
import type { Verdict } from '../../../src/verdict/verdict.ts'
import { closedResult, steady } from '../../support/closed-result.ts'

const verdictOn = (...promises: readonly PromiseClause[]): Verdict => {
  const result = closedResult([steady(1, 250), steady(8, 475, { bad: 25 })], { promises })
  return judge(result.plan, analyse(result), result)
}

const errors = (limit: number, rest: Partial<PromiseClause> = {}): PromiseClause =>
  ({ kind: 'errors', text: `errors < ${limit * 100}%`, limit: share(limit), ...rest }) as PromiseClause

const KNEE: PromiseClause = { kind: 'knee', text: 'knee > 100/s', above: perSecond(100) }

describe('in a closed model', () => {
  test('errors are judged over all of it: 125 of 3 750 are 3.3 %, and in the worst window 5 %', () => {
    const [held, broken] = verdictOn(errors(0.06), errors(0.03)).promises
    expect(held).toMatchObject({ held: true, measured: '3.33 % over 10 windows' })
    expect(broken).toMatchObject({ held: false, because: '125 of 3 750 requests failed' })
  })

  test('a window that breaks the promise beyond chance is named with its connections, since it has no rate', () => {
    // 50 of 5 500 are less than 1 %, but all of them are among the 500 of the last second.
    const seen = [steady(1, 1000), { connections: 8, good: [450], bad: 50 }]
    const result = closedResult(seen, { promises: [errors(0.01)] })
    expect(judge(result.plan, analyse(result), result).promises[0]).toMatchObject({
      held: false,
      measured: '10 % in the window from 5 s with 8 connections',
    })
  })

  test('a rate in another promise does not narrow what errors are judged over', () => {
    expect(verdictOn(errors(0.06), KNEE).promises[0]?.measured).toBe('3.33 % over 10 windows')
  })

  test.each<PromiseClause>([
    KNEE,
    { kind: 'onset', text: '502 onset > 100/s', status: '502', above: perSecond(100) },
    { kind: 'latency', text: 'mean < 1s', statistic: 'mean', limit: milliseconds(1000) },
    errors(0.5, { upTo: perSecond(800) }),
  ])('it cannot tell about $text, and says why', clause => {
    const { name, promises } = verdictOn(clause)
    expect(name).toBe('inconclusive')
    expect(promises[0]).toMatchObject({ held: null, measured: 'nothing' })
    expect(promises[0]?.because).toMatch(/a closed model /)
  })
})
