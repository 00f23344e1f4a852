import { createRandom } from '../units/random.ts'

export interface Resampling {
  readonly blockLength: number
  readonly replicates: number
  readonly seed: number
}

/**
 * The statistic of many resamples of a sequence, sorted. Whole blocks of neighbours are drawn, so that what
 * makes neighbours alike stays in the resample: moving-block bootstrap (Künsch, Annals of Statistics 17(3), 1989).
 */
export function blockBootstrap<Item>(
  items: readonly Item[],
  statistic: (sample: readonly Item[]) => number,
  { blockLength, replicates, seed }: Resampling,
): number[] {
  const random = createRandom(seed)
  const length = Math.min(blockLength, items.length)
  const starts = items.length - length + 1
  return Array.from({ length: replicates }, () => {
    const sample: Item[] = []
    while (sample.length < items.length) {
      const start = Math.floor(random.pick() * starts)
      sample.push(...items.slice(start, start + length))
    }
    return statistic(sample.slice(0, items.length))
  }).sort((a, b) => a - b)
}
