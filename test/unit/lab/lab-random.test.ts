import { expect, test } from 'vitest'
import { labRandom } from '../../../src/lab/lab-random.ts'
import { createRandom } from '../../../src/units/random.ts'

/**
 * Two independent uniform series of n = 20 000 have a correlation of standard deviation 1/√n = 0.0071; a series that
 * is the other one again has 1.
 */
test('with the same seed the chance in a server has nothing of the chance in the load', () => {
  const n = 20_000
  for (const seed of [1, 2, 11]) {
    for (const stream of [0, 1, 2]) {
      const [load, server] = [createRandom(seed, stream), labRandom(seed, stream)]
      let [xy, xx, yy] = [0, 0, 0]
      for (let i = 0; i < n; i += 1) {
        const [x, y] = [load.uniform() - 0.5, server.uniform() - 0.5]
        xy += x * y
        xx += x * x
        yy += y * y
      }
      expect(Math.abs(xy / Math.sqrt(xx * yy))).toBeLessThan(5 / Math.sqrt(n))
    }
  }
})
