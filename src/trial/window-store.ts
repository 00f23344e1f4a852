import type { IntervalWindow } from '../result/result.ts'

/** Where a trial puts its windows while it runs, so that its memory does not grow with its length. */
export interface WindowStore {
  /** In order of time, each once. Never throws: a full disk must not end a trial. */
  keep(window: IntervalWindow): void
  /** All that were kept, in order. Called once, after the last of them. */
  readAll(): readonly IntervalWindow[]
}

/** For what is short, and for what a disk does not take any more. */
export function windowsInMemory(): WindowStore {
  const windows: IntervalWindow[] = []
  return { keep: window => void windows.push(window), readAll: () => windows }
}
