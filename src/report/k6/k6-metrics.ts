import type { Figures, Quantiles } from '../../analysis/findings.ts'

/** One metric: its figures by k6's names, times in ms. */
export type K6Metric = Readonly<Record<string, number>>

/**
 * k6's metrics from our figures, each by k6's own definition (grafana.com/docs/k6/latest/using-k6/metrics/reference):
 * `http_reqs` and `iterations` count requests that were tried, `dropped_iterations` those that were due and never sent,
 * `http_req_duration` runs from the send to the last byte, `http_req_waiting` from the send to the first. k6 has no name
 * for the time from the intended start, so that one is a metric of our own. No `min`: it is not in the report. No `vus`:
 * an open model has none.
 */
export function trafficMetrics(figures: Figures, seconds: number): Readonly<Record<string, K6Metric>> {
  const { offered, neverSent, neverSentReasons, errors, failures } = figures
  const tried = offered - neverSent
  // A free connection that was lacking is an error here and a dropped iteration there.
  const failed = errors - (neverSentReasons['no-free-connection'] ?? 0)
  // Given up by the user, so neither failed nor fine.
  const known = tried - (failures['abandoned'] ?? 0)
  const counter = (count: number): K6Metric => ({ count, rate: count / seconds })
  return {
    http_reqs: counter(tried),
    iterations: counter(tried),
    dropped_iterations: counter(neverSent),
    // A rate counts how often its claim is true: here "passes" are the failures.
    ...(known === 0
      ? {}
      : { http_req_failed: { value: failed / known, passes: failed, fails: known - failed } }),
    ...trend('http_req_duration', figures.serviceTimeMs),
    ...trend('http_req_waiting', figures.firstByteTimeMs),
    ...trend('plimsoll_response_time', figures.responseTimeMs),
  }
}

/** Nothing where nothing was timed, as in a closed model. */
function trend(
  name: string,
  { mean, p50, p90, p95, p99, max }: Quantiles,
): Readonly<Record<string, K6Metric>> {
  if (mean === null || p50 === null || p90 === null || p95 === null || p99 === null || max === null) return {}
  return { [name]: { avg: mean, med: p50, max, 'p(90)': p90, 'p(95)': p95, 'p(99)': p99 } }
}
