import { array, assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  NO_COUNTS,
  addCounts,
  countAbove,
  countsOf,
  meanUs,
  quantileUs,
  totalCount,
} from '../../../src/result/counts.ts'
import { HIGHEST_US } from '../../../src/result/histogram-layout.ts'

const values = array(integer({ min: 0, max: HIGHEST_US }), { maxLength: 60 })

describe('adding', () => {
  test('is associative and commutative, and equals counting all values together', () => {
    assert(
      property(values, values, values, (x, y, z) => {
        const [a, b, c] = [countsOf(x), countsOf(y), countsOf(z)]
        const all = countsOf([...x, ...y, ...z])
        expect(addCounts([a, b, c])).toEqual(all)
        expect(addCounts([addCounts([a, b]), c])).toEqual(all)
        expect(addCounts([a, addCounts([b, c])])).toEqual(all)
        expect(addCounts([c, a, b])).toEqual(all)
      }),
    )
  })

  test('nothing gives nothing', () => {
    expect(addCounts([])).toEqual(NO_COUNTS)
    expect(addCounts([NO_COUNTS, countsOf([])])).toEqual(NO_COUNTS)
  })

  test('leaves its parts as they were', () => {
    const a = countsOf([5, 5, 7])
    addCounts([a, countsOf([5])])
    expect(a).toEqual({ indices: [5, 7], counts: [2, 1] })
  })
})

describe('of the values 1, 2, … 1000 µs', () => {
  const counts = countsOf(Array.from({ length: 1000 }, (_, i) => i + 1))

  test.each([
    [0, 1],
    [0.001, 1],
    [0.0011, 2],
    [0.5, 500],
    [0.9, 900],
    [0.95, 950],
    [0.99, 990],
    [0.999, 999],
    [0.9991, 1000],
    [1, 1000],
  ])('the quantile %s is %s µs', (q, expected) => expect(quantileUs(counts, q)).toBe(expected))

  test('the mean is 500.5 µs', () => expect(meanUs(counts)).toBe(500.5))

  test.each([
    [0, 1000],
    [990, 10],
    [999, 1],
    [1000, 0],
    [1e12, 0],
  ])('above %s µs lie %s', (limit, expected) => expect(countAbove(counts, limit)).toBe(expected))
})

test('quantiles, mean and total of nothing', () => {
  expect(quantileUs(NO_COUNTS, 0.5)).toBeUndefined()
  expect(meanUs(NO_COUNTS)).toBeUndefined()
  expect(totalCount(NO_COUNTS)).toBe(0)
  expect(countAbove(NO_COUNTS, 0)).toBe(0)
})

test('a value inside a wide bucket counts as not above a limit in the same bucket', () => {
  // From 4096 µs on, buckets are 4 µs wide: 4096 to 4099 are one.
  const counts = countsOf([4096, 4099, 4100])
  expect(countAbove(counts, 4096)).toBe(1)
  expect(countAbove(counts, 4099)).toBe(1)
  expect(countAbove(counts, 4095)).toBe(3)
})

test('a quantile is the value at its rank or up to 0.1 % above it, the mean within 0.05 %', () => {
  const someValues = array(integer({ min: 1, max: HIGHEST_US }), { minLength: 1, maxLength: 200 })
  assert(
    property(someValues, double({ min: 0, max: 1, noNaN: true }), (us, q) => {
      const sorted = us.toSorted((a, b) => a - b)
      const exact = sorted[Math.max(1, Math.ceil(q * us.length - 1e-9)) - 1]!
      const found = quantileUs(countsOf(us), q)!
      expect(found).toBeGreaterThanOrEqual(exact)
      expect(found).toBeLessThanOrEqual(exact * 1.001)
      const mean = us.reduce((sum, x) => sum + x, 0) / us.length
      expect(Math.abs(meanUs(countsOf(us))! - mean)).toBeLessThanOrEqual(mean * 0.0005)
      expect(totalCount(countsOf(us))).toBe(us.length)
    }),
  )
})
