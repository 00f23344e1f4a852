import type {
  ConnectionFigures,
  Figures,
  GeneratorFigures,
  Phases,
  Quantiles,
  RouteFigures,
  StageFigures,
  WindowFigures,
} from '../../src/analysis/findings.ts'
import { addCounts, meanUs, quantileUs } from '../../src/result/counts.ts'
import type { Counts } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { EncodedHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow, OutcomeSeries, Result } from '../../src/result/result.ts'

type IsValid = (window: IntervalWindow) => boolean

/** Figures of some windows, or of one request in them, added up from the RESULT. */
function figuresOf(windows: readonly IntervalWindow[], isValid: IsValid, request?: number): Figures {
  const span = (windows.at(-1)?.to ?? 0) - (windows[0]?.from ?? 0)
  const perSecond = (count: number): number => (span === 0 ? 0 : count / (span / 1e9))
  const series = windows
    .flatMap(window => window.series)
    .filter(one => request === undefined || one.request === request)
  const count = (kind: OutcomeSeries['outcome']['kind']): number =>
    total(series.filter(one => one.outcome.kind === kind))
  const good = total(series.filter(({ outcome }) => outcome.kind === 'answered' && outcome.status < 400))
  const offered = total(series)
  return {
    fromSeconds: (windows[0]?.from ?? 0) / 1e9,
    toSeconds: (windows.at(-1)?.to ?? 0) / 1e9,
    offeredRps: perSecond(offered),
    sentRps: perSecond(offered - count('never-sent')),
    completedRps: perSecond(count('answered')),
    goodRps: perSecond(good),
    offered,
    sent: offered - count('never-sent'),
    statuses: tally(series, ({ outcome }) =>
      outcome.kind === 'answered' ? String(outcome.status) : undefined,
    ),
    failures: tally(series, ({ outcome }) => {
      if (outcome.kind === 'timed-out') return 'timed-out'
      return outcome.kind === 'failed' ? outcome.cause : undefined
    }),
    neverSent: count('never-sent'),
    neverSentReasons: tally(series, ({ outcome }) =>
      outcome.kind === 'never-sent' ? outcome.reason : undefined,
    ),
    errors: offered - good,
    responseTimeMs: quantiles(timed(series).map(one => one.responseTimesUs)),
    serviceTimeMs: quantiles(timed(series).map(one => one.serviceTimesUs)),
    firstByteTimeMs: quantiles(timed(series).map(one => one.firstByteTimesUs ?? '')),
    valid: windows.every(isValid),
    latencyResolved: true,
  }
}

export function windowFigures({ plan, windows }: Result, isValid: IsValid): readonly WindowFigures[] {
  return windows.map(window => ({
    ...figuresOf([window], isValid),
    stage: plan.stages[window.stage]!.name,
    warmup: plan.stages[window.stage]!.warmup,
    inFlight: window.inFlight.mean,
    connections: connectionFigures([window]),
    latenessP99Us: quantileUs(decodedOnce(window.generator.latenessUs), 0.99) ?? null,
    generatorUtilisation: window.generator.utilisation,
    generatorStallMs: window.generator.longestStallMs,
  }))
}

export function stageFigures({ plan, windows }: Result, isValid: IsValid): readonly StageFigures[] {
  return plan.stages.flatMap(({ name, warmup }, index) => {
    const own = windows.filter(window => window.stage === index)
    return own.length === 0
      ? []
      : [{ ...figuresOf(own, isValid), name, warmup, connections: connectionFigures(own) }]
  })
}

export function routeFigures({ plan, windows }: Result, isValid: IsValid): readonly RouteFigures[] {
  const measured = windows.filter(window => !plan.stages[window.stage]!.warmup)
  if (measured.length === 0) return []
  return plan.requests.map(({ name, method, path }, index) => ({
    ...figuresOf(measured, isValid, index),
    name,
    method,
    path,
    onset: null,
  }))
}

export function phases({ plan, windows }: Result): Phases {
  const measured = windows.filter(window => !plan.stages[window.stage]!.warmup)
  const answered = measured
    .flatMap(({ series }) => series)
    .filter(({ outcome }) => outcome.kind === 'answered')
  return {
    connections: measured.length === 0 ? null : connectionFigures(measured),
    firstByteTimeMs: quantiles(answered.map(one => one.firstByteTimesUs ?? '')),
    transferMeanMs: answered.length === 0 ? null : 0,
  }
}

/** Plain connections, all of them in the windows' own fixed figures. */
function connectionFigures(windows: readonly IntervalWindow[]): ConnectionFigures {
  const { p50, p99 } = quantiles(windows.map(({ handshakes }) => handshakes?.connectTimesUs ?? ''))
  const opened = windows.reduce((sum, { generator }) => sum + generator.connectionsOpened, 0)
  return {
    opened,
    openedRps: opened / ((windows.at(-1)!.to - windows[0]!.from) / 1e9),
    connectTimeMs: { p50, p99 },
    tlsTimeMs: { p50: null, p99: null },
    resumedShare: null,
  }
}

export function generatorFigures({ run, windows }: Result, isValid: IsValid): GeneratorFigures {
  const lateness = addCounts(windows.map(window => decodedOnce(window.generator.latenessUs)))
  const at = (q: number): number | null => quantileUs(lateness, q) ?? null
  return {
    workers: run.workers,
    pacing: 'spin',
    ceilingRps: null,
    ceilingShare: null,
    latenessUs: { p50: at(0.5), p99: at(0.99), max: at(1) },
    cpuShare: 0.2,
    eventLoopUtilisation: Math.max(0, ...windows.map(window => window.generator.utilisation)),
    longestStallMs: Math.max(0, ...windows.map(window => window.generator.longestStallMs)),
    garbageCollectionMs: 1.5 * windows.length,
    invalidWindows: windows.filter(window => !isValid(window)).length,
  }
}

const total = (series: readonly OutcomeSeries[]): number => series.reduce((sum, { count }) => sum + count, 0)

const timed = (series: readonly OutcomeSeries[]): readonly OutcomeSeries[] =>
  series.filter(({ outcome }) => outcome.kind === 'answered' || outcome.kind === 'timed-out')

function tally(
  series: readonly OutcomeSeries[],
  key: (one: OutcomeSeries) => string | undefined,
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of series) {
    const name = key(one)
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + one.count
  }
  return counts
}

function quantiles(histograms: readonly EncodedHistogram[]): Quantiles {
  const counts = addCounts(histograms.map(decodedOnce))
  const ms = (us: number | undefined): number | null => (us === undefined ? null : us / 1000)
  const at = (q: number): number | null => ms(quantileUs(counts, q))
  return {
    mean: ms(meanUs(counts)),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  }
}

const decoded = new Map<EncodedHistogram, Counts>()

function decodedOnce(histogram: EncodedHistogram): Counts {
  const known = decoded.get(histogram) ?? decodeHistogram(histogram)
  decoded.set(histogram, known)
  return known
}
