import { readSection, writeSection } from '../support/document-section.ts'
import { formatFigure, markdownTable, terminalTable } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import { readRuns, withRun, writeRuns } from '../support/kept-runs.ts'
import { signedPercent } from '../search/summary-table.ts'
import type { Particular } from '../search/particulars.ts'
import { say } from '../support/say.ts'
import type { TruthRow } from './judge-search.ts'
import { judgeSuite } from './judge-suite.ts'

export interface TruthRun {
  readonly rows: readonly TruthRow[]
  /** Searches that gave no report at all. */
  readonly broken: readonly string[]
  readonly firstSeed: number
  readonly seeds: number
  readonly machine: string
  readonly atOnce: number
  /** A whole run belongs into the page. */
  readonly isWritten: boolean
}

const SECTION = 'truth'
const KEPT_RUNS = 2

export const TRUTH_COLUMNS: readonly Column[] = [
  { head: 'server', align: 'left' },
  ...['seed', 'true', 'measured', 'interval', 'error', 'tolerance', 'onset error', 'load', 'run'].map(
    head => ({ head, align: 'right' }) as const,
  ),
  { head: 'cause', align: 'left' },
  { head: 'besides', align: 'left' },
  { head: 'wrong', align: 'left' },
]

const INTRODUCTION = `## The capacity search, over loopback

\`\`\`text
npm run truth                               every server, three seeds each, about two hours
npm run truth -- --at-once 6                six searches side by side, about 25 minutes
npm run truth -- --family MM1K --seeds 3    one server, printed
\`\`\`

The command itself, \`plimsoll run URL\` (with a scenario where there is more than one page or a promise), against the same servers in a
process of their own. It is told the address and a budget of 15 minutes. A run that the tool does not stand by is repeated, twice at most; a run that it
does stand by has to be right: the rate within its tolerance, the cause, no onset where there is none, and a figure besides for
some: the burst that a bucket lets through (±20 %), the time to the first 504 at a tenth over the knee (±15 %), the rate R up to which
a collapsed server comes back (−16 % to +10 %). Searches side by side share the two cores, so they and their servers are told \`--low-cpu\`.

The intervals are 95 % ones, so a search that measures rightly may still lie outside now and then. The suite is passed when each server is right in at least two of its
three searches, and 95 % of all searches are; with fewer than three seeds, all have to be. What was wrong stands in the last column.`

export const truthRows = (rows: readonly TruthRow[]): Rows =>
  rows.map(({ score, tolerance, attempt, faults }) => [
    score.family,
    String(score.seed),
    rate(score.trueRps),
    rate(score.rps),
    score.low === null || score.high === null
      ? '–'
      : `${formatFigure(score.low)} to ${formatFigure(score.high)}`,
    percent(score.error),
    `±${Math.round(tolerance * 100)} %`,
    percent(score.onsetError),
    `${formatFigure(score.loadSeconds)} s`,
    ['1st', '2nd', '3rd'][attempt - 1] ?? String(attempt),
    score.cause,
    besides(score.particular),
    faults.join(', '),
  ])

/** Prints the table, writes it into the page after a whole run, and gives the exit code. */
export function tellTruth({ rows, broken, firstSeed, seeds, machine, atOnce, isWritten }: TruthRun): number {
  const wrong = rows.filter(({ faults }) => faults.length > 0)
  const table = truthRows(rows)
  const found = judgeSuite(rows, broken.length, seeds)
  const result = `${rows.length - wrong.length} of ${rows.length + broken.length} searches are right${found.because}.`
  const title = `Seeds ${firstSeed} to ${firstSeed + seeds - 1}${atOnce > 1 ? `, ${atOnce} searches at once` : ''}`
  say(`\n${terminalTable(TRUTH_COLUMNS, table)}\n\n${result}`)
  for (const each of broken) say(each)
  if (isWritten) {
    const text = `**${result}** Measured on: ${machine}\n\n${markdownTable(TRUTH_COLUMNS, table)}`
    const runs = withRun({ title, text }, readRuns(readSection(SECTION, 'accuracy.md')), KEPT_RUNS)
    writeSection(SECTION, `${INTRODUCTION}\n\n${writeRuns(runs)}`, 'accuracy.md')
    say('written to docs/accuracy.md')
  }
  return found.passed ? 0 : 1
}

function besides(particular: Particular | null): string {
  if (particular === null) return ''
  const { name, found, known } = particular
  return `${name} ${found === null ? '–' : formatFigure(found)}, truly ${formatFigure(known)}`
}

const rate = (rps: number | null): string => (rps === null ? '–' : `${formatFigure(rps)}/s`)

function percent(error: number | null): string {
  if (error === null) return ''
  return Number.isNaN(error) ? '–' : signedPercent(error)
}
