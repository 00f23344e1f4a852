import { autocorrelation } from './autocorrelation.ts'
import { type Dispersion, dispersionOf } from './dispersion.ts'

/** Neighbours that make up for each other this much are two halves of one period. */
const ALTERNATING = -0.3
/** Fewer are not paired: little is left to tell a period from chance by. */
const FEWEST = 6

export interface ShrunkDispersion extends Dispersion {
  /** How many of the counts were added to one before their scatter was looked at: 1, 2, 4, … */
  readonly width: number
}

/**
 * Index of dispersion of the counts of a steady flow in windows of equal length, shrunk towards 1 as `dispersionOf` is. A
 * server that pauses in every other window makes the counts alternate, which says nothing about the scatter of
 * their sum; so neighbours are added as long as their autocorrelation is below −0.3. Of an odd number the first is dropped.
 *
 * The relative standard error of the mean count is `Math.sqrt(idc / total)`, whatever the width.
 */
export function shrunkDispersion(counts: readonly number[]): ShrunkDispersion {
  let summed = counts
  let width = 1
  while (summed.length >= FEWEST && autocorrelation(summed, 1) < ALTERNATING) {
    summed = paired(summed)
    width *= 2
  }
  const mean = summed.reduce((sum, count) => sum + count, 0) / Math.max(1, summed.length)
  const expected = summed.map(() => mean)
  return { ...dispersionOf(summed, expected), width }
}

function paired(counts: readonly number[]): number[] {
  const odd = counts.length % 2
  return Array.from(
    { length: (counts.length - odd) / 2 },
    (_, i) => counts[odd + 2 * i]! + counts[odd + 2 * i + 1]!,
  )
}
