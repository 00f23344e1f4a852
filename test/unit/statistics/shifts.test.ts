import tQuantileOracle from '@stdlib/stats-base-dists-t-quantile'
import { array, assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceInterval } from '../../../src/statistics/difference-interval.ts'
import { holm } from '../../../src/statistics/holm.ts'
import {
  pairedShift,
  predictedShift,
  shiftBounds,
  tailAbove,
  welchShift,
} from '../../../src/statistics/location-shift.ts'
import { mannWhitney } from '../../../src/statistics/mann-whitney.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { rankSumAbove, shiftWithInterval } from '../../../src/statistics/rank-sum.ts'
import { runsForHalfWidth } from '../../../src/statistics/runs-for-half-width.ts'
import { shareDifferenceError } from '../../../src/statistics/share-difference-error.ts'
import { signedRankAbove } from '../../../src/statistics/signed-rank.ts'
import { tTail } from '../../../src/statistics/t-tail.ts'
import { createRandom } from '../../../src/units/random.ts'

const value = double({ min: -100, max: 100, noNaN: true })

describe('the tail of Student’s t', () => {
  test('undoes the quantile of an implementation that shares no line with it', () => {
    const share = double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
    assert(
      property(share, double({ min: 1, max: 500, noNaN: true }), (p, df) => {
        expect(tTail(tQuantileOracle(1 - p, df), df)).toBeCloseTo(p, 9)
      }),
    )
  })

  test('is that of Cauchy for one degree: ½ − atan(t)/π', () => {
    for (const t of [-3, -0.5, 0, 1, 20]) expect(tTail(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 12)
    expect(tTail(Infinity, 1)).toBe(0)
  })
})

describe('shifts', () => {
  test('within the pairs 1, 2, 3: mean 2, error √(1/3), two degrees', () => {
    expect(pairedShift([1, 2, 3])).toEqual({ value: 2, error: expect.closeTo(Math.sqrt(1 / 3), 14), df: 2 })
  })

  test('Welch: 1, 2, 3 and 5, 9 lie 5 apart, error √(1/3 + 8/2), degrees (1/3 + 4)²/(1/18 + 16)', () => {
    const { value, error, df } = welchShift([1, 2, 3], [5, 9])
    expect(value).toBeCloseTo(5, 14)
    expect(error).toBeCloseTo(Math.sqrt(13 / 3), 14)
    expect(df).toBeCloseTo((13 / 3) ** 2 / (1 / 18 + 16), 12)
  })

  test('Welch of equal spreads and sizes has all 2n − 2 degrees', () => {
    expect(welchShift([1, 2, 3], [11, 12, 13]).df).toBeCloseTo(4, 12)
  })

  test('the next of 1, 2, 3: error √(1 + 1/3)', () => {
    expect(predictedShift([1, 2, 3], 5)).toEqual({
      value: 3,
      error: expect.closeTo(Math.sqrt(4 / 3), 14),
      df: 2,
    })
  })

  test('a bound is above a limit exactly when the claim’s p is below its α', () => {
    assert(
      property(array(value, { minLength: 2, maxLength: 9 }), value, (values, limit) => {
        const shift = pairedShift(values)
        const { low } = shiftBounds(shift, 0.025)
        if (Math.abs(low - limit) < 1e-9) return
        expect(tailAbove(shift, limit) < 0.025).toBe(low > limit)
      }),
    )
  })

  test('without any scatter a claim holds or does not', () => {
    const shift = pairedShift([0, 0, 0])
    expect([tailAbove(shift, -1), tailAbove(shift, 0), tailAbove(shift, 1)]).toEqual([0, 1, 1])
    expect(shiftBounds(shift, 0.025)).toEqual({ low: 0, high: 0 })
  })

  test('the next run lies outside its 95 % in 5 % of the cases', () => {
    const random = createRandom(31)
    const draw = (): number => normalQuantile(random.uniform() * (1 - 1e-12))
    const outside = Array.from({ length: 2000 }, () => {
      const earlier = Array.from({ length: 8 }, draw)
      const { low, high } = shiftBounds(predictedShift(earlier, draw()), 0.025)
      return low > 0 || high < 0
    }).filter(Boolean).length
    // Binomial(2000, 0.05): 100 ± 3·9.7.
    expect(Math.abs(outside - 100)).toBeLessThan(30)
  })
})

test.each([
  [2, 3, 5],
  [3, 5, 4],
  [3, 3, 7],
  [5, 5, 7],
  [10, 5, 18],
])('pairs that scatter by %f % are known to within %f % after %i of them', (sd, half, pairs) => {
  expect(runsForHalfWidth({ sd, half, perSide: 0.025 })).toBe(pairs)
})

test('nothing is known to within nothing, and not after a thousand runs either', () => {
  expect(runsForHalfWidth({ sd: 1, half: 0, perSide: 0.025 })).toBeUndefined()
  expect(runsForHalfWidth({ sd: 1, half: 0.001, perSide: 0.025 })).toBeUndefined()
})

describe('Holm', () => {
  test('0.01, 0.04, 0.03 become 3·0.01, and 2·0.03 for both others', () => {
    const [a, b, c] = holm([0.01, 0.04, 0.03])
    expect([a, b, c].map(p => Number(p!.toFixed(12)))).toEqual([0.03, 0.06, 0.06])
  })

  test('lies between p and m·p, keeps the order, and never exceeds 1', () => {
    assert(
      property(array(double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), ps => {
        const adjusted = holm(ps)
        ps.forEach((p, i) => {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(p)
          expect(adjusted[i]!).toBeLessThanOrEqual(Math.min(1, ps.length * p) + 1e-15)
          const atMost = ps.map((q, j) => (p < q ? adjusted[j]! : 1))
          expect(adjusted[i]!).toBeLessThanOrEqual(Math.min(...atMost))
        })
      }),
    )
  })
})

describe('signed ranks', () => {
  test('five values above the limit: one way in 2⁵', () => {
    expect(signedRankAbove([1, 2, 3, 4, 5], 0)).toBe(1 / 32)
    expect(signedRankAbove([1, 2, 3, 4, 5], 10)).toBe(1)
  })

  test('−1, 2, 3: W = 5, which 5 and 6 of {0 … 6} reach: 2 ways in 8', () => {
    expect(signedRankAbove([-1, 2, 3], 0)).toBe(2 / 8)
  })
})

describe('rank sums', () => {
  test('three above three: one way in (6 over 3) = 20', () => {
    expect(rankSumAbove([1, 2, 3], [4, 5, 6])).toBe(1 / 20)
    expect(rankSumAbove([1, 2, 3], [4, 5, 6], 10)).toBe(1)
  })

  test('is half of the two-sided p of the other file where no values are equal', () => {
    const distinct = array(integer({ min: 0, max: 1e6 }), { minLength: 4, maxLength: 9 })
    assert(
      property(distinct, integer({ min: 1, max: 3 }), (values, cut) => {
        const all = [...new Set(values)]
        if (all.length < 4) return
        const [a, b] = [all.slice(0, cut), all.slice(cut)]
        const { u, p } = mannWhitney(b, a)
        if (u <= (a.length * b.length) / 2) return
        expect(rankSumAbove(a, b)).toBeCloseTo(p / 2, 12)
      }),
    )
  })

  test('ends may be unknown: of four differences two are above, which 4 of 6 ways reach; ∞ − ∞ is not', () => {
    expect(rankSumAbove([-Infinity, 1], [Infinity, -Infinity])).toBeCloseTo(4 / 6, 12)
    expect(rankSumAbove([Infinity], [Infinity])).toBe(1)
  })

  test('the shift of four values by 10 has all 16 differences between its ends, at 1 − 2/70', () => {
    const shift = shiftWithInterval([1, 2, 3, 4], [11, 12, 13, 14])
    expect(shift).toEqual({ value: 10, low: 7, high: 13, confidence: expect.closeTo(1 - 2 / 70, 14) })
  })

  test('five and five at 95 %: the third difference from either end, P(U ≤ 2) = 4/252', () => {
    const a = [0, 1, 2, 3, 4]
    const b = [100, 110, 120, 130, 140]
    const differences = b.flatMap(y => a.map(x => y - x)).sort((x, y) => x - y)
    expect(shiftWithInterval(a, b)).toMatchObject({
      low: differences[2],
      high: differences[22],
      confidence: expect.closeTo(1 - (2 * 4) / 252, 14),
    })
  })
})

test('the difference of 10 (8 to 13) and 20 (16 to 22): ends move by √(4² + 3²) and √(2² + 2²)', () => {
  expect(differenceInterval({ value: 10, low: 8, high: 13 }, { value: 20, low: 16, high: 22 })).toEqual({
    value: 10,
    low: 5,
    high: 10 + Math.sqrt(8),
  })
})

test('no errors in 998 and in 498 requests: p = 1/1000 and 1/500 stand in for them', () => {
  const error = shareDifferenceError({ hits: 0, of: 998 }, { hits: 0, of: 498 })
  expect(error).toBeCloseTo(Math.sqrt((0.001 * 0.999) / 1000 + (0.002 * 0.998) / 500), 14)
})
