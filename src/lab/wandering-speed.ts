import { standardNormal } from '../units/random.ts'
import type { Random } from '../units/random.ts'

/** The speed is drawn anew so often in the time in which half of it is forgotten. */
const DRAWS = 5
/** A server never goes slower than this, however unlucky the draw. */
const SLOWEST = 0.1

/**
 * A factor around 1 by a first-order autoregression with that standard deviation: x ← φx + √(1 − φ²)·σ·z on a grid of
 * `halfLife`/5, with φ⁵ = ½. Instants that are asked for, in s, may not go back.
 */
export function wanderingSpeed(random: Random, deviation: number, halfLife: number): (at: number) => number {
  const grid = halfLife / DRAWS
  const kept = 0.5 ** (1 / DRAWS)
  const fresh = Math.sqrt(1 - kept * kept) * deviation
  let drawn = deviation * standardNormal(random)
  let drawnUntil = grid
  return at => {
    while (at >= drawnUntil) {
      drawn = kept * drawn + fresh * standardNormal(random)
      drawnUntil += grid
    }
    return Math.max(SLOWEST, 1 + drawn)
  }
}
