import { addCounts } from '../../result/counts.ts'
import { formatDuration, formatRate, formatShare } from '../../units/format.ts'
import { sustainedFrom } from '../dose-response.ts'
import { TOLERATED_ERRORS } from '../holds.ts'
import { latencyModeUs } from '../latency-mode.ts'
import { sustainedOnset } from '../sustained-onset.ts'
import type { OnsetCase } from '../sustained-onset.ts'

export interface SearchOnsetCase extends Omit<OnsetCase, 'firstSeenRps'> {
  /** What part of all errors is this one. */
  readonly shareOfErrors: number
}

type Sustained = ReturnType<typeof sustainedOnset>

const NEARLY_ALL = 0.8

/**
 * The rate above which a constant load would meet it, as a search shows it. Behind a timeout, in a collapse and where the
 * search bracketed the errors themselves that is the knee; else what the windows above and below lose says it.
 */
export function searchSustainedOnset(onset: SearchOnsetCase): Sustained {
  // A search jumps from rate to rate: where it was first seen says nothing about a buffer.
  if (onset.knee.throughput === undefined) return fromEdge(onset)
  return fromKnee(onset) ?? sustainedOnset({ ...onset, firstSeenRps: 0 })
}

/** Without a knee nothing tells a collapse from a capacity: between the highest rate without it and the lowest with it. */
function fromEdge({ doses, p0 }: SearchOnsetCase): Sustained {
  const from = sustainedFrom(doses, p0) ?? 0
  const high = doses[from]!.rate
  const low = doses.slice(0, from).findLast(({ rate }) => rate < high)?.rate ?? null
  return {
    rps: low === null ? high : (low + high) / 2,
    low,
    high,
    because: `between ${low === null ? 'zero' : formatRate(low)}, the highest rate that did not meet it, and ${formatRate(high)}`,
  }
}

function fromKnee({
  knee: { throughput, crossing },
  hits,
  shareOfErrors,
}: SearchOnsetCase): Sustained | undefined {
  if (throughput === undefined) return undefined
  const { c: rps, low, high, collapse } = throughput
  const timeout = latencyModeUs(addCounts(hits.map(({ responseTimes }) => responseTimes)))
  if (timeout !== undefined)
    return {
      rps,
      low,
      high,
      because: `the backlog begins to grow at ${formatRate(rps)}; a timeout of ${formatDuration(timeout * 1e3)} hides it until waits have grown to that`,
    }
  if (collapse !== undefined)
    return { rps, low, high, because: `beyond ${formatRate(rps)} good answers collapse` }
  if (crossing === undefined || shareOfErrors < NEARLY_ALL) return undefined
  return {
    rps,
    low,
    high,
    because: `holds below and above bracket where it exceeds the baseline by ${formatShare(TOLERATED_ERRORS)}`,
  }
}
