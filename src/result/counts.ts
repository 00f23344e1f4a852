import { BUCKETS, bucketIndex, highestValueAt, lowestValueAt } from './histogram-layout.ts'

/** A histogram as counts by bucket of `histogram-layout.ts`: indices rise, counts are positive. */
export interface Counts {
  readonly indices: ArrayLike<number>
  readonly counts: ArrayLike<number>
}

export const NO_COUNTS: Counts = { indices: [], counts: [] }

/** Exact: equal layouts merge by adding. Order and grouping cannot matter; a property test says so. */
export function addCounts(parts: readonly Counts[]): Counts {
  const filled = parts.filter(part => part.indices.length > 0)
  if (filled.length === 0) return NO_COUNTS
  if (filled.length === 1) return filled[0]!
  const dense = new Float64Array(BUCKETS)
  for (const { indices, counts } of filled) {
    for (let i = 0; i < indices.length; i += 1) dense[indices[i]!]! += counts[i]!
  }
  return sparse(dense)
}

/** The non-empty buckets of a dense array of counts. */
export function sparse(dense: ArrayLike<number>, from = 0, to: number = dense.length): Counts {
  const indices: number[] = []
  const counts: number[] = []
  for (let i = from; i < to; i += 1) {
    if (dense[i]! > 0) {
      indices.push(i)
      counts.push(dense[i]!)
    }
  }
  return { indices, counts }
}

/** Counts of single values in µs; for tests and for small sets. */
export function countsOf(valuesUs: Iterable<number>): Counts {
  const dense = new Float64Array(BUCKETS)
  for (const value of valuesUs) dense[bucketIndex(value)]! += 1
  return sparse(dense)
}

export function totalCount({ counts }: Counts): number {
  let total = 0
  for (let i = 0; i < counts.length; i += 1) total += counts[i]!
  return total
}

/**
 * The value in µs that a share `q` of the recorded ones does not exceed: the upper edge of the bucket that holds
 * the ⌈q·n⌉-th, so it errs upwards, by 0.1 % at most. Undefined for an empty histogram.
 */
export function quantileUs({ indices, counts }: Counts, q: number): number | undefined {
  const total = totalCount({ indices, counts })
  if (total === 0) return undefined
  // q·n for q such as 0.99 may come out a hair above the whole number that is meant.
  const rank = Math.max(1, Math.ceil(q * total - 1e-9 * total))
  let seen = 0
  for (let i = 0; i < indices.length; i += 1) {
    seen += counts[i]!
    if (seen >= rank) return highestValueAt(indices[i]!)
  }
  return highestValueAt(indices[indices.length - 1]!)
}

/** Mean in µs, each value taken at the middle of its bucket. Undefined for an empty histogram. */
export function meanUs({ indices, counts }: Counts): number | undefined {
  let total = 0
  let sum = 0
  for (let i = 0; i < indices.length; i += 1) {
    const index = indices[i]!
    total += counts[i]!
    sum += ((lowestValueAt(index) + highestValueAt(index)) / 2) * counts[i]!
  }
  return total === 0 ? undefined : sum / total
}

/** How many values lie in buckets wholly above `limitUs`. */
export function countAbove({ indices, counts }: Counts, limitUs: number): number {
  const limit = bucketIndex(limitUs)
  let above = 0
  for (let i = 0; i < indices.length; i += 1) if (indices[i]! > limit) above += counts[i]!
  return above
}
