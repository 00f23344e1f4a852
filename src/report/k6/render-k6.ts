import { figuresOf } from '../../analysis/figures.ts'
import { readWindows } from '../../analysis/window-record.ts'
import type { Result } from '../../result/result.ts'
import type { Report } from '../report.ts'
import { rulesOf } from '../named-rules.ts'
import { viewReport } from '../view/view-report.ts'
import { checkCounts, checkGroup } from './k6-checks.ts'
import type { CheckCounts, CheckGroup } from './k6-checks.ts'
import { trafficMetrics } from './k6-metrics.ts'
import type { K6Metric } from './k6-metrics.ts'

/** What `k6 run --summary-export FILE` writes (k6, `summary-wrapper.js`, `oldJSONSummary`). */
interface K6Summary {
  readonly metrics: Readonly<Record<string, K6Metric | CheckCounts>>
  readonly root_group: CheckGroup
}

/**
 * The report in the shape of k6's end-of-test summary. GitLab's load performance widget (`compareLoadPerformanceMetrics`
 * in `ee/vue_merge_request_widget/widgets/load_performance/utils.js`) reads of it `metrics.http_reqs.rate` as RPS, `p(90)`
 * and `p(95)` of `metrics.http_req_waiting` as TTFB, and `passes` and `fails` of `metrics.checks`. The figures are those
 * of the measured windows in which the load generator was not the limit; what was not measured is left out, and all figures
 * of a run that cannot be believed.
 */
export function renderK6(report: Report): string {
  const rules = rulesOf(viewReport(report))
  const summary: K6Summary = {
    metrics: {
      ...(report.trust.ok && { ...traffic(report.result), ...knee(report) }),
      checks: checkCounts(rules),
    },
    root_group: checkGroup(rules),
  }
  return `${JSON.stringify(summary, null, 2)}\n`
}

function traffic(result: Result): K6Summary['metrics'] {
  const counting = readWindows(result).filter(({ stage, limits }) => !stage.warmup && limits.length === 0)
  if (counting.length === 0) return {}
  return trafficMetrics(
    figuresOf(counting),
    counting.reduce((sum, { seconds }) => sum + seconds, 0),
  )
}

/** A gauge of our own: the knee, where it is a number with two ends. */
function knee({ capacity }: Report): K6Summary['metrics'] {
  const { bound, rps } = capacity.knee
  return bound === 'measured' && rps !== null ? { plimsoll_knee_rps: { value: rps } } : {}
}
