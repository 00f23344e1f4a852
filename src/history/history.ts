import { byKey } from './by-key.ts'
import { findTrend } from './find-trend.ts'
import type { Trend } from './find-trend.ts'
import { groupRuns } from './group-runs.ts'
import type { RunGroup } from './group-runs.ts'
import type { HistoryRow, RecordedRun } from './history-row.ts'
import type { SetAsideReason } from './read-report.ts'

/** What a folder of reports holds. Everything else is made from this. */
export interface Store {
  readonly folder: string
  readonly runs: readonly RecordedRun[]
  readonly setAside: readonly SetAsideFile[]
  /** False where the folder has more files, or deeper folders, than are looked at. */
  readonly isWhole: boolean
}

/** A file that is no report that can be read. */
export interface SetAsideFile {
  readonly file: string
  readonly is: SetAsideReason
}

export interface History extends Omit<Store, 'runs'> {
  readonly groups: readonly GroupHistory[]
}

export interface GroupHistory extends RunGroup {
  readonly trend: Trend
}

/** The runs of a store, in groups of comparable ones, each with its trend; with a name, of that scenario only. */
export function historyOf({ runs, ...store }: Store, name?: string): History {
  const wanted = name === undefined ? runs : runs.filter(({ row }) => row.name === name)
  return { ...store, groups: groupRuns(wanted).map(group => ({ ...group, trend: findTrend(group.runs) })) }
}

/** The same run in several files becomes one run with several files. */
export function runsOf(
  found: readonly { readonly file: string; readonly row: HistoryRow }[],
): readonly RecordedRun[] {
  const inOrder = found.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  return byKey(inOrder, ({ row }) => row.id).map(same => ({
    row: same[0]!.row,
    files: same.map(({ file }) => file),
  }))
}
