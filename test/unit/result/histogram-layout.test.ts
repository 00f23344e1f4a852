import { assert, integer, oneof, property } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import hdr from 'hdr-histogram-js'
import type { JsHistogram } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import {
  BUCKETS,
  HIGHEST_US,
  bucketIndex,
  highestValueAt,
  lowestValueAt,
} from '../../../src/result/histogram-layout.ts'

/** Values of every order of magnitude, and the neighbours of every power of two, where layouts change. */
const value: Arbitrary<number> = oneof(
  integer({ min: 0, max: 4096 }),
  integer({ min: 0, max: HIGHEST_US }),
  integer({ min: 0, max: 26 }).chain(power =>
    integer({ min: Math.max(0, 2 ** power - 2), max: 2 ** power + 2 }),
  ),
)

const reference = hdr.build({
  bitBucketSize: 32,
  lowestDiscernibleValue: 1,
  highestTrackableValue: HIGHEST_US,
  numberOfSignificantValueDigits: 3,
  useWebAssembly: false,
}) as JsHistogram

test('a value falls into the bucket that hdr-histogram-js puts it into', () => {
  assert(
    property(value, us => {
      reference.reset()
      reference.recordValue(us)
      const index = bucketIndex(us)
      expect(reference.getCountAtIndex(index)).toBe(1)
      expect(lowestValueAt(index)).toBe(reference.lowestEquivalentValue(us))
      expect(highestValueAt(index)).toBe(reference.highestEquivalentValue(us))
      expect(lowestValueAt(index)).toBe(reference.valueFromIndex(index))
    }),
    { numRuns: 1000 },
  )
})

test('buckets lie side by side from 0 up to the highest value, each within 0.1 % of its lowest', () => {
  const bucketOf = (us: number): number => bucketIndex(Math.min(us, HIGHEST_US))
  const misplaced: number[] = []
  let next = 0
  let widest = 0
  for (let index = 0; index < BUCKETS; index += 1) {
    const [low, high] = [lowestValueAt(index), highestValueAt(index)]
    if (low !== next || bucketOf(low) !== index || bucketOf(high) !== index) misplaced.push(index)
    widest = Math.max(widest, low === 0 ? 0 : (high - low) / low)
    next = high + 1
  }
  expect(misplaced).toEqual([])
  expect(widest).toBeLessThanOrEqual(0.001)
  expect(next).toBeGreaterThan(HIGHEST_US)
})

test('up to 2047 µs every microsecond has its own bucket', () => {
  expect([0, 1, 1023, 1024, 2047].map(bucketIndex)).toEqual([0, 1, 1023, 1024, 2047])
  expect(bucketIndex(2048)).toBe(bucketIndex(2049))
})

describe('values that are no whole number of microseconds in range', () => {
  test.each([
    [-1, 0],
    [-1e12, 0],
    [NaN, 0],
    [0.999, 0],
    [1.999, 1],
    [HIGHEST_US + 1, BUCKETS - 1],
    [2 ** 31, BUCKETS - 1],
    [2 ** 53, BUCKETS - 1],
    [Infinity, BUCKETS - 1],
  ])('%s falls into bucket %s', (us, expected) => expect(bucketIndex(us)).toBe(expected))
})
