import type { Onset } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import type { Labels, MetricFamily, MetricSample } from './exposition.ts'

const BOUNDS = ['measured', 'at-least', 'at-most', 'none'] as const
const LIMITS = ['latency', 'errors', 'throughput', 'generator'] as const

/**
 * What the target carries. Nothing where the run cannot be trusted: a gap in a graph is read as one, a false capacity is
 * not.
 */
export function capacityFamilies(report: Report): readonly MetricFamily[] {
  return report.trust.ok
    ? [...kneeFamilies(report), ...saturationFamilies(report), ...onsetFamilies(report)]
    : []
}

function kneeFamilies({ capacity: { knee, limitedBy } }: Report): readonly MetricFamily[] {
  return [
    ...estimate('plimsoll_knee', 'Highest offered rate that the target sustains', [{ ...knee, labels: {} }]),
    {
      name: 'plimsoll_knee_bound',
      type: 'gauge',
      help: 'How to read the knee: 1 for the one that applies; at-least means that it was not reached.',
      samples: BOUNDS.map(bound => ({ labels: { bound }, value: Number(knee.bound === bound) })),
    },
    {
      name: 'plimsoll_limited_by',
      type: 'gauge',
      help: 'What gave first: 1 for the one that did; all 0 where nothing gave.',
      samples: LIMITS.map(limit => ({ labels: { limit }, value: Number(limitedBy === limit) })),
    },
  ]
}

/** Under overload, and what each number of connections of a closed model brought. */
function saturationFamilies({ capacity, saturation }: Report): readonly MetricFamily[] {
  const rungs = saturation?.rungs ?? []
  return [
    ...estimate(
      'plimsoll_saturation',
      'Good answers per second when more is offered than is carried',
      capacity.saturation === null ? [] : [{ ...capacity.saturation, labels: {} }],
    ),
    ...estimate(
      'plimsoll_closed_throughput',
      'Good answers per second in a closed model, by the number of connections; the target carries at least this',
      rungs.map(({ throughputRps: rps, low, high, connections }, index) => ({
        rps,
        low,
        high,
        labels: { connections: String(connections), rung_index: String(index) },
      })),
    ),
  ]
}

function onsetFamilies({ onset }: Report): readonly MetricFamily[] {
  const statuses = Object.entries(onset)
  const seen = statuses.flatMap(([status, found]) => (found === null ? [] : [{ found, labels: { status } }]))
  const each = (value: (found: Onset) => number): readonly MetricSample[] =>
    seen.map(({ found, labels }) => ({ labels, value: value(found) }))
  return [
    {
      name: 'plimsoll_onset_seen',
      type: 'gauge',
      help: 'Whether a measured request met the status; any: one of 502, 503, 504 and 520 to 527.',
      samples: statuses.map(([status, found]) => ({ labels: { status }, value: Number(found !== null) })),
    },
    {
      name: 'plimsoll_onset_load_related',
      type: 'gauge',
      help: 'Whether the share of the status grows with the load.',
      samples: each(({ loadRelated }) => Number(loadRelated)),
    },
    {
      name: 'plimsoll_onset_first_seen_requests_per_second',
      type: 'gauge',
      help: 'Offered rate at which the status was first seen; on a ramp that is later than its onset.',
      samples: each(({ firstSeenRps }) => firstSeenRps),
    },
    ...estimate(
      'plimsoll_onset',
      'Offered rate above which a constant load meets the status; only where the load brings it',
      seen.filter(({ found }) => found.loadRelated).map(({ found, labels }) => ({ ...found, labels })),
    ),
  ]
}

interface Estimated {
  readonly rps: number | null
  readonly low: number | null
  readonly high: number | null
  readonly labels: Labels
}

/** A rate and the ends of its interval, each a metric: an end that is open has no series. */
function estimate(prefix: string, help: string, found: readonly Estimated[]): readonly MetricFamily[] {
  const family = (of: 'rps' | 'low' | 'high', word: string, what: string): MetricFamily => ({
    name: `${prefix}${word}_requests_per_second`,
    type: 'gauge',
    help: `${help}${what}.`,
    samples: found.flatMap(({ [of]: value, labels }) => (value === null ? [] : [{ labels, value }])),
  })
  return [
    family('rps', '', ''),
    family('low', '_low', ': lower end of its interval'),
    family('high', '_high', ': upper end of its interval'),
  ]
}
