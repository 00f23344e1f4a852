import type { Plan } from '../plan/plan.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import type { TickPart } from '../recording/window-part.ts'
import { addCounts, quantileUs } from '../result/counts.ts'
import type { SearchPhase } from '../result/search-record.ts'
import type { RatePerSecond } from '../units/quantity.ts'

/** What a trial tells about itself while it runs, once a second. By the clock, not by intended start. */
export interface Progress {
  readonly atSeconds: number
  readonly secondsLeft: number
  readonly stage: string
  readonly warmup: boolean
  /** In a closed model: how many send. */
  readonly connections?: number
  readonly offeredRps: number
  readonly goodRps: number
  /** Of the requests that ended in this second; null when none did. */
  readonly errorShare: number | null
  readonly p99Ms: number | null
  readonly inFlight: number
  /** Sent all that was intended; late answers are awaited. */
  readonly draining: boolean
  /** In a search, where `secondsLeft` is what its budget still holds. */
  readonly search?: SearchProgress
}

/** The step that the second belonged to. */
export interface SearchProgress {
  /** From 0; a new number means that a step has begun. */
  readonly step: number
  readonly phase: SearchPhase
  readonly rate: RatePerSecond
  readonly because: string
  /** What the step before it showed; empty before the first, and where nothing was to be shown. */
  readonly found: string
}

/** One second of the trial as its workers saw it, added up. */
export function toProgress(
  plan: Pick<Plan, 'stages'>,
  spans: readonly WindowSpan[],
  ticks: readonly TickPart[],
): Progress {
  const span = spans[ticks[0]!.index]!
  const stage = plan.stages[span.stage]!
  const length = (span.to - span.from) / 1e9
  const sum = (of: (tick: TickPart) => number): number => ticks.reduce((total, tick) => total + of(tick), 0)
  const ended = sum(({ flow }) => flow.ended)
  const good = sum(({ flow }) => flow.good)
  const p99 = quantileUs(addCounts(ticks.map(({ response }) => response)), 0.99)
  return {
    atSeconds: span.to / 1e9,
    secondsLeft: (spans.at(-1)!.to - span.to) / 1e9,
    stage: stage.name,
    warmup: stage.warmup,
    ...(stage.connections === undefined ? {} : { connections: stage.connections }),
    offeredRps: sum(({ offered }) => offered) / length,
    goodRps: good / length,
    errorShare: ended === 0 ? null : (ended - good) / ended,
    p99Ms: p99 === undefined ? null : p99 / 1e3,
    inFlight: sum(({ inFlight }) => inFlight),
    draining: ticks[0]!.index === spans.length - 1,
  }
}
