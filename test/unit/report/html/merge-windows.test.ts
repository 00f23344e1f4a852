import { describe, expect, test } from 'vitest'
import { quantilesMs } from '../../../../src/analysis/quantiles.ts'
import { addCounts } from '../../../../src/result/counts.ts'
import { mergeWindows } from '../../../../src/report/view/page/merge-windows.ts'
import type { MergedReport } from '../../../../src/report/view/page/merge-windows.ts'
import { responseTimesOf } from '../../../../src/report/view/page/response-times.ts'
import type { Report } from '../../../../src/report/report.ts'
import { FIXTURES, launchReport } from '../../../support/report-fixture.ts'

const merged = (report: Report, most: number): MergedReport =>
  mergeWindows(report, responseTimesOf(report.result), most)
const total = (report: Report): number => report.windows.reduce((sum, { offered }) => sum + offered, 0)

/** Lengths of the windows in seconds. */
const lengths = ({ report }: MergedReport): readonly number[] =>
  report.windows.map(({ fromSeconds, toSeconds }) => Math.round(toSeconds - fromSeconds))

describe('merging windows', () => {
  // 10 s of warm-up, 60 s of ramp, 20 s of recovery: 90 windows. In threes, within a stage: 4 + 20 + 7.
  const launch = launchReport()
  const thinned = merged(launch, 30)
  const { report, times, size } = thinned

  test('leaves a run alone that has few enough', () => {
    expect(merged(launch, 90).report).toBe(launch)
    expect(merged(launch, 90).size).toBe(1)
  })

  test('puts neighbours together, never across the end of a stage', () => {
    expect(size).toBe(3)
    const threes = (count: number): number[] => Array.from({ length: count }, () => 3)
    expect(lengths(thinned)).toEqual([...threes(3), 1, ...threes(20), ...threes(6), 2])
    expect(report.windows.map(({ warmup }) => warmup).lastIndexOf(true)).toBe(3)
  })

  test('loses no request and no moment', () => {
    expect(total(report)).toBe(total(launch))
    const statuses = (of: Report): number =>
      of.windows.reduce((sum, one) => sum + (one.statuses['502'] ?? 0), 0)
    expect(statuses(report)).toBe(statuses(launch))
    expect(report.windows[0]!.fromSeconds).toBe(0)
    report.windows
      .slice(1)
      .forEach(({ fromSeconds }, i) => expect(fromSeconds).toBe(report.windows[i]!.toSeconds))
    expect(report.windows.at(-1)!.toSeconds).toBe(90)
  })

  test('has rates over the longer time', () => {
    const [, , , , a, b, c] = report.windows.map(({ offeredRps }) => offeredRps)
    const own = launch.windows.slice(10, 19).map(({ offered }) => offered)
    const mean = (from: number): number => (own[from]! + own[from + 1]! + own[from + 2]!) / 3
    expect([a, b, c]).toEqual([mean(0), mean(3), mean(6)].map(rate => expect.closeTo(rate, 9) as number))
  })

  test('reads percentiles from the histograms together: no mean of percentiles', () => {
    // The 17th of the ramp's groups: its windows 48 to 50, seconds 58 to 61.
    const together = addCounts(responseTimesOf({ windows: launch.result.windows.slice(58, 61) }))
    expect(report.windows[20]!.fromSeconds).toBe(58)
    expect(report.windows[20]!.responseTimeMs).toEqual(quantilesMs(together))
    expect(times[20]).toEqual(together)
  })

  test('keeps both lists of windows in step', () => {
    expect(report.result.windows.map(({ from, to }) => [from / 1e9, to / 1e9])).toEqual(
      report.windows.map(({ fromSeconds, toSeconds }) => [fromSeconds, toSeconds]),
    )
  })

  test('leaves the first window of each step of a search alone', () => {
    const searched = FIXTURES['searched']!()
    const { result, windows } = merged(searched, 30).report
    const firsts = windows.filter((_, i) => result.windows[i]!.stage !== result.windows[i - 1]?.stage)
    expect(firsts).toHaveLength(searched.search!.steps.length)
    for (const { fromSeconds, toSeconds } of firsts) expect(toSeconds - fromSeconds).toBe(1)
    expect(windows.length).toBeLessThan(searched.windows.length)
  })

  test('keeps to its bound where there are more stages than points', () => {
    const windows = launch.result.windows.map((window, stage) => ({ ...window, stage }))
    expect(lengths(merged({ ...launch, result: { ...launch.result, windows } }, 30))).toHaveLength(30)
  })

  test('is of the generator where more than a fifth was', () => {
    const broken = (count: number): Report => ({
      ...launch,
      windows: launch.windows.map((window, i) => ({ ...window, valid: i >= count })),
    })
    // Nine windows to a point: one void window of nine is tolerated, two are not.
    expect(merged(broken(1), 10).report.windows[0]!.valid).toBe(true)
    expect(merged(broken(2), 10).report.windows[0]!.valid).toBe(false)
  })
})
