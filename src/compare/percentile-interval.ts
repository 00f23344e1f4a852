import { answerTimes } from '../analysis/window-record.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import { addCounts, quantileUs } from '../result/counts.ts'
import { autocorrelation } from '../statistics/autocorrelation.ts'
import { blockBootstrap } from '../statistics/block-bootstrap.ts'

/** In windows, each about a second. */
const SHORTEST_BLOCK = 5
const LEAST_BLOCKS = 12
const RESAMPLES = 500

export interface PercentileInterval {
  readonly lowUs: number
  readonly highUs: number
}

/**
 * 95 % interval of a percentile within one run, by a moving-block bootstrap over windows: blocks of 5 s, or three times the lag
 * at which windows forget each other. Says nothing of how far runs lie apart. Undefined where there are fewer than 12 blocks.
 */
export function percentileInterval(
  windows: readonly WindowRecord[],
  q: number,
): PercentileInterval | undefined {
  const items = windows.map(({ series }) => answerTimes(series)).filter(({ indices }) => indices.length > 0)
  const blockLength = Math.max(SHORTEST_BLOCK, 3 * forgetsAfter(items.map(item => quantileUs(item, q) ?? 0)))
  if (items.length - blockLength + 1 < LEAST_BLOCKS) return undefined
  const resampled = blockBootstrap(items, sample => quantileUs(addCounts(sample), q) ?? 0, {
    blockLength,
    replicates: RESAMPLES,
    seed: 1,
  })
  const at = (p: number): number => resampled[Math.round(p * (RESAMPLES - 1))]!
  return { lowUs: at(0.025), highUs: at(0.975) }
}

/** The first lag at which neighbours correlate by less than a tenth. */
function forgetsAfter(values: readonly number[]): number {
  for (let lag = 1; lag < values.length; lag += 1) if (autocorrelation(values, lag) < 0.1) return lag
  return values.length
}
