import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { packTick } from '../../../src/generator/pack-counts.ts'
import { BUCKETS } from '../../../src/result/histogram-layout.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { QUIET_TICK } from '../../support/quiet-tick.ts'

test('counts cross a thread as flat arrays of the same numbers, the largest bucket included', () => {
  assert(
    property(array(integer({ min: 0, max: 200_000_000 }), { maxLength: 200 }), values => {
      const response = countsOf([...values, 120_000_000])
      const tick = { ...QUIET_TICK, response }
      const packed = structuredClone(packTick(tick))
      expect(Array.from(packed.response.indices)).toEqual(Array.from(response.indices))
      expect(Array.from(packed.response.counts)).toEqual(Array.from(response.counts))
      expect(packed.response.indices).toBeInstanceOf(Uint16Array)
      expect(Array.from(packed.response.indices).at(-1)).toBe(BUCKETS - 1)
    }),
  )
})
