import { expectNext } from '../history/expect-next.ts'
import type { NextKnee } from '../history/expect-next.ts'
import { findTrend } from '../history/find-trend.ts'
import { groupRuns } from '../history/group-runs.ts'
import type { HistoryRow, RecordedRun } from '../history/history-row.ts'

/**
 * What the runs of a store expect of a candidate's knee: those of the group that it would join, since their last change.
 * A candidate that lies in the store already, and what went on from it, says nothing of itself or of another candidate.
 *
 * @param asking ids of all candidates
 */
export function expectKnee(
  candidate: HistoryRow,
  runs: readonly RecordedRun[],
  asking: readonly string[],
): NextKnee {
  const own = new Set(asking)
  const others = runs.filter(({ row }) => !own.has(row.id) && !row.resumedFrom.some(id => own.has(id)))
  const joined = groupRuns([...others, { row: candidate, files: [''] }])
  const group = joined.find(one => one.runs.some(({ row }) => row.id === candidate.id))
  const comparable = group?.runs.filter(({ row }) => row.id !== candidate.id) ?? []
  return comparable.length === 0 ? expectNext([]) : findTrend(comparable).next
}
