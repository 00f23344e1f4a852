import { kneeOf } from './history-row.ts'
import type { History } from './history.ts'

/**
 * The history as JSON, `plimsoll/history@1`: groups with their runs in order of time; `change` and `counted` say of a run
 * whether a new level begins with it, and whether it is part of the trend.
 *
 * @param last runs of each group to write, the newest; the trend is of all of them
 */
export function renderJson({ folder, isWhole, groups, setAside }: History, last: number = Infinity): string {
  const document = {
    schema: 'plimsoll/history@1',
    folder,
    isWhole,
    groups: groups.map(({ runs, trend, ...group }) => ({
      ...group,
      changes: trend.changes.map(({ before, after, ...change }) => ({
        before: runs[before]!.row.id,
        after: runs[after]!.row.id,
        ...change,
      })),
      levels: trend.levels.map(({ first, last: until, ...level }) => ({
        first: runs[first]!.row.id,
        last: runs[until]!.row.id,
        ...level,
      })),
      next: trend.next,
      runs: runs
        .map(({ row, files }, index) => ({
          files,
          ...row,
          counted: kneeOf(row) !== undefined,
          change: trend.changes.some(({ after }) => after === index),
        }))
        .slice(-Math.min(last, runs.length)),
    })),
    setAside,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
