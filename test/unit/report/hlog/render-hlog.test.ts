import hdr from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { renderHlog } from '../../../../src/report/hlog/render-hlog.ts'
import type { Report } from '../../../../src/report/report.ts'
import { addCounts, totalCount } from '../../../../src/result/counts.ts'
import type { Counts } from '../../../../src/result/counts.ts'
import { decodeHistogram } from '../../../../src/result/histogram.ts'
import type { OutcomeSeries } from '../../../../src/result/result.ts'
import { seconds } from '../../../../src/units/quantity.ts'
import { closedReport } from '../../../support/closed-result.ts'
import {
  FIXTURES,
  emptyReport,
  hostileReport,
  launchReport,
  refusedReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'

/** All intervals of a log, as HdrHistogram's own reader for JavaScript sees them. */
function readLog(log: string): Histogram[] {
  const reader = new hdr.HistogramLogReader(log)
  const intervals: Histogram[] = []
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    intervals.push(next)
  }
  return intervals
}

function merge(histograms: readonly Histogram[]): Histogram {
  const all = hdr.build({ highestTrackableValue: 120_000_000, numberOfSignificantValueDigits: 3 })
  for (const each of histograms) if (each.totalCount > 0) all.add(each)
  return all
}

const isTimed = ({ outcome }: OutcomeSeries): boolean =>
  outcome.kind === 'answered' || outcome.kind === 'timed-out'

/** What was recorded, straight from the RESULT. */
const recorded = ({ result }: Report, stage?: number): Counts =>
  addCounts(
    result.windows
      .filter(window => stage === undefined || window.stage === stage)
      .flatMap(({ series }) => series.filter(isTimed).map(one => decodeHistogram(one.responseTimesUs))),
  )

const countsOf = (histogram: Histogram): Counts => decodeHistogram(hdr.encodeIntoCompressedBase64(histogram))
const commentsOf = (log: string): string[] => log.split('\n').filter(line => line.startsWith('#'))

describe('the log of a ramp, read by hdr-histogram-js,', () => {
  const report = launchReport()
  const log = renderHlog(report)
  const intervals = readLog(log)

  test('has an interval for each window, with its total and its percentiles', () => {
    expect(intervals).toHaveLength(90)
    for (const [index, interval] of intervals.entries()) {
      const { statuses, responseTimeMs } = report.windows[index]!
      expect(interval.totalCount).toBe(Object.values(statuses).reduce((sum, count) => sum + count, 0))
      expect(interval.getValueAtPercentile(50) / 1000).toBe(responseTimeMs.p50)
      expect(interval.getValueAtPercentile(99) / 1000).toBe(responseTimeMs.p99)
      expect(interval.maxValue / 1000).toBe(responseTimeMs.max)
    }
  })

  test('has a tag for each stage, whose intervals add up to the stage', () => {
    expect(hdr.listTags(log)).toEqual(['warm-up', 'ramp', 'recovery'])
    for (const [stage, tag] of ['warm-up', 'ramp', 'recovery'].entries()) {
      const merged = merge(intervals.filter(interval => interval.tag === tag))
      expect(countsOf(merged)).toEqual(recorded(report, stage))
      expect(merged.getValueAtPercentile(99) / 1000).toBe(report.stages[stage]?.responseTimeMs.p99)
    }
  })

  test('adds up to everything that was recorded', () => {
    expect(totalCount(recorded(report))).toBeGreaterThan(40_000)
    expect(countsOf(merge(intervals))).toEqual(recorded(report))
  })

  test('says when each window began and ended: the run at 05:06:07, the ramp 10 s later', () => {
    const began = Date.parse('2026-03-04T05:06:07.000Z')
    expect(intervals.map(({ startTimeStampMsec }) => startTimeStampMsec)).toEqual(
      intervals.map((_, second) => began + second * 1000),
    )
    expect(intervals[10]).toMatchObject({ tag: 'ramp', endTimeStampMsec: began + 11_000 })
  })

  test('begins as a log of version 1.3 does, and says what its values are', () => {
    expect(log.split('\n').slice(0, 6)).toEqual([
      '#[plimsoll 0.1.0: storefront launch, run 20260304T050607-4f1d]',
      '#[Histogram log format version 1.3]',
      '#[Values: response times from the intended start, in microseconds; Interval_Max: in milliseconds]',
      '#[BaseTime: 1772600767.000 (seconds since epoch)]',
      '#[StartTime: 1772600767.000 (seconds since epoch), 2026-03-04T05:06:07.000Z]',
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ])
  })

  test('writes the maximum beside each interval in ms', () => {
    const [first] = log.split('\n').filter(line => line.startsWith('Tag='))
    expect(first).toMatch(
      new RegExp(
        String.raw`^Tag=warm-up,0\.000,1\.000,${report.windows[0]!.responseTimeMs.max!.toFixed(3)},HIST`,
      ),
    )
  })
})

describe.each(Object.entries(FIXTURES))('the log of the %s report', (_name, make) => {
  test('adds up to everything that was recorded', () => {
    expect(countsOf(merge(readLog(renderHlog(make()))))).toEqual(recorded(make()))
  })
})

test('a window in which nothing was timed has an interval without values', () => {
  const intervals = readLog(renderHlog(refusedReport()))
  expect(intervals.map(({ totalCount }) => totalCount)).toEqual([0, 0, 0])
})

test('a trial without a window has no interval, and a closed model none and the reason', () => {
  expect(readLog(renderHlog(emptyReport()))).toEqual([])
  expect(readLog(renderHlog(closedReport()))).toEqual([])
  expect(renderHlog(closedReport())).toContain('#[No response times: a closed model')
})

test('a window in which the generator was the limit is marked as void', () => {
  const isVoid = (line: string): boolean => line.startsWith('#[Void, the load generator was the limit: ')
  expect(commentsOf(renderHlog(untrustedReport())).some(isVoid)).toBe(true)
  expect(commentsOf(renderHlog(launchReport())).some(isVoid)).toBe(false)
})

test('names full of commas, lines and markup give a tag for each stage all the same', () => {
  const log = renderHlog(hostileReport())
  expect(hdr.listTags(log)).toHaveLength(3)
  expect(readLog(log)).toHaveLength(90)
})

test('the windows of a resumed search come after the pause that it made', () => {
  const report = launchReport()
  const earlier = { id: 'a', endedAt: '2026-03-04T04:00:31.000Z', until: seconds(30) }
  const resumedFrom = [{ ...earlier, startedAt: '2026-03-04T04:00:00.000Z' }]
  const intervals = readLog(renderHlog({ ...report, run: { ...report.run, resumedFrom } }))
  const startOf = (index: number): string => new Date(intervals[index]!.startTimeStampMsec).toISOString()
  expect(startOf(29)).toBe('2026-03-04T04:00:29.000Z')
  expect(startOf(30)).toBe('2026-03-04T05:06:07.000Z')
})

test('a run that does not say when it began has its intervals in trial time', () => {
  const report = launchReport()
  const log = renderHlog({ ...report, run: { ...report.run, startedAt: '' } })
  expect(log).not.toContain('StartTime:')
  expect(readLog(log)[10]?.startTimeStampMsec).toBe(10_000)
})
