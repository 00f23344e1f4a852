import { join } from 'node:path'
import { choosePrunable } from '../history/choose-prunable.ts'
import type { PruneRule } from '../history/choose-prunable.ts'
import type { RecordedRun } from '../history/history-row.ts'
import type { History } from '../history/history.ts'
import { wordInstant, wordKnee } from '../history/view/word-run.ts'
import { cleanText } from '../report/view/clean-text.ts'
import { countOf } from '../report/view/sentence.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { readStored } from './read-store.ts'

interface Pruned {
  readonly reports: number
  readonly pages: number
  /** Files that are something else by now, and files that could not be deleted, each with its reason. */
  readonly changed: readonly string[]
  readonly failures: readonly string[]
}

/** Deletes what the rule lets go, or with `isRehearsal` only says what it would; each file is named either way. */
export async function pruneStore(
  history: History,
  rule: PruneRule,
  isRehearsal: boolean,
  effects: Effects,
): Promise<ExitCode> {
  const { terminal } = effects
  const choice = choosePrunable(history.groups, rule)
  const tallies: Pruned[] = []
  for (const run of choice.go) tallies.push(await pruneRun(run, history.folder, isRehearsal, effects))
  const sum = (of: (one: Pruned) => number): number => tallies.reduce((total, one) => total + of(one), 0)
  const pages = sum(one => one.pages)
  const gone = `${countOf(
    sum(one => one.reports),
    'report',
  )}${pages === 0 ? '' : ` and ${countOf(pages, 'page')}`}`
  const near = choice.keptForChange === 0 ? '' : `, ${choice.keptForChange} of them because a change is near`
  terminal.print(
    `${isRehearsal ? 'would delete' : 'deleted'} ${gone}; ${countOf(choice.kept, 'run')} kept${near}\n`,
  )
  const failures = tallies.flatMap(one => one.failures)
  const reasons = [...tallies.flatMap(one => one.changed), ...failures]
  for (const reason of reasons) terminal.tell(`${cleanText(reason)}\n`)
  return failures.length === 0 ? EXIT.passed : EXIT.internalError
}

async function pruneRun(
  { row, files: paths }: RecordedRun,
  folder: string,
  isRehearsal: boolean,
  { terminal, files }: Effects,
): Promise<Pruned> {
  const words = `${wordInstant(row.startedAt)} UTC, ${row.name}, knee ${wordKnee(row).text}`
  let [reports, pages] = [0, 0]
  const changed: string[] = []
  const failures: string[] = []
  for (const path of paths.map(file => join(folder, file))) {
    // What was read before may stand in the cache; what is deleted is looked at once more.
    const again = await readStored(path, files)
    if (again.is !== 'report' || again.row.id !== row.id) {
      if (await files.exists(path)) changed.push(`${path} has changed meanwhile and is kept`)
      continue
    }
    const page = path.replace(/\.json$/i, '.html')
    const hasPage = page !== path && (await isFile(page, files))
    terminal.print(cleanText(`${path}${hasPage ? ' and its page' : ''} (${words})`) + '\n')
    try {
      if (!isRehearsal) await files.remove(path)
      reports += 1
      if (hasPage && !isRehearsal) await files.remove(page)
      pages += hasPage ? 1 : 0
    } catch (error) {
      failures.push(`${path} cannot be deleted: ${(error as Error).message}`)
    }
  }
  return { reports, pages, changed, failures }
}

const isFile = async (path: string, files: Effects['files']): Promise<boolean> =>
  (await files.exists(path)) && !(await files.isFolder(path))
