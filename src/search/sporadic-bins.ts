import { poissonQuantile } from '../statistics/poisson.ts'
import type { Bin } from './bin.ts'

/** A bin with more bad answers than all but this share of its like would have. */
const SURELY = 0.9999
/** An outage: most answers are bad. */
const SEVERE = 0.5
/** A longer run is no blip, s. */
const LONGEST_RUN = 5
/** More of a step than this is not sporadic. */
const MOST = 1 / 3

export interface SporadicBins {
  readonly sporadic: readonly Bin[]
  /** Those of runs in which most answers are bad at some time. */
  readonly outage: readonly Bin[]
  /** The step ends in such bins, few enough that it may yet turn out to be an outage. */
  readonly pending: boolean
}

/**
 * Short runs of bins that stick out by their bad answers while the load stays the same. What load brings about is spread; a
 * restart or a hiccup is clumped, and says nothing of capacity. Where a full buffer refuses, losses come in clumps
 * too; so unless the target is known to queue without end, only outages count.
 */
export function sporadicBins(bins: readonly Bin[], tolerated: number, queues: boolean): SporadicBins {
  const typical = lowerQuartile(bins.filter(({ valid }) => valid).map(badShare))
  const limit = Math.max(tolerated, 3 * typical)
  const sticksOut = (bin: Bin): boolean => {
    const bad = bin.ended - bin.good
    if (!bin.valid || badShare(bin) <= limit) return false
    return queues ? bad > poissonQuantile(SURELY, bin.ended * limit) : badShare(bin) > SEVERE
  }
  const runs: Bin[][] = [[]]
  for (const bin of bins) {
    if (sticksOut(bin)) runs.at(-1)!.push(bin)
    else if (runs.at(-1)!.length > 0) runs.push([])
  }
  const last = runs.pop()!
  const short = runs.filter(run => run.length <= LONGEST_RUN)
  const sporadic = short.flat()
  // One run that is over is no load, however short the step; several make a pattern.
  if (short.length > 1 && sporadic.length > bins.length * MOST) return NONE
  const outage = short.filter(run => run.some(bin => badShare(bin) > SEVERE)).flat()
  const normal = bins.length - sporadic.length - last.length
  return { sporadic, outage, pending: last.length > 0 && last.length <= LONGEST_RUN && normal > 0 }
}

const NONE: SporadicBins = { sporadic: [], outage: [], pending: false }

const badShare = ({ ended, good }: Bin): number => (ended === 0 ? 0 : (ended - good) / ended)

/** What load brings about is in every bin, so the quieter ones show it, too. */
function lowerQuartile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 4)] ?? 0
}
