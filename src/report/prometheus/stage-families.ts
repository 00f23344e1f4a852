import type { Quantiles, StageFigures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { Labels, MetricFamily, MetricSample } from './exposition.ts'

const QUANTILES = [
  ['0.5', 'p50'],
  ['0.9', 'p90'],
  ['0.95', 'p95'],
  ['0.99', 'p99'],
  ['0.999', 'p999'],
  ['1', 'max'],
] as const

interface LabelledStage {
  readonly stage: StageFigures
  readonly labels: Labels
}

const GAUGES: readonly (readonly [name: string, help: string, of: (stage: StageFigures) => number])[] = [
  ['offered_requests_per_second', 'Requests that were due, per second.', stage => stage.offeredRps],
  ['sent_requests_per_second', 'Requests that left, per second.', stage => stage.sentRps],
  [
    'completed_requests_per_second',
    'Answers of any status, per second, by the time at which they came.',
    stage => stage.completedRps,
  ],
  [
    'good_requests_per_second',
    'Answers with an expected status, per second, by the time at which they came.',
    stage => stage.goodRps,
  ],
  [
    'stage_valid',
    'Whether the stage speaks of the target; where it is 0 the load generator was the limit.',
    stage => Number(stage.valid),
  ],
  [
    'stage_latency_resolved',
    'Whether times are exact; where it is 0 the load generator sent late and they are upper bounds.',
    stage => Number(stage.latencyResolved),
  ],
]

/** The figures of each stage. Names may occur twice; the index into the report's `stages` tells such stages apart. */
export function stageFamilies({ stages }: Report): readonly MetricFamily[] {
  const labelled = stages.map((stage, index) => ({
    stage,
    labels: { stage: stage.name, stage_index: String(index), warmup: String(stage.warmup) },
  }))
  const gauges = GAUGES.map(([name, help, of]): MetricFamily => ({
    name: `plimsoll_${name}`,
    type: 'gauge',
    help,
    samples: labelled.map(({ stage, labels }) => ({ labels, value: of(stage) })),
  }))
  return [...gauges, ...countFamilies(labelled), ...timeFamilies(labelled)]
}

function countFamilies(labelled: readonly LabelledStage[]): readonly MetricFamily[] {
  return [
    {
      name: 'plimsoll_requests_total',
      type: 'counter',
      help: 'Requests that were due, by what became of them; each is counted once.',
      samples: labelled.flatMap(outcomes),
    },
    {
      name: 'plimsoll_request_errors_total',
      type: 'counter',
      help: 'Requests that are not good, without those that the load generator itself did not send.',
      samples: labelled.map(({ stage, labels }) => ({ labels, value: stage.errors })),
    },
  ]
}

function timeFamilies(labelled: readonly LabelledStage[]): readonly MetricFamily[] {
  return [
    {
      name: 'plimsoll_response_time_seconds',
      type: 'summary',
      help: 'From the intended start to the last byte, or to the deadline of a request that timed out.',
      samples: labelled.flatMap(each => summary(each, each.stage.responseTimeMs)),
    },
    {
      name: 'plimsoll_service_time_seconds',
      type: 'summary',
      help: 'From the send to the last byte, or to the deadline of a request that timed out.',
      samples: labelled.flatMap(each => summary(each, each.stage.serviceTimeMs)),
    },
  ]
}

/** Every request that was due is in exactly one of these. All series have all labels, empty where they say nothing. */
function outcomes({ stage, labels }: LabelledStage): readonly MetricSample[] {
  const counted = (tally: Readonly<Record<string, number>>, own: (name: string) => Labels): MetricSample[] =>
    Object.entries(tally).map(([name, value]) => ({ labels: { ...labels, ...own(name) }, value }))
  return [
    ...counted(stage.statuses, status => ({ outcome: 'answered', status, reason: '' })),
    ...counted(stage.failures, reason =>
      reason === 'timed-out'
        ? { outcome: 'timed-out', status: '', reason: '' }
        : { outcome: 'failed', status: '', reason },
    ),
    ...counted(stage.neverSentReasons, reason => ({ outcome: 'never-sent', status: '', reason })),
  ]
}

/** Nothing where nothing was timed, as in a closed model. Answers and timed-out requests have a time, no others. */
function summary({ stage, labels }: LabelledStage, times: Quantiles): readonly MetricSample[] {
  if (times.mean === null) return []
  const answered = Object.values(stage.statuses).reduce((sum, count) => sum + count, 0)
  const count = answered + (stage.failures['timed-out'] ?? 0)
  return [
    ...QUANTILES.map(([quantile, name]) => ({
      labels: { ...labels, quantile },
      value: toSeconds(times[name] ?? Number.NaN),
    })),
    { part: 'sum', labels, value: toSeconds(times.mean * count) },
    { part: 'count', labels, value: count },
  ]
}

/** To the µs, which is how times are recorded: 30.415 ms are 0.030415 s and not 0.030414999999999998 s. */
const toSeconds = (ms: number): number => Math.round(ms * 1000) / 1e6
