const BATCH = 5
/** Batches that any cut must leave: the variance of the mean of fewer is next to nothing by chance. */
const FEWEST_LEFT = 5

/** Where a warm-up ends. */
export interface WarmUpCut {
  /** How many of the values belong to it. */
  readonly discard: number
  /** False when the sequence never settles, or not before its second half: then no part of it is steady. */
  readonly steady: boolean
}

/**
 * MSER-5: cuts off the beginning so that the rest has the least squared standard error of its mean, in batches of five values
 * (White, Simulation 69(6), 1997; White, Cobb and Spratt, Winter Simulation Conference 2000). A cut beyond the
 * middle is refused: what is left might as well be on its way.
 */
export function mser5(values: readonly number[]): WarmUpCut {
  const batches = batchMeans(values)
  let best = { cut: 0, error: Infinity }
  // From the end, mean and sum of squares by Welford's update.
  let mean = 0
  let squares = 0
  for (let cut = batches.length - 1; cut >= 0; cut -= 1) {
    const left = batches.length - cut
    const off = batches[cut]! - mean
    mean += off / left
    squares += off * (batches[cut]! - mean)
    const error = squares / left ** 2
    if (left >= FEWEST_LEFT && error <= best.error) best = { cut, error }
  }
  const enough = batches.length >= 2 * FEWEST_LEFT
  return { discard: best.cut * BATCH, steady: enough && best.cut <= batches.length / 2 }
}

function batchMeans(values: readonly number[]): number[] {
  return Array.from({ length: Math.floor(values.length / BATCH) }, (_, i) => {
    const batch = values.slice(i * BATCH, (i + 1) * BATCH)
    return batch.reduce((sum, value) => sum + value, 0) / BATCH
  })
}
