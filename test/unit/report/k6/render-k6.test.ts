import { describe, expect, test } from 'vitest'
import { conclude } from '../../../../src/cli/conclude.ts'
import { renderK6 } from '../../../../src/report/k6/render-k6.ts'
import type { Report } from '../../../../src/report/report.ts'
import { closedReport } from '../../../support/closed-result.ts'
import { resultOf, stage } from '../../../support/fixture-result.ts'
import { launchReport, planOf, untouchedReport, untrustedReport } from '../../../support/report-fixture.ts'

type Numbers = Readonly<Record<string, number>>
interface Summary {
  readonly metrics: Readonly<
    Record<string, Numbers & { readonly thresholds?: Readonly<Record<string, boolean>> }>
  >
  readonly root_group: {
    readonly name: string
    readonly path: string
    readonly groups: object
    readonly checks: Readonly<Record<string, { readonly passes: number; readonly fails: number }>>
  }
}
const summaryOf = (report: Report): Summary => JSON.parse(renderK6(report)) as Summary

/**
 * What GitLab's widget makes of the file: `normalizeLoadPerformanceMetrics` in
 * `ee/vue_merge_request_widget/widgets/load_performance/utils.js`, in our words.
 */
function asGitLabReads({ metrics }: Summary): Readonly<Record<string, number | string | undefined>> {
  const read: Record<string, number | string | undefined> = {}
  for (const [name, metric] of Object.entries(metrics)) {
    if (name === 'http_reqs') read['RPS'] = metric['rate']
    if (name === 'http_req_waiting') {
      read['TTFB P90'] = metric['p(90)']
      read['TTFB P95'] = metric['p(95)']
    }
    if (name === 'checks') {
      const { passes = NaN, fails = NaN } = metric as Numbers
      read['Checks'] = `${((passes / (passes + fails)) * 100).toFixed(2)}%`
    }
  }
  return read
}

/** 10 s of warm-up at 50/s, then 20 s at 100/s: a tenth answered 500 after 40 ms, the others 200 after 10 ms. */
const steady = (): Report => {
  const plan = planOf([stage('warm-up', 50, 50, 10, true), stage('hold', 100, 100, 20)])
  const target = (): Parameters<typeof resultOf>[1]['target'] extends (...given: never[]) => infer Fates
    ? Fates
    : never => [
    { outcome: { kind: 'answered', status: 200 }, share: 0.9, meanMs: 10 },
    { outcome: { kind: 'answered', status: 500 }, share: 0.1, meanMs: 40 },
  ]
  return conclude(resultOf(plan, { target }), {})
}

describe('the summary of a steady run', () => {
  const report = steady()
  const { metrics } = summaryOf(report)

  test('counts the measured requests, without the warm-up', () => {
    // 20 s at 100/s.
    expect(metrics['http_reqs']).toEqual({ count: 2000, rate: 100 })
    expect(metrics['iterations']).toEqual({ count: 2000, rate: 100 })
    expect(metrics['dropped_iterations']).toEqual({ count: 0, rate: 0 })
  })

  test('"passes" of http_req_failed are the failures', () => {
    expect(metrics['http_req_failed']).toEqual({ value: 0.1, passes: 200, fails: 1800 })
  })

  test('times are those of the report, each by its own definition', () => {
    const hold = report.stages[1]!
    const named = [
      ['http_req_duration', hold.serviceTimeMs],
      ['http_req_waiting', hold.firstByteTimeMs],
      ['plimsoll_response_time', hold.responseTimeMs],
    ] as const
    for (const [name, { mean, p50, p90, p95, p99, max }] of named)
      expect(metrics[name]).toEqual({ avg: mean, med: p50, max, 'p(90)': p90, 'p(95)': p95, 'p(99)': p99 })
  })

  test('what is not measured is not there', () => {
    expect(metrics).not.toHaveProperty('vus')
    expect(metrics['http_req_duration']).not.toHaveProperty('min')
  })
})

describe('what GitLab reads', () => {
  test('of a report with promises are four figures', () => {
    const report = launchReport()
    const read = asGitLabReads(summaryOf(report))
    expect(Object.keys(read).toSorted()).toEqual(['Checks', 'RPS', 'TTFB P90', 'TTFB P95'])
    expect(Object.values(read).every(value => typeof value === 'string' || Number.isFinite(value))).toBe(true)
    // Of two rules of the run and three promises, one is broken and one undecided.
    expect(read['Checks']).toBe('60.00%')
  })

  test('of a closed model is no time that it does not have', () => {
    expect(Object.keys(asGitLabReads(summaryOf(closedReport()))).toSorted()).toEqual(['Checks', 'RPS'])
  })

  test('of a run that cannot be believed are only the checks, which then do not all pass', () => {
    // Two rules of the run and a promise, none of them shown to hold.
    expect(asGitLabReads(summaryOf(untrustedReport()))).toEqual({ Checks: '0.00%' })
  })
})

describe('checks', () => {
  test('a threshold is true where it was crossed, as in k6', () => {
    expect(summaryOf(launchReport()).metrics['checks']?.thresholds).toEqual({ 'rate==1': true })
    expect(summaryOf(untouchedReport()).metrics['checks']).toEqual({
      value: 1,
      passes: 3,
      fails: 0,
      thresholds: { 'rate==1': false },
    })
  })

  test('stand by name in the root group', () => {
    const { name, path, groups, checks } = summaryOf(launchReport()).root_group
    expect({ name, path, groups }).toEqual({ name: '', path: '', groups: {} })
    expect(checks['knee > 900/s']).toEqual({
      name: 'knee > 900/s',
      path: '::knee > 900/s',
      passes: 0,
      fails: 1,
    })
  })

  test('of one name add up, and a name of the language is a name like any other', () => {
    const report = launchReport()
    const [held, , broken] = report.promises
    const twice = [held, broken, held].map(promise => ({ ...promise!, text: '__proto__' }))
    const { checks } = summaryOf({ ...report, promises: twice }).root_group
    expect(Object.hasOwn(checks, '__proto__')).toBe(true)
    expect(Object.entries(checks).find(([name]) => name === '__proto__')?.[1]).toMatchObject({
      passes: 2,
      fails: 1,
    })
  })
})

test('the knee is a metric where it was measured, and not where it is a bound', () => {
  expect(summaryOf(launchReport()).metrics['plimsoll_knee_rps']).toEqual({ value: 842 })
  expect(summaryOf(untouchedReport()).metrics).not.toHaveProperty('plimsoll_knee_rps')
})
