import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fewestFound, isFair, mostFalse, tallyOf } from '../../../src/compare/aa-tally.ts'
import type { AaTally } from '../../../src/compare/aa-tally.ts'
import type { Comparison } from '../../../src/compare/comparison.ts'
import { looksOf, orderOfPair } from '../../../src/compare/pair-series.ts'
import { findableChange } from '../../../src/compare/sensitivity.ts'

const signs = (pairs: number): number[] =>
  Array.from({ length: pairs }, (_, pair) => orderOfPair(pair)).flatMap(pair =>
    pair.map(side => (side === 'base' ? 1 : -1)),
  )
const moment = (runs: readonly number[], power: number): number =>
  runs.reduce((sum, sign, place) => sum + sign * place ** power, 0)

describe('the order of the runs', () => {
  test('is ABBA BAAB', () => {
    expect([0, 1, 2, 3].map(pair => orderOfPair(pair)[0])).toEqual(['base', 'candidate', 'candidate', 'base'])
  })

  test('takes a linear drift out after two pairs, and a quadratic one after four', () => {
    expect(moment(signs(2), 1)).toBe(0)
    expect([moment(signs(4), 1), moment(signs(4), 2)]).toEqual([0, 0])
  })
})

describe('the looks', () => {
  test('of up to twelve pairs spend 0.1, 0.4, 0.8 and 1.2 % of each side', () => {
    expect(looksOf(12, 0.025).map(({ pairs, perSide }) => [pairs, Number(perSide.toFixed(6))])).toEqual([
      [3, 0.001],
      [5, 0.004],
      [8, 0.008],
      [12, 0.012],
    ])
  })

  test('leave what is not spent early to the last one: of five pairs 2.4 %', () => {
    expect(looksOf(5, 0.025).map(({ pairs, perSide }) => [pairs, Number(perSide.toFixed(6))])).toEqual([
      [3, 0.001],
      [5, 0.024],
    ])
    expect(looksOf(2, 0.025)).toEqual([{ pairs: 2, perSide: 0.025 }])
  })

  test('together are wrong no more often than one', () => {
    assert(
      property(integer({ min: 2, max: 50 }), most => {
        const looks = looksOf(most, 0.025)
        expect(looks.at(-1)!.pairs).toBe(most)
        expect(looks.reduce((sum, { perSide }) => sum + perSide, 0)).toBeCloseTo(0.025, 12)
        expect(looks.every(({ perSide }) => perSide > 0)).toBe(true)
      }),
    )
  })
})

describe('an A/A test', () => {
  test('allows 10 of 200 false verdicts on a side and asks for 171 of 200 finds', () => {
    // 97.5 % point of Binomial(200, 2.5 %), 2.5 % point of Binomial(200, 90 %).
    expect([mostFalse(200), mostFalse(400), fewestFound(200)]).toEqual([10, 17, 171])
  })

  test('says which change would be found: margin 5 %, five pairs that scatter by 2.8 % find one of 10.5 %', () => {
    // ln 1.05 + (2.776 + 1.282)·0.028/√5 = 0.0488 + 0.0508 = 0.0996, and e^0.0996 − 1 = 10.5 %.
    expect(findableChange(0.028, 5, 0.025, Math.log(1.05))).toBeCloseTo(0.105, 3)
  })

  test('is unfair with 11 of 200 regressed, or 11 improved', () => {
    const tally = (regressed: number, improved: number): AaTally => ({
      comparisons: 200,
      verdicts: { regressed, improved, equivalent: 200 - regressed - improved, inconclusive: 0 },
      pairSd: null,
      findable: null,
    })
    expect([tally(10, 10), tally(11, 0), tally(0, 11)].map(isFair)).toEqual([true, false, false])
  })

  test('pools the scatter of the deciding metric: of 3 and 4 % it is √12.5 %', () => {
    const comparison = (sd: number): Comparison =>
      ({
        verdict: 'equivalent',
        primary: 'knee',
        metrics: [
          { id: 'p50@60%', sd: 9, margin: { change: 9 } },
          { id: 'knee', sd, margin: { change: Math.log(1.05) } },
        ],
      }) as unknown as Comparison
    const { verdicts, pairSd } = tallyOf([comparison(0.03), comparison(0.04)], 5)
    expect(verdicts).toEqual({ regressed: 0, improved: 0, equivalent: 2, inconclusive: 0 })
    expect(pairSd).toBeCloseTo(Math.sqrt(0.00125), 12)
  })
})
