import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { DenseHistogram } from '../../../src/recording/dense-histogram.ts'
import { countsOf } from '../../../src/result/counts.ts'

test('gives what was recorded since it was last taken, and nothing twice', () => {
  const histogram = new DenseHistogram()
  const values = array(integer({ min: 0, max: 200_000_000 }), { maxLength: 30 })
  assert(
    property(values, us => {
      for (const value of us) histogram.record(value)
      expect(histogram.take()).toEqual(countsOf(us))
      expect(histogram.take()).toEqual(countsOf([]))
    }),
  )
})
