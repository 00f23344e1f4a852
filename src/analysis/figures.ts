import { addCounts, quantileUs } from '../result/counts.ts'
import { byStage } from './by-stage.ts'
import type { Figures, StageFigures, WindowFigures } from './findings.ts'
import { connectionFigures } from './phases.ts'
import { quantilesMs } from './quantiles.ts'
import { countWhere, hasTime, isError } from './window-record.ts'
import type { SeriesRecord, WindowRecord } from './window-record.ts'

/** A stage or a trial with more invalid windows than this share of it says nothing about the target. */
export const TOLERATED_INVALID = 0.2

export function windowFigures(record: WindowRecord): WindowFigures {
  const { window, stage } = record
  return {
    stage: stage.name,
    warmup: stage.warmup,
    ...figuresOf([record]),
    inFlight: window.inFlight.mean,
    connections: connectionFigures([record]),
    latenessP99Us: quantileUs(record.lateness, 0.99) ?? null,
    generatorUtilisation: window.generator.utilisation,
    generatorStallMs: window.generator.longestStallMs,
  }
}

/** One for each stage that was reached. */
export function stageFigures(records: readonly WindowRecord[]): readonly StageFigures[] {
  return [...byStage(records, ({ window }) => window.stage).values()].map(own => {
    const { name, warmup } = own[0]!.stage
    return { name, warmup, ...figuresOf(own), connections: connectionFigures(own) }
  })
}

/** Figures of neighbouring windows; at least one. */
export function figuresOf(records: readonly WindowRecord[]): Figures {
  const duration = records.reduce((sum, { seconds }) => sum + seconds, 0)
  const sum = (of: (record: WindowRecord) => number): number =>
    records.reduce((total, record) => total + of(record), 0)
  const invalid = records.filter(({ limits }) => limits.length > 0).length
  return {
    fromSeconds: records[0]!.window.from / 1e9,
    toSeconds: records.at(-1)!.window.to / 1e9,
    completedRps: sum(({ window }) => window.flow.answered) / duration,
    goodRps: sum(({ window }) => window.flow.good) / duration,
    sentRps: sum(({ window }) => window.sent) / duration,
    sent: sum(({ window }) => window.sent),
    ...seriesFigures(
      records.flatMap(({ series }) => series),
      duration,
    ),
    valid: invalid <= TOLERATED_INVALID * records.length,
    latencyResolved: isResolved(records),
  }
}

export function isResolved(records: readonly WindowRecord[]): boolean {
  return records.filter(({ blurred }) => blurred).length <= TOLERATED_INVALID * records.length
}

/** The part of the figures that comes from series alone, so that one request of the scenario has it too. */
export function seriesFigures(
  series: readonly SeriesRecord[],
  duration: number,
): Omit<
  Figures,
  'fromSeconds' | 'toSeconds' | 'completedRps' | 'goodRps' | 'sent' | 'sentRps' | 'valid' | 'latencyResolved'
> {
  const offered = countWhere(series, () => true)
  const timed = series.filter(hasTime)
  return {
    offeredRps: offered / duration,
    offered,
    statuses: tally(series, ({ outcome }) => (outcome.kind === 'answered' ? `${outcome.status}` : undefined)),
    failures: tally(series, failureName),
    neverSent: countWhere(series, ({ outcome }) => outcome.kind === 'never-sent'),
    neverSentReasons: tally(series, ({ outcome }) =>
      outcome.kind === 'never-sent' ? outcome.reason : undefined,
    ),
    errors: countWhere(series, isError),
    responseTimeMs: quantilesMs(addCounts(timed.map(({ responseTimes }) => responseTimes))),
    serviceTimeMs: quantilesMs(addCounts(timed.map(({ serviceTimes }) => serviceTimes))),
    firstByteTimeMs: quantilesMs(addCounts(timed.map(({ firstByteTimes }) => firstByteTimes))),
  }
}

function failureName({ outcome }: SeriesRecord): string | undefined {
  if (outcome.kind === 'failed') return outcome.cause
  return outcome.kind === 'timed-out' ? 'timed-out' : undefined
}

function tally(
  series: readonly SeriesRecord[],
  nameOf: (series: SeriesRecord) => string | undefined,
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const one of series) {
    const name = nameOf(one)
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + one.count
  }
  return counts
}
