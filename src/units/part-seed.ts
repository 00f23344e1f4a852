import { createRandom } from './random.ts'

/** Away from the streams that the parts themselves draw from their seed. */
const PARTS_STREAM = 100

/** The seed of the n-th part of a whole that goes on after a pause: another for each, the whole's own for the first. */
export function partSeed(seed: number, part: number): number {
  if (part === 0) return seed
  const random = createRandom(seed, PARTS_STREAM)
  let drawn = 0
  for (let i = 0; i < part; i += 1) drawn = Math.floor(random.pick() * 2 ** 32)
  return drawn
}
