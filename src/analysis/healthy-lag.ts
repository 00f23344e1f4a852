import { addCounts, quantileUs } from '../result/counts.ts'
import { lowLoad } from './baseline.ts'
import type { WindowRecord } from './window-record.ts'

const QUICK = 0.05

/**
 * How many answers each window owes only because answering takes time: with response time W at low load the answers
 * of a window are those of the arrivals W earlier, so while the rate rises they fall short of the offered ones by
 * what came more in the last W than in the W before. A slow target is not an overloaded one.
 */
export function healthyLags(records: readonly WindowRecord[]): ReadonlyMap<WindowRecord, number> {
  const delay = usualSeconds(records)
  const starts = records.map(({ window }) => window.from / 1e9)
  const arrivals = [0]
  for (const { rate, seconds } of records) arrivals.push(arrivals.at(-1)! + rate * seconds)
  /** Arrivals intended until `at`, in s. */
  const until = (at: number): number => {
    const i = lastAtMost(starts, at)
    if (i < 0) return 0
    const { rate, seconds } = records[i]!
    return arrivals[i]! + rate * Math.min(seconds, at - starts[i]!)
  }
  return new Map(
    records.map((record, i) => {
      const from = starts[i]!
      const to = from + record.seconds
      return [record, until(to) - until(to - delay) - (until(from) - until(from - delay))]
    }),
  )
}

/**
 * Time of a quick good answer at low load, in s: not the mean, which a queue that builds up from the first second
 * on, when the lowest rate is too much already, would make part of.
 */
function usualSeconds(records: readonly WindowRecord[]): number {
  const measured = records.filter(({ stage, limits, cut }) => !stage.warmup && limits.length === 0 && !cut)
  const low = lowLoad(measured.map(record => ({ record, rate: record.rate, offered: record.window.offered })))
  const times = low.flatMap(({ record }) =>
    record.series.filter(({ good }) => good).map(({ responseTimes }) => responseTimes),
  )
  return (quantileUs(addCounts(times), QUICK) ?? 0) / 1e6
}

/** Index of the last of the rising values that is at most `limit`; -1 for none. By halving. */
function lastAtMost(values: readonly number[], limit: number): number {
  let low = -1
  let high = values.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (values[middle]! <= limit) low = middle
    else high = middle
  }
  return low
}
