import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { partSeed } from '../../../src/units/part-seed.ts'
import { createRandom } from '../../../src/units/random.ts'

test('the first part has the seed itself, every other one a seed of its own, the same every time', () => {
  assert(
    property(integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), seed => {
      const seeds = Array.from({ length: 20 }, (_, part) => partSeed(seed, part))
      expect(seeds[0]).toBe(seed)
      expect(new Set(seeds).size).toBe(20)
      expect(seeds).toEqual(Array.from({ length: 20 }, (_, part) => partSeed(seed, part)))
    }),
    // Two equal ones among 19 of 2³² happen to one seed in 25 million.
    { numRuns: 100 },
  )
})

test('a part does not go through the numbers of another', () => {
  const drawn = (part: number): Set<number> => {
    const random = createRandom(partSeed(7, part))
    return new Set(Array.from({ length: 1000 }, () => random.uniform()))
  }
  const first = drawn(0)
  expect([...drawn(1), ...drawn(2)].filter(number => first.has(number))).toEqual([])
})
