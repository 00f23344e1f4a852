import { healthyLags } from './healthy-lag.ts'
import type { Stage } from '../plan/plan.ts'
import { isError } from './window-record.ts'
import type { SeriesRecord, WindowRecord } from './window-record.ts'

/** One window as the estimators see it: a load and what came of it. */
export interface Level {
  /** Start of the window, in s from the start of the trial. */
  readonly at: number
  readonly seconds: number
  /** Intended rate, in 1/s. The arrivals scatter around it, so `offered / seconds` differs. */
  readonly rate: number
  readonly offered: number
  /** Good answers, by the clock. */
  readonly good: number
  /** Errors, by intended start. */
  readonly bad: number
  readonly inFlight: { readonly mean: number; readonly atEnd: number }
  /** Good answers still owed only because answering takes time (`healthyLags`). */
  readonly lag?: number
  /** Index of the stage in the plan. */
  readonly stage: number
  readonly series: readonly SeriesRecord[]
}

/**
 * The valid measured windows of the rising part of the profile: its stages up to now have never fallen below
 * the highest rate offered before. What comes after an overload tells of recovery, not of capacity.
 */
export function risingLevels(records: readonly WindowRecord[]): readonly Level[] {
  const lags = healthyLags(records)
  return risingRecords(records)
    .filter(({ limits, cut, rate }) => limits.length === 0 && !cut && rate > 0)
    .map(record => ({ ...levelOf(record), lag: lags.get(record) ?? 0 }))
}

export function risingRecords(records: readonly WindowRecord[]): readonly WindowRecord[] {
  const stages = [...new Map(records.map(({ window, stage }) => [window.stage, stage]))].filter(
    ([, stage]) => !stage.warmup,
  )
  // From wherever it reaches highest: a profile may begin with a fall, or come back after one.
  let rising: ReadonlySet<number> = new Set()
  let top = -1
  for (const start of stages.keys()) {
    const found = risingFrom(stages.slice(start))
    if (found.top > top) [rising, top] = [found.indices, found.top]
  }
  return records.filter(({ window }) => rising.has(window.stage))
}

/** The stages that never fall, neither within themselves nor below the highest rate offered before them. */
function risingFrom(stages: readonly (readonly [number, Stage])[]): {
  readonly indices: ReadonlySet<number>
  readonly top: number
} {
  const indices = new Set<number>()
  let highest = 0
  let top = -1
  for (const [index, { from, to }] of stages) {
    if (to >= from && from >= highest * (1 - 1e-9)) {
      indices.add(index)
      top = to
    }
    highest = Math.max(highest, from, to)
  }
  return { indices, top }
}

export function levelOf({ window, rate, seconds, series }: WindowRecord): Level {
  const bad = series.reduce((sum, one) => (isError(one) ? sum + one.count : sum), 0)
  return {
    at: window.from / 1e9,
    seconds,
    rate,
    offered: window.offered,
    good: window.flow.good,
    bad,
    inFlight: window.inFlight,
    stage: window.stage,
    series,
  }
}
