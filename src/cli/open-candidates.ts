import type { RunFigures } from '../compare/run-figures.ts'
import type { Candidate } from '../gate/gate.ts'
import type { HistoryRow } from '../history/history-row.ts'
import { rowOf } from '../history/row-of.ts'
import { buildReport } from '../report/build-report.ts'
import type { Problem } from '../units/problem.ts'
import { judge } from '../verdict/judge.ts'
import type { Files } from './effects.ts'
import { openRuns } from './open-runs.ts'

/** A candidate in every form in which a gate looks at it. */
export interface OpenedCandidate extends Candidate {
  readonly figures: RunFigures
  /** As a history keeps it. */
  readonly row: HistoryRow
}

export interface OpenedCandidates {
  readonly candidates: readonly OpenedCandidate[]
  readonly problems: readonly Problem[]
}

/** The runs that ask to pass, judged anew by this version; what cannot be read is a problem, all of them at once. */
export async function openCandidates(paths: readonly string[], files: Files): Promise<OpenedCandidates> {
  const { runs, problems } = await openRuns(paths, files)
  const judged = runs.map(run => ({ run, candidate: judgeAnew(run) }))
  return {
    candidates: judged.flatMap(({ candidate }) => candidate ?? []),
    problems: [
      ...problems,
      ...judged.flatMap(({ run, candidate }) => (candidate === undefined ? [damaged(run.label)] : [])),
    ],
  }
}

/** What stands in a file may be damaged in ways that only show when it is worked with; that is not our fault. */
function judgeAnew(figures: RunFigures): OpenedCandidate | undefined {
  const { label, result, findings } = figures
  try {
    const report = buildReport(result, findings, judge(result.plan, findings, result))
    const row = rowOf(report)
    return row && { label, report, figures, row }
  } catch {
    return undefined
  }
}

const damaged = (file: string): Problem => ({
  code: 'report/damaged',
  message: 'the measurements in it cannot be worked with',
  fix: 'give the file as plimsoll run wrote it',
  at: { file },
})
