import { countWhere, isError, readWindows } from '../../analysis/window-record.ts'
import { addCounts, quantileUs } from '../../result/counts.ts'
import type { Result } from '../../result/result.ts'
import type { PeakFigures } from './verification.ts'

/** The windows of the stage of that name; undefined where it was not reached. */
export function readPeak(result: Result, stage: string): PeakFigures | undefined {
  const records = readWindows(result).filter(record => record.stage.name === stage)
  const last = records.at(-1)
  if (last === undefined) return undefined
  const series = records.flatMap(record => record.series)
  const times = addCounts(series.flatMap(({ good, responseTimes }) => (good ? [responseTimes] : [])))
  const quantile = (q: number): number | null => {
    const us = quantileUs(times, q)
    return us === undefined ? null : us / 1e6
  }
  const answered = (status: number): number =>
    countWhere(series, ({ outcome }) => outcome.kind === 'answered' && outcome.status === status)
  return {
    seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    offered: countWhere(series, () => true),
    good: records.reduce((sum, { window }) => sum + window.flow.good, 0),
    errors: countWhere(series, isError),
    statuses: { '502': answered(502), '503': answered(503), '504': answered(504) },
    p50: quantile(0.5),
    p99: quantile(0.99),
    inFlight: last.window.inFlight.atEnd,
  }
}
