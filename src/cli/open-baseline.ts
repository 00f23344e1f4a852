import { join } from 'node:path'
import type { Problem } from '../units/problem.ts'
import type { Files } from './effects.ts'
import { openRuns } from './open-runs.ts'
import type { OpenedRuns } from './open-runs.ts'

const MOST_FILES = 1000

/** The runs of reports, and of folders that hold reports and no other JSON. */
export async function openBaseline(paths: readonly string[], files: Files): Promise<OpenedRuns> {
  const reports: string[] = []
  const problems: Problem[] = []
  for (const path of paths) {
    if (await files.isFolder(path)) {
      const { files: listed } = await files.list(path, { wanted: isJson, depth: 0, most: MOST_FILES })
      if (listed.length === 0) problems.push(emptyFolder(path))
      reports.push(...listed.map(file => join(path, file.path)))
    } else reports.push(path)
  }
  const opened = await openRuns(reports, files)
  return { runs: opened.runs, problems: [...problems, ...opened.problems] }
}

const isJson = (name: string): boolean => /\.json$/i.test(name)

const emptyFolder = (file: string): Problem => ({
  code: 'gate/empty-baseline',
  message: 'there is no report in this folder',
  fix: 'name the folder that holds the reports of the baseline, or the reports themselves',
  at: { file },
})
