import type { Client } from 'autocannon'
import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asClosedClient } from '../../../src/generator/closed-client.ts'
import { connectionsOf } from '../../../src/generator/closed-drive.ts'
import { WeightedTurns } from '../../../src/generator/closed-turns.ts'

const take = (turns: WeightedTurns, count: number): number[] =>
  Array.from({ length: count }, () => turns.next())
const tally = (taken: readonly number[], of: number): number => taken.filter(index => index === of).length

describe('turns by weight', () => {
  test('5 : 1 : 1 come spread out: a a b a c a a, and again', () => {
    const cycle = [0, 0, 1, 0, 2, 0, 0]
    expect(take(new WeightedTurns([5, 1, 1]), 14)).toEqual([...cycle, ...cycle])
  })

  test('over a whole cycle each comes as often as its weight says, wherever it begins', () => {
    const weights = array(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
    assert(
      property(weights, integer({ min: 0, max: 100 }), (parts, skip) => {
        const total = parts.reduce((sum, part) => sum + part, 0)
        const taken = take(new WeightedTurns(parts, skip), total)
        expect(parts.map((_, i) => tally(taken, i))).toEqual(parts)
      }),
    )
  })

  test('at no time is one more than one turn from its share', () => {
    const taken = take(new WeightedTurns([8, 3, 1]), 1200)
    for (let count = 1; count <= taken.length; count += 1) {
      const seen = taken.slice(0, count)
      for (const [index, weight] of [8, 3, 1].entries())
        expect(Math.abs(tally(seen, index) - (count * weight) / 12)).toBeLessThan(1)
    }
  })

  test('weights need not be whole: 0.5 : 1.5 is one of four', () => {
    expect(tally(take(new WeightedTurns([0.5, 1.5]), 400), 0)).toBe(100)
  })
})

describe('the connections of a stage', () => {
  test('5 over 2 workers are 3 and 2; 1 over 2 are 1 and none', () => {
    const shares = (connections: number): number[] =>
      [0, 1].map(index => connectionsOf({ connections }, { index, count: 2 }))
    expect([shares(5), shares(1)]).toEqual([
      [3, 2],
      [1, 0],
    ])
  })

  test('shared among any number of workers add up to all of them, and differ by one at most', () => {
    assert(
      property(integer({ min: 1, max: 10_000 }), integer({ min: 1, max: 64 }), (connections, count) => {
        const shares = Array.from({ length: count }, (_, index) =>
          connectionsOf({ connections }, { index, count }),
        )
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(connections)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test('an autocannon that is made otherwise inside is refused rather than counted wrongly', () => {
  expect(() => asClosedClient({ on: () => {} } as unknown as Client)).toThrow(/install autocannon 9\.0/)
})
