import { findLevelShifts } from '../statistics/level-shifts.ts'
import { meanOf } from '../statistics/two-sample-t.ts'
import { kneeOf } from './history-row.ts'
import type { RecordedRun } from './history-row.ts'
import { expectNext } from './expect-next.ts'
import type { NextKnee } from './expect-next.ts'

/** Runs that a level must have: fewer could be chance, or one bad night. */
export const LEAST_RUNS_OF_LEVEL = 5
/** δ, the change of a capacity that counts; half of it is marked in a history, so that it is seen coming. */
const DELTA = 0.05
const ALPHA = 0.001
/** The search for change-points takes a time that grows with the square of the runs. */
const MOST_RUNS = 1000

/** How the knee of comparable runs went over time. Indices are those of the runs. */
export interface Trend {
  /** Runs with a measured knee that can be believed: what the rest is made of. */
  readonly counted: readonly number[]
  /** One after the other, without a gap between the counted runs. */
  readonly levels: readonly Level[]
  /** One between each two levels. */
  readonly changes: readonly Change[]
  readonly next: NextKnee
}

export interface Level {
  /** Index of its first counted run, and of its last. */
  readonly first: number
  readonly last: number
  readonly runs: number
  /** Geometric mean. */
  readonly kneeRps: number
}

export interface Change {
  /** Index of the last counted run before it, and of the first after it. */
  readonly before: number
  readonly after: number
  readonly fromRps: number
  readonly toRps: number
  /** −0.21 for a fall by 21 %. */
  readonly ratio: number
  /** Of Student's test, corrected for the places where the change could have been found. */
  readonly p: number
}

/** Knees are compared by their ratio, so all of this is done on the logarithm. */
export function findTrend(runs: readonly RecordedRun[]): Trend {
  const knees = runs.flatMap(({ row }, index) => {
    const knee = kneeOf(row)
    return knee === undefined ? [] : [{ index, log: Math.log(knee) }]
  })
  const recent = knees.slice(-MOST_RUNS)
  const logs = recent.map(({ log }) => log)
  const shifts = findLevelShifts(logs, {
    least: LEAST_RUNS_OF_LEVEL,
    alpha: ALPHA,
    smallest: Math.log(1 + DELTA / 2),
  })
  const starts = recent.length === 0 ? [] : [0, ...shifts.map(({ at }) => at)]
  const levels = starts.map((from, i): Level => {
    const to = starts[i + 1] ?? recent.length
    const kneeRps = Math.exp(meanOf(logs.slice(from, to)))
    return { first: recent[from]!.index, last: recent[to - 1]!.index, runs: to - from, kneeRps }
  })
  const changes = shifts.map(({ difference, p }, i): Change => {
    const [before, after] = [levels[i]!, levels[i + 1]!]
    return {
      before: before.last,
      after: after.first,
      fromRps: before.kneeRps,
      toRps: after.kneeRps,
      ratio: Math.expm1(difference),
      p,
    }
  })
  return {
    counted: knees.map(({ index }) => index),
    levels,
    changes,
    next: expectNext(logs.slice(starts.at(-1) ?? 0).map(Math.exp)),
  }
}
