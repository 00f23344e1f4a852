import { layOutWindows } from '../../src/plan/window-layout.ts'
import { meanRateBetween } from '../../src/plan/load-profile.ts'
import type { Plan, RequestTemplate, Stage } from '../../src/plan/plan.ts'
import { countsOf } from '../../src/result/counts.ts'
import { encodeHistogram } from '../../src/result/histogram.ts'
import type { EncodedHistogram } from '../../src/result/histogram.ts'
import type { Outcome } from '../../src/result/outcome.ts'
import type { GeneratorHealth, IntervalWindow, OutcomeSeries, Result } from '../../src/result/result.ts'
import { milliseconds, nanoseconds, perSecond, seconds } from '../../src/units/quantity.ts'

/** What the pretended target does with a share of the requests: answer after exponential times, fail, … */
export interface Fate {
  readonly outcome: Outcome
  readonly share: number
  readonly meanMs: number
}

/** The pretended target and generator: pure functions of the offered rate and the time. */
export interface Pretence {
  readonly target: (rate: number, request: RequestTemplate, atSeconds: number) => readonly Fate[]
  readonly latenessUs?: (rate: number) => number
  readonly utilisation?: (rate: number) => number
}

export const stage = (name: string, from: number, to: number, forSeconds: number, warmup = false): Stage => ({
  name,
  from: perSecond(from),
  to: perSecond(to),
  for: seconds(forSeconds),
  warmup,
})

export const request = (name: string, weight: number, method: string, path: string): RequestTemplate => ({
  name,
  weight,
  method,
  path,
  headers: [],
  expect: [],
  deadline: milliseconds(5000),
})

/** A RESULT as a run would give it, without chance: counts are the rounded shares, times the quantiles in order. */
export function resultOf(plan: Plan, pretence: Pretence, untilSeconds: number = Infinity): Result {
  const spans = layOutWindows(plan).filter(span => span.from < untilSeconds * 1e9)
  const windows = spans.map(({ stage, from, to }): IntervalWindow => {
    const rate = meanRateBetween(plan, from, to)
    const offered = Math.round(rate * ((to - from) / 1e9))
    const series = plan.requests.flatMap((template, index) => {
      const count = shareOf(plan.requests, index, offered)
      return seriesOf(pretence.target(rate, template, from / 1e9), index, count, from)
    })
    const sent = sum(series.filter(({ outcome }) => outcome.kind !== 'never-sent'))
    const answered = sum(series.filter(({ outcome }) => outcome.kind === 'answered'))
    const good = sum(series.filter(({ outcome }) => outcome.kind === 'answered' && outcome.status < 400))
    const inFlight = littlesLaw(plan, pretence, rate, from / 1e9)
    const flow = { answered, good, ended: sum(series) }
    return {
      stage,
      from,
      to,
      offered,
      sent,
      series,
      flow,
      inFlight,
      generator: healthOf(pretence, rate, sent),
      handshakes: { connectTimesUs: uniform(2, 300), tlsTimesUs: '', resumed: 0 },
    }
  })
  return {
    schema: 'plimsoll/result@1',
    plan,
    run: FACTS,
    ended: { how: 'completed' },
    windows,
    drain: { answered: 0, good: 0, ended: 0 },
    samples: [],
  }
}

export const FACTS: Result['run'] = {
  id: '20260304T050607-4f1d',
  toolVersion: '0.1.0',
  startedAt: '2026-03-04T05:06:07.000Z',
  endedAt: '2026-03-04T05:07:37.000Z',
  workers: 1,
  connectedTo: '127.0.0.1:8080',
  scenario: {
    file: 'scenarios/storefront.yaml',
    digest: 'sha256:9f86d081884c7d65',
    text: 'name: storefront launch\n',
    flags: [],
  },
  machine: {
    platform: 'linux',
    arch: 'x64',
    cpuModel: 'Example CPU at 2.4 GHz',
    cpus: 2,
    memoryBytes: 8e9,
    node: '20.20.2',
  },
}

/** L = λ·W, for the share of each request and each of its fates. */
function littlesLaw(
  plan: Plan,
  { target }: Pretence,
  rate: number,
  atSeconds: number,
): IntervalWindow['inFlight'] {
  const weights = plan.requests.reduce((total, { weight }) => total + weight, 0)
  const waitMs = plan.requests.reduce((total, template) => {
    const fates = target(rate, template, atSeconds)
    return (
      total +
      (template.weight / weights) * fates.reduce((wait, { share, meanMs }) => wait + share * meanMs, 0)
    )
  }, 0)
  const mean = (rate * waitMs) / 1000
  return { mean, atEnd: Math.round(mean) }
}

const sum = (series: readonly OutcomeSeries[]): number =>
  series.reduce((total, { count }) => total + count, 0)

/** Rounded parts that add up to the whole: each takes what the parts before it leave. */
function shareOf(requests: readonly RequestTemplate[], index: number, whole: number): number {
  const weights = requests.map(({ weight }) => weight)
  const total = weights.reduce((a, b) => a + b, 0)
  const upTo = (end: number): number =>
    Math.round((whole * weights.slice(0, end).reduce((a, b) => a + b, 0)) / total)
  return upTo(index + 1) - upTo(index)
}

function seriesOf(
  fates: readonly Fate[],
  index: number,
  count: number,
  from: number,
): readonly OutcomeSeries[] {
  let before = 0
  return fates
    .map(({ outcome, share, meanMs }) => {
      const upTo = (part: number): number => Math.round(count * part)
      const own = upTo(before + share) - upTo(before)
      before += share
      const times = exponential(outcome.kind === 'never-sent' ? 0 : own, meanMs)
      const firstAt = nanoseconds(from + 1e6)
      const series = { request: index, outcome, count: own, firstAt, bytesRead: own * 512 }
      return { ...series, responseTimesUs: times, serviceTimesUs: times, firstByteTimesUs: times }
    })
    .filter(series => series.count > 0)
}

const encoded = new Map<string, EncodedHistogram>()

/** Encoding takes a millisecond, and the windows of a flat stage are all alike. */
function once(key: string, valuesUs: () => readonly number[]): EncodedHistogram {
  const known = encoded.get(key) ?? encodeHistogram(countsOf(valuesUs()))
  encoded.set(key, known)
  return known
}

/** The i-th of n ordered values of an exponential law stands for its quantile at (i + ½)/n: −ln(1 − p) × mean. */
const exponential = (n: number, meanMs: number): EncodedHistogram =>
  once(`exponential ${n} ${meanMs}`, () =>
    Array.from({ length: n }, (_, i) => -Math.log(1 - (i + 0.5) / n) * meanMs * 1000),
  )

const uniform = (n: number, highestUs: number): EncodedHistogram =>
  once(`uniform ${n} ${highestUs}`, () => Array.from({ length: n }, (_, i) => (highestUs * (i + 1)) / n))

function healthOf({ latenessUs, utilisation }: Pretence, rate: number, sent: number): GeneratorHealth {
  const late = latenessUs?.(rate) ?? 20
  return {
    latenessUs: uniform(sent, late),
    utilisation: utilisation?.(rate) ?? rate / 10_000,
    longestStallMs: late / 1000,
    garbageCollectionMs: 1.5,
    cpuCores: 0.2,
    connectionsOpened: 2,
    connectionsOpen: 24,
  }
}
