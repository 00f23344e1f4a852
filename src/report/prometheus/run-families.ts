import type { Report } from '../report.ts'
import { wallClockMs } from '../wall-clock.ts'
import type { MetricFamily } from './exposition.ts'

const VERDICTS = ['passed', 'failed', 'inconclusive'] as const

/** Which run it was, whether it may be believed, and how it was judged. */
export function runFamilies({ run, verdict, trust, promises }: Report): readonly MetricFamily[] {
  const labelled = promises.map(({ text, held }, index) => ({
    held,
    labels: { promise: text, promise_index: String(index) },
  }))
  return [
    gauge('plimsoll_run_info', 'Always 1; its labels say which run the other metrics are of.', [
      { labels: { run_id: run.id, tool_version: run.toolVersion }, value: 1 },
    ]),
    gauge('plimsoll_run_started_timestamp_seconds', 'When the run began, in seconds since 1970, UTC.', [
      { labels: {}, value: (wallClockMs(run, 0) ?? Number.NaN) / 1000 },
    ]),
    gauge('plimsoll_run_ended_timestamp_seconds', 'When the run ended, in seconds since 1970, UTC.', [
      { labels: {}, value: (wallClockMs({ startedAt: run.endedAt }, 0) ?? Number.NaN) / 1000 },
    ]),
    gauge(
      'plimsoll_verdict',
      'The verdict over all promises: 1 for the one that was given.',
      VERDICTS.map(name => ({ labels: { verdict: name }, value: Number(verdict === name) })),
    ),
    gauge(
      'plimsoll_trusted',
      'Whether the run may be believed; where it is 0 there are no metrics of capacity and onset.',
      [{ labels: {}, value: Number(trust.ok) }],
    ),
    gauge(
      'plimsoll_promise_decided',
      'Whether the run decides the promise; where it is 0 the promise is neither held nor broken.',
      labelled.map(({ held, labels }) => ({ labels, value: Number(held !== null) })),
    ),
    gauge(
      'plimsoll_promise_held',
      'Whether the promise held; only where the run decides.',
      labelled.flatMap(({ held, labels }) => (held === null ? [] : [{ labels, value: Number(held) }])),
    ),
  ]
}

const gauge = (name: string, help: string, samples: MetricFamily['samples']): MetricFamily => ({
  name,
  type: 'gauge',
  help,
  samples,
})
