import { array, assert, constant, integer, oneof, property } from 'fast-check'
import hdr from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { NO_COUNTS, addCounts, countsOf, quantileUs, sparse } from '../../../src/result/counts.ts'
import type { Counts } from '../../../src/result/counts.ts'
import { BUCKETS, HIGHEST_US } from '../../../src/result/histogram-layout.ts'
import { decodeHistogram, encodeHistogram } from '../../../src/result/histogram.ts'

const counts = array(
  integer({ min: 0, max: BUCKETS - 1 }).chain(index =>
    integer({ min: 1, max: 2 ** 31 - 1 }).map(count => [index, count] as const),
  ),
  { maxLength: 40 },
).map((pairs): Counts => {
  const dense = new Float64Array(BUCKETS)
  for (const [index, count] of pairs) dense[index] = count
  return sparse(dense)
})
const values = array(oneof(integer({ min: 0, max: 5000 }), integer({ min: 0, max: HIGHEST_US })), {
  minLength: 1,
  maxLength: 100,
})

test('what is encoded is decoded to the same counts, bucket by bucket', () => {
  assert(
    property(counts, each => {
      expect(decodeHistogram(encodeHistogram(each))).toEqual(each)
    }),
  )
})

test('equal counts have equal texts, however they were put together and whatever was encoded before', () => {
  assert(
    property(values, values, (x, y) => {
      const merged = encodeHistogram(addCounts([countsOf(y), countsOf(x)]))
      encodeHistogram(countsOf([HIGHEST_US]))
      expect(encodeHistogram(countsOf([...x, ...y]))).toBe(merged)
    }),
  )
})

test('nothing is the empty text', () => {
  expect(encodeHistogram(NO_COUNTS)).toBe('')
  expect(decodeHistogram('')).toEqual(NO_COUNTS)
})

test('hdr-histogram-js reads the text: same total, percentiles, mean and maximum', () => {
  assert(
    property(values, us => {
      const ours = countsOf(us)
      const theirs = hdr.decodeFromCompressedBase64(encodeHistogram(ours), 32, false)
      expect(theirs.totalCount).toBe(us.length)
      for (const percent of [50, 75, 90, 95, 99, 99.9, 100]) {
        expect(theirs.getValueAtPercentile(percent)).toBe(quantileUs(ours, percent / 100))
      }
      expect(theirs.maxValue).toBe(quantileUs(ours, 1))
    }),
  )
})

test('a text that hdr-histogram-js wrote is read', () => {
  const theirs = hdr.build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2,
    numberOfSignificantValueDigits: 3,
  })
  theirs.autoResize = true
  const us = [1, 1, 2048, 2049, 70_000, 119_999_999]
  for (const value of us) theirs.recordValue(value)
  expect(decodeHistogram(hdr.encodeIntoCompressedBase64(theirs))).toEqual(countsOf(us))
})

describe('a text that is no such histogram is refused', () => {
  const coarse = hdr.build({ highestTrackableValue: HIGHEST_US, numberOfSignificantValueDigits: 2 })
  coarse.recordValue(5000)
  const wide = hdr.build({ highestTrackableValue: HIGHEST_US * 100, numberOfSignificantValueDigits: 3 })
  wide.recordValue(HIGHEST_US * 50)
  test.each([
    ['not base64', '%%%'],
    ['base64 of something else', 'aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ='],
    ['cut short', encodeHistogram(countsOf([1, 2, 3])).slice(0, 12)],
    ['fewer significant digits', hdr.encodeIntoCompressedBase64(coarse)],
    ['values beyond the range', hdr.encodeIntoCompressedBase64(wide)],
  ])('%s', (_, text) => expect(() => decodeHistogram(text)).toThrow(Error))
})

test('the top bucket holds whatever is larger', () => {
  assert(
    property(oneof(constant(Infinity), integer({ min: HIGHEST_US, max: Number.MAX_SAFE_INTEGER })), us => {
      expect(decodeHistogram(encodeHistogram(countsOf([us])))).toEqual({
        indices: [BUCKETS - 1],
        counts: [1],
      })
    }),
  )
})
