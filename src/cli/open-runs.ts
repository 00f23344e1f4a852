import { analyse } from '../analysis/analyse.ts'
import { readWindows } from '../analysis/window-record.ts'
import { figuresOfRun } from '../compare/run-figures.ts'
import type { RunFigures } from '../compare/run-figures.ts'
import type { Result } from '../result/result.ts'
import type { Checked, Problem } from '../units/problem.ts'
import type { Files } from './effects.ts'
import { openReport } from './open-report.ts'

export interface OpenedRuns {
  readonly runs: readonly RunFigures[]
  readonly problems: readonly Problem[]
}

/** The runs behind reports, judged anew by this version; a report that cannot be read is a problem, all of them at once. */
export async function openRuns(paths: readonly string[], files: Files): Promise<OpenedRuns> {
  const runs: RunFigures[] = []
  const problems: Problem[] = []
  for (const path of paths) {
    const opened = await openReport(path, files)
    const read = opened.ok ? readRun(opened.value, path) : opened
    if (read.ok) runs.push(read.value)
    else problems.push(...read.problems)
  }
  return { runs, problems }
}

/** What stands in a file may be damaged in ways that only show when it is worked with; that is not our fault. */
function readRun(result: Result, label: string): Checked<RunFigures> {
  try {
    const records = readWindows(result)
    return {
      ok: true,
      value: figuresOfRun({ label, result, findings: analyse(result, {}, records), records }),
    }
  } catch (error) {
    const message = `the measurements in it cannot be worked with: ${(error as Error).message}`
    const fix = 'give the file as plimsoll run wrote it'
    return { ok: false, problems: [{ code: 'report/damaged', message, fix, at: { file: label } }] }
  }
}
