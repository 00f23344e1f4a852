import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lruHitRatio, ttlCache, zipfShares } from '../../../src/statistics/cache-hits.ts'
import { erlangB, erlangC } from '../../../src/statistics/erlang.ts'

describe('Erlang', () => {
  test.each([
    [8, 6.4, 0.457645],
    [8, 7.2, 0.701533],
    [4, 3.2, 0.596432],
  ])('C(%s, %s) is %s', (servers, load, waits) => expect(erlangC(servers, load)).toBeCloseTo(waits, 6))

  test('B(8, 3.12756) is 1 %, B(1, a) is a/(1 + a), and without servers all are lost', () => {
    expect(erlangB(8, 3.12756)).toBeCloseTo(0.01, 7)
    expect(erlangB(1, 3)).toBeCloseTo(0.75, 14)
    expect(erlangB(0, 3)).toBe(1)
  })

  test('B is (a^c/c!) / Σ aᵏ/k!, and C is (a^c/c!)/(1 − ρ) / (Σ_{k<c} aᵏ/k! + (a^c/c!)/(1 − ρ))', () => {
    assert(
      property(
        integer({ min: 1, max: 20 }),
        double({ min: 0.01, max: 0.99, noNaN: true }),
        (servers, busy) => {
          const load = servers * busy
          let term = 1
          let before = 0
          for (let k = 1; k <= servers; k += 1) {
            before += term
            term *= load / k
          }
          expect(erlangB(servers, load)).toBeCloseTo(term / (before + term), 12)
          expect(erlangC(servers, load)).toBeCloseTo(term / (1 - busy) / (before + term / (1 - busy)), 12)
        },
      ),
    )
  })

  test('C(1, ρ) is ρ; from ρ = 1 on all have to wait', () => {
    expect(erlangC(1, 0.37)).toBeCloseTo(0.37, 14)
    expect([erlangC(4, 4), erlangC(4, 9)]).toEqual([1, 1])
  })
})

describe('a cache of the least recently used', () => {
  test('keeps room/objects of what is asked for alike', () => {
    expect(lruHitRatio(zipfShares(0, 1000), 250)).toBeCloseTo(0.25, 10)
  })

  test('with room for none hits nothing, with room for all everything', () => {
    expect([0, 50, 60].map(room => lruHitRatio(zipfShares(1, 50), room))).toEqual([0, 1, 1])
  })

  /** Fricker, Robert and Roberts's setting: Zipf's law over 10⁵ objects. */
  test.each([
    [0.6, 100, 0.008],
    [0.8, 1000, 0.204],
    [1, 10_000, 0.737],
    [1.2, 50_000, 0.979],
  ])('Zipf %s, room for %s of 100 000: %s', (exponent, room, hits) =>
    expect(lruHitRatio(zipfShares(exponent, 100_000), room)).toBeCloseTo(hits, 3),
  )

  test('hits more with more room', () => {
    const shares = zipfShares(0.9, 200)
    assert(
      property(integer({ min: 0, max: 199 }), room => {
        expect(lruHitRatio(shares, room + 1)).toBeGreaterThan(lruHitRatio(shares, room))
      }),
    )
  })
})

describe('a cache with a time to live', () => {
  const rates = (perSecond: number): number[] => zipfShares(0.9, 10_000).map(share => share * perSecond)

  test('of 60 s, asked once a minute for one object: every other is a hit', () => {
    expect(ttlCache([1 / 60], 60)).toEqual({
      hitRatio: expect.closeTo(0.5, 14),
      originRate: expect.closeTo(1 / 120, 14),
    })
  })

  test('at 1000/s over 10 000 objects hits 88.8 %; 20 places without a shield 55.6 % and fetch 444/s', () => {
    const one = ttlCache(rates(1000), 60)
    expect([one.hitRatio, one.originRate]).toEqual([expect.closeTo(0.888, 3), expect.closeTo(112, 0)])
    const twentieth = ttlCache(rates(50), 60)
    expect([twentieth.hitRatio, 20 * twentieth.originRate]).toEqual([
      expect.closeTo(0.556, 3),
      expect.closeTo(444, 0),
    ])
  })

  test('nobody asks has no hits', () => {
    expect(ttlCache([0, 0], 60)).toEqual({ hitRatio: 0, originRate: 0 })
  })
})
