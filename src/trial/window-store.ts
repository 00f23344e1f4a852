import type { Stage } from '../plan/plan.ts'
import type { EarlierRun, IntervalWindow } from '../result/result.ts'

/** Where a trial puts its windows while it runs, so that its memory does not grow with its length. */
export interface WindowStore {
  /** In order of time, each once. Never throws: a full disk must not end a trial. */
  keep(window: IntervalWindow): void
  /** Where a search stands, each time that it begins a step. Never throws, either. */
  keepSearch(standing: SearchStanding): void
  /** All that were kept, in order. Called once, after the last of them. */
  readAll(): readonly IntervalWindow[]
}

/** What a search that is cut off needs to be told of, and to go on. */
export interface SearchStanding {
  /** All of them, that of the step that begins included, as far as it is committed. */
  readonly stages: readonly Stage[]
  /** What the search itself knows: a `SearchState`. */
  readonly state: unknown
  /** Where it is a search that was resumed. */
  readonly resumedFrom?: readonly EarlierRun[]
}

/** For what is short, and for what a disk does not take any more. */
export function windowsInMemory(): WindowStore {
  const windows: IntervalWindow[] = []
  return {
    keep: window => void windows.push(window),
    keepSearch: () => undefined,
    readAll: () => windows,
  }
}
