import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import type { ParsedFamily, ParsedMetric } from 'parse-prometheus-text-format'
import { describe, expect, test } from 'vitest'
import { conclude } from '../../../../src/cli/conclude.ts'
import { renderPrometheus } from '../../../../src/report/prometheus/render-prometheus.ts'
import type { Report } from '../../../../src/report/report.ts'
import { cleanText } from '../../../../src/report/view/clean-text.ts'
import { addCounts, meanUs, totalCount } from '../../../../src/result/counts.ts'
import { decodeHistogram } from '../../../../src/result/histogram.ts'
import { closedReport } from '../../../support/closed-result.ts'
import {
  FIXTURES,
  HOSTILE,
  emptyReport,
  hostileReport,
  launchReport,
  pageReport,
  planOf,
  refusedReport,
  untouchedReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'
import { resultOf, stage } from '../../../support/fixture-result.ts'

/**
 * The parser puts the quantiles of all series of a summary into one. Read as untyped they stay apart; sums and counts
 * then are families of their own, and follow.
 */
function read(report: Report): readonly ParsedFamily[] {
  const lines = renderPrometheus(report)
    .replaceAll(/^(# TYPE \S+ )summary$/gm, '$1untyped')
    .split('\n')
  const partOf = (line: string): string => /^\w+_seconds_(?:sum|count)(?=\{)/.exec(line)?.[0] ?? ''
  return parsePrometheusTextFormat(
    `${lines.toSorted((a, b) => partOf(a).localeCompare(partOf(b))).join('\n')}\n`,
  )
}

const seriesOf = (report: Report, name: string): readonly ParsedMetric[] =>
  read(report).find(family => family.name === name)?.metrics ?? []

/** The value of the one series that has these labels; undefined where none has. */
function valueOf(
  report: Report,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = seriesOf(report, name).filter(({ labels: own = {} }) =>
    Object.entries(labels).every(([key, value]) => own[key] === value),
  )
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0] === undefined ? undefined : Number(found[0].value)
}

describe('a launch that failed, with its knee at 842/s and its 502 onset at 851/s,', () => {
  const report = launchReport()

  test('has the knee with its interval, and that it was measured', () => {
    expect(valueOf(report, 'plimsoll_knee_requests_per_second')).toBe(842)
    expect(valueOf(report, 'plimsoll_knee_low_requests_per_second')).toBe(826)
    expect(valueOf(report, 'plimsoll_knee_high_requests_per_second')).toBe(858)
    expect(valueOf(report, 'plimsoll_knee_bound', { bound: 'measured' })).toBe(1)
    expect(valueOf(report, 'plimsoll_knee_bound', { bound: 'at-least' })).toBe(0)
    expect(valueOf(report, 'plimsoll_limited_by', { limit: 'throughput' })).toBe(1)
  })

  test('has the saturation and the onset of each status', () => {
    expect(valueOf(report, 'plimsoll_saturation_requests_per_second')).toBe(842)
    expect(valueOf(report, 'plimsoll_saturation_low_requests_per_second')).toBe(838)
    expect(valueOf(report, 'plimsoll_onset_requests_per_second', { status: '502' })).toBe(851)
    expect(valueOf(report, 'plimsoll_onset_high_requests_per_second', { status: 'any' })).toBe(858)
    expect(valueOf(report, 'plimsoll_onset_first_seen_requests_per_second', { status: '502' })).toBe(872)
    expect(valueOf(report, 'plimsoll_onset_seen', { status: '504' })).toBe(0)
    expect(valueOf(report, 'plimsoll_onset_requests_per_second', { status: '504' })).toBeUndefined()
  })

  test('has the verdict, and of three promises one that held, one that did not and one undecided', () => {
    expect(valueOf(report, 'plimsoll_verdict', { verdict: 'failed' })).toBe(1)
    expect(valueOf(report, 'plimsoll_verdict', { verdict: 'passed' })).toBe(0)
    expect(valueOf(report, 'plimsoll_trusted')).toBe(1)
    expect(
      seriesOf(report, 'plimsoll_promise_held').map(({ labels, value }) => [labels?.['promise'], value]),
    ).toEqual([
      ['p99 < 300ms up to 800/s', '1'],
      ['knee > 900/s', '0'],
    ])
    expect(valueOf(report, 'plimsoll_promise_decided', { promise_index: '1' })).toBe(0)
  })

  test('says which run it was: 05:06:07 to 05:07:37 UTC, 1772600767 s to 90 s more', () => {
    expect(valueOf(report, 'plimsoll_run_started_timestamp_seconds')).toBe(1_772_600_767)
    expect(valueOf(report, 'plimsoll_run_ended_timestamp_seconds')).toBe(1_772_600_857)
    expect(seriesOf(report, 'plimsoll_run_info')[0]?.labels).toEqual({
      scenario: 'storefront launch',
      target: 'http://127.0.0.1:8080',
      run_id: '20260304T050607-4f1d',
      tool_version: '0.1.0',
    })
  })

  test('has the times of each stage in seconds, with the count and the sum of what was recorded', () => {
    for (const [index, { name, responseTimeMs }] of report.stages.entries()) {
      const labels = { stage: name, stage_index: String(index) }
      const at = (quantile: string): number | undefined =>
        valueOf(report, 'plimsoll_response_time_seconds', { ...labels, quantile })
      expect([at('0.5'), at('0.99'), at('1')]).toEqual(
        [responseTimeMs.p50, responseTimeMs.p99, responseTimeMs.max].map(ms =>
          Number((ms! / 1000).toFixed(6)),
        ),
      )
      const times = addCounts(
        report.result.windows
          .filter(window => window.stage === index)
          .flatMap(({ series }) => series.map(one => decodeHistogram(one.responseTimesUs))),
      )
      expect(valueOf(report, 'plimsoll_response_time_seconds_count', labels)).toBe(totalCount(times))
      const sumSeconds = (meanUs(times)! * totalCount(times)) / 1e6
      expect(valueOf(report, 'plimsoll_response_time_seconds_sum', labels)).toBeCloseTo(sumSeconds, 5)
    }
  })
})

test('a summary is one to the parser: quantiles, count and sum under one type', () => {
  const families = parsePrometheusTextFormat(renderPrometheus(pageReport()))
  const summary = families.find(({ name }) => name === 'plimsoll_response_time_seconds')
  expect(summary?.type).toBe('SUMMARY')
  expect(Object.keys(summary?.metrics[0]?.quantiles ?? {}).toSorted()).toEqual(
    ['0.5', '0.9', '0.95', '0.99', '0.999', '1'].toSorted(),
  )
})

test('requests that timed out have a time and are counted as such', () => {
  const report = conclude(
    resultOf(planOf([stage('hold', 100, 100, 10)]), {
      target: () => [
        { outcome: { kind: 'answered', status: 200 }, share: 0.7, meanMs: 5 },
        { outcome: { kind: 'timed-out' }, share: 0.1, meanMs: 5000 },
        { outcome: { kind: 'failed', cause: 'reset' }, share: 0.1, meanMs: 0 },
        { outcome: { kind: 'never-sent', reason: 'no-free-connection' }, share: 0.1, meanMs: 0 },
      ],
    }),
    {},
  )
  const by = (labels: Readonly<Record<string, string>>): number | undefined =>
    valueOf(report, 'plimsoll_requests_total', labels)
  const timed = by({ status: '200' })! + by({ outcome: 'timed-out' })!
  expect(by({ outcome: 'failed', reason: 'reset' })).toBeGreaterThan(0)
  expect(by({ outcome: 'never-sent', reason: 'no-free-connection' })).toBeGreaterThan(0)
  expect(valueOf(report, 'plimsoll_response_time_seconds_count')).toBe(timed)
  const counts = seriesOf(report, 'plimsoll_requests_total').map(({ value }) => Number(value))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000)
})

describe.each(Object.entries(FIXTURES))('the metrics of the %s report', (_name, make) => {
  const families = read(make())

  test('follow the rules of names: prefix, base unit, _total for counters and for them alone', () => {
    for (const { name, type, help } of families) {
      expect(name).toMatch(/^plimsoll_[a-z]+(_[a-z]+)*$/)
      expect(name).not.toMatch(/_(ms|us|rps|milliseconds|percent)\b/)
      if (name.endsWith('_seconds_sum') || name.endsWith('_seconds_count')) continue
      expect(name.endsWith('_total')).toBe(type === 'COUNTER')
      expect(help).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('have each family once, each series once, and the same labels within a family', () => {
    expect(new Set(families.map(({ name }) => name)).size).toBe(families.length)
    for (const { metrics } of families) {
      const series = metrics.map(({ labels }) => JSON.stringify(labels))
      expect(new Set(series).size).toBe(series.length)
      expect(new Set(metrics.map(({ labels = {} }) => Object.keys(labels).join())).size).toBe(1)
    }
  })

  test('count every request that was due once', () => {
    const counted = seriesOf(make(), 'plimsoll_requests_total').reduce(
      (sum, { value }) => sum + Number(value),
      0,
    )
    expect(counted).toBe(make().stages.reduce((sum, { offered }) => sum + offered, 0))
  })
})

describe('what cannot be said has no series:', () => {
  test('the upper end of a knee that was not reached', () => {
    expect(valueOf(untouchedReport(), 'plimsoll_knee_requests_per_second')).toBe(600)
    expect(valueOf(untouchedReport(), 'plimsoll_knee_bound', { bound: 'at-least' })).toBe(1)
    expect(valueOf(untouchedReport(), 'plimsoll_knee_high_requests_per_second')).toBeUndefined()
  })

  test('capacity and onset of a run that cannot be trusted', () => {
    const names = read(untrustedReport()).map(({ name }) => name)
    expect(valueOf(untrustedReport(), 'plimsoll_trusted')).toBe(0)
    expect(names.filter(name => /knee|saturation|onset/.test(name))).toEqual([])
  })

  test('the onset of a status that comes at any rate', () => {
    expect(valueOf(pageReport(), 'plimsoll_onset_load_related', { status: '502' })).toBe(0)
    expect(valueOf(pageReport(), 'plimsoll_onset_first_seen_requests_per_second', { status: '502' })).toBe(
      300,
    )
    expect(seriesOf(pageReport(), 'plimsoll_onset_requests_per_second')).toEqual([])
  })

  test('the times of a closed model, which has throughput by connections instead', () => {
    const report = closedReport()
    expect(seriesOf(report, 'plimsoll_response_time_seconds')).toEqual([])
    expect(
      seriesOf(report, 'plimsoll_closed_throughput_requests_per_second').map(({ labels, value }) => [
        labels?.['connections'],
        Number(value),
      ]),
    ).toEqual([
      ['1', 450],
      ['2', 500],
      ['4', 500],
      ['8', 500],
      ['16', 450],
    ])
  })

  test('times where nobody answered, and stages where none was reached', () => {
    expect(seriesOf(refusedReport(), 'plimsoll_response_time_seconds')).toEqual([])
    expect(valueOf(refusedReport(), 'plimsoll_requests_total', { reason: 'refused' })).toBe(150)
    expect(seriesOf(emptyReport(), 'plimsoll_requests_total')).toEqual([])
    expect(valueOf(emptyReport(), 'plimsoll_verdict', { verdict: 'inconclusive' })).toBe(1)
  })
})

test('hostile names are labels, and nothing but labels', () => {
  const labels = seriesOf(hostileReport(), 'plimsoll_offered_requests_per_second').map(
    metric => metric.labels,
  )
  expect(labels).toHaveLength(3)
  for (const own of labels) {
    expect(own).toMatchObject({
      stage: cleanText(HOSTILE),
      scenario: cleanText(HOSTILE),
      target: cleanText(HOSTILE),
    })
  }
  expect(read(hostileReport()).map(({ name }) => name)).toEqual(read(launchReport()).map(({ name }) => name))
})
