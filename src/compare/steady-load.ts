import { answerTimes, countWhere, isError } from '../analysis/window-record.ts'
import type { WindowRecord } from '../analysis/window-record.ts'
import { isClosed } from '../plan/plan.ts'
import type { Plan } from '../plan/plan.ts'
import type { Counts } from '../result/counts.ts'

/** Rates this near to each other count as the same: at 60 % of the knee 5 % of rate are 7.5 % of an M/M/1's response time at most. */
export const SAME_RATE = 0.05

/** Windows of constant load, measured, valid, with response times that are not the generator's, and not in the wake of an overload. */
export function steadyWindows(
  plan: Plan,
  records: readonly WindowRecord[],
  kneeFloor: number | null,
): readonly WindowRecord[] {
  if (isClosed(plan)) return []
  return beforeOverload(records, kneeFloor).filter(
    ({ stage, limits, blurred, cut, rate }) =>
      stage.from === stage.to && !stage.warmup && limits.length === 0 && !blurred && !cut && rate > 0,
  )
}

/** A target that was overloaded before may still be working off its backlog: such windows tell of recovery. */
export function beforeOverload(
  records: readonly WindowRecord[],
  kneeFloor: number | null,
): readonly WindowRecord[] {
  let highest = 0
  return records.filter(({ rate }) => {
    highest = Math.max(highest, rate)
    return kneeFloor === null || highest <= kneeFloor || rate * (1 + SAME_RATE) >= highest
  })
}

export const isAtRate = (rate: number, wanted: number): boolean => Math.abs(rate / wanted - 1) <= SAME_RATE

/** What happened at one rate. */
export interface LoadFigures {
  readonly windows: readonly WindowRecord[]
  readonly offered: number
  readonly errors: number
  readonly responseTimes: Counts
}

/** @param request index into the requests of the plan; absent: all of them */
export function figuresAtRate(
  steady: readonly WindowRecord[],
  wantedRps: number,
  request?: number,
): LoadFigures {
  const windows = steady.filter(({ rate }) => isAtRate(rate, wantedRps))
  const series = windows
    .flatMap(window => window.series)
    .filter(one => request === undefined || one.request === request)
  return {
    windows,
    offered: countWhere(series, () => true),
    errors: countWhere(series, isError),
    responseTimes: answerTimes(series),
  }
}
