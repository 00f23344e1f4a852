import { LEAST_RUNS_OF_LEVEL } from './find-trend.ts'
import type { RecordedRun } from './history-row.ts'
import type { GroupHistory } from './history.ts'

/** Which runs may go. With both, a run goes only where both let it. */
export interface PruneRule {
  /** Runs of each group to keep, the newest. */
  readonly keep?: number
  /** ISO 8601, UTC: what began before may go. */
  readonly before?: string
}

export interface PruneChoice {
  readonly go: readonly RecordedRun[]
  readonly kept: number
  /** Of the kept ones, those that only stay because a change-point is near. */
  readonly keptForChange: number
}

/**
 * The runs around a change-point stay whatever the rule says: as many on either side as a level needs, so that the
 * change is found again from what is left.
 */
export function choosePrunable(groups: readonly GroupHistory[], rule: PruneRule): PruneChoice {
  const choices = groups.map(group => chooseFrom(group, rule))
  const sum = (of: (choice: PruneChoice) => number): number =>
    choices.reduce((total, choice) => total + of(choice), 0)
  return {
    go: choices.flatMap(({ go }) => go),
    kept: sum(({ kept }) => kept),
    keptForChange: sum(({ keptForChange }) => keptForChange),
  }
}

function chooseFrom({ runs, trend }: GroupHistory, { keep, before }: PruneRule): PruneChoice {
  const witnesses = new Set(
    trend.changes.flatMap(({ after }) => {
      const at = trend.counted.indexOf(after)
      return trend.counted.slice(Math.max(0, at - LEAST_RUNS_OF_LEVEL), at + LEAST_RUNS_OF_LEVEL)
    }),
  )
  const mayGo = runs.map(
    ({ row }, index) =>
      (keep === undefined || index < runs.length - keep) && (before === undefined || row.startedAt < before),
  )
  const go = runs.filter((_, index) => mayGo[index] && !witnesses.has(index))
  return {
    go,
    kept: runs.length - go.length,
    keptForChange: mayGo.filter((may, index) => may && witnesses.has(index)).length,
  }
}
