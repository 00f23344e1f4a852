import { figuresOf } from '../analysis/figures.ts'
import { risingRecords } from '../analysis/levels.ts'
import { settledRecords } from '../analysis/search/settled-records.ts'
import type { SeriesRecord, WindowRecord } from '../analysis/window-record.ts'
import { addCounts, meanUs } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import type { Result } from '../result/result.ts'

/** Loads at which response times count as those just below the knee, as shares of it. */
const BAND = { from: 0.85, to: 1 } as const

export interface NearKnee {
  readonly records: readonly WindowRecord[]
  /** In s; null without windows. */
  readonly mean: number | null
  readonly p99: number | null
}

/** Windows before an overload or well after it: what waits from one would be counted as a lower load's doing. */
export const calmRecords = (
  { search }: Pick<Result, 'search'>,
  all: readonly WindowRecord[],
): readonly WindowRecord[] => (search === undefined ? risingRecords(all) : settledRecords(search, all))

/**
 * Windows just below the knee. Those in which the generator was the limit, or its lateness shows, do not count.
 */
export function nearKnee(settled: readonly WindowRecord[], knee: number): NearKnee {
  const records = settled.filter(
    ({ rate, limits, blurred, cut, stage }) =>
      rate >= BAND.from * knee &&
      rate <= BAND.to * knee &&
      limits.length === 0 &&
      !blurred &&
      !cut &&
      !stage.warmup,
  )
  if (records.length === 0) return { records, mean: null, p99: null }
  const { responseTimeMs } = figuresOf(records)
  return { records, mean: inSeconds(responseTimeMs.mean), p99: inSeconds(responseTimeMs.p99) }
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000)

/** A load at which hardly any request waits for another, as a share of the knee. */
const QUIET = 1 / 3

/** Service times of good answers at a low load, in µs; null without windows of one. */
export function quietServiceTimes(all: readonly WindowRecord[], knee: number): Counts | null {
  const quiet = all.filter(
    ({ rate, limits, blurred, cut, stage }) =>
      rate > 0 && rate <= QUIET * knee && limits.length === 0 && !blurred && !cut && !stage.warmup,
  )
  const times = quiet.flatMap(({ series }) =>
    series.flatMap(({ good, serviceTimes }) => (good ? serviceTimes : [])),
  )
  const counts = addCounts(times)
  return counts.indices.length === 0 ? null : counts
}

/** Mean of the response times of good answers, in s; null where there is none. */
export function meanResponseTime(series: readonly SeriesRecord[]): number | null {
  const us = meanUs(addCounts(series.filter(({ good }) => good).map(({ responseTimes }) => responseTimes)))
  return us === undefined ? null : us / 1e6
}
