import { answerTimes, readWindows } from '../../analysis/window-record.ts'
import type { WindowRecord } from '../../analysis/window-record.ts'
import { isClosed } from '../../plan/plan.ts'
import { quantileUs } from '../../result/counts.ts'
import { encodeForLog } from '../../result/histogram.ts'
import type { Report } from '../report.ts'
import { cleanText } from '../view/clean-text.ts'
import { isoInstant, wallClockMs } from '../wall-clock.ts'
import { stageTags } from './stage-tags.ts'

const LEGEND = '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"'

/**
 * HdrHistogram's interval log, version 1.3 (HistogramLogWriter, HistogramLogScanner of HdrHistogram 2.2): the response
 * times of each window, tagged with its stage. Times are in s after the base time; values are the µs that were recorded;
 * the maximum that stands beside them is in ms.
 */
export function renderHlog({ result, run }: Report): string {
  const baseMs = wallClockMs(run, 0)
  const tags = stageTags(result.plan.stages.map(({ name }) => name))
  const lines = isClosed(result.plan)
    ? ['#[No response times: a closed model does not ask while it waits, so they would leave out the worst]']
    : readWindows(result).flatMap(record => [
        ...record.limits.map(limit => `#[Void, the load generator was the limit: ${cleanText(limit)}]`),
        intervalLine(record, tags[record.window.stage] ?? '', startSeconds(run, record, baseMs)),
      ])
  return [
    `#[plimsoll ${cleanText(run.toolVersion)}: ${cleanText(run.name)}, run ${cleanText(run.id)}]`,
    '#[Histogram log format version 1.3]',
    '#[Values: response times from the intended start, in microseconds; Interval_Max: in milliseconds]',
    ...(baseMs === undefined ? [] : timeLines(baseMs)),
    LEGEND,
    ...lines,
    '',
  ].join('\n')
}

/** Readers guess from the start time whether timestamps count from it; the base time says so. */
function timeLines(baseMs: number): readonly string[] {
  const since = `${(baseMs / 1000).toFixed(3)} (seconds since epoch)`
  return [`#[BaseTime: ${since}]`, `#[StartTime: ${since}, ${isoInstant(baseMs)}]`]
}

/** After the base time, pauses before a resumed run included; in trial time where there is no base time. */
function startSeconds(run: Report['run'], { window }: WindowRecord, baseMs: number | undefined): number {
  const inTrial = window.from / 1e9
  const ms = wallClockMs(run, inTrial)
  return ms === undefined || baseMs === undefined ? inTrial : (ms - baseMs) / 1000
}

function intervalLine({ series, seconds }: WindowRecord, tag: string, start: number): string {
  const times = answerTimes(series)
  const maxMs = (quantileUs(times, 1) ?? 0) / 1000
  const fields = [start, seconds, maxMs].map(value => value.toFixed(3))
  return [`Tag=${tag}`, ...fields, encodeForLog(times)].join(',')
}
