import { readSection, writeSection } from '../support/document-section.ts'
import { markdownTable, terminalTable } from '../support/format-table.ts'
import { readRuns, withRun, writeRuns } from '../support/kept-runs.ts'
import { say } from '../support/say.ts'
import { SUMMARY_COLUMNS, summaryRows } from './summary-table.ts'
import type { Summary } from './summary.ts'

export interface SearchBenchRun {
  readonly summaries: readonly Summary[]
  readonly firstSeed: number
  readonly seeds: number
  readonly minutes: number
  /** A whole run belongs into the page. */
  readonly isWritten: boolean
}

const SECTION = 'search'
const KEPT_RUNS = 2

const INTRODUCTION = `## The capacity search, in virtual time

\`\`\`text
npm run bench:search                            every server, 200 seeds
npm run bench:search -- --seed 1001             200 other ones
npm run bench:search -- --family RETRO --seeds 20   one server, printed
\`\`\`

Whole searches against the servers of the [lab](lab.md), without a network and without waiting: the real schedule, recorder,
search, analysis and verdict, an instant of the clock being a number. In each search the server's rates are
multiplied by a factor drawn from 0.7 to 1.4, and arrivals and service times come from other seeds. MMC-136 is MMC with room for 136, SLO is MM1 with
the promise p99 < 100 ms, whose rate is sought instead of the knee; the knee of RETRO is the one for as long as the search held it.

*within*: the error is at most that; *covered*: the truth lies in the 95 % interval; *load*: median seconds of load, beside the plan 35 s + 40 000/C;
*label*: the cause that is named first is the right one; *false onsets*: load was blamed where it has nothing to do with
the errors; *onset error*: median of its size; *besides*: share of the searches in which a figure beside the knee is right (the burst that
a limiter lets through, seconds to the first 504, the rate at which a collapsed target recovers). Targets: ±3 % in 95 % of the searches (±5 % where a server collapses
or its capacity changes, ±8 % where it has no queue), 92 % covered, 1.3 times the plan, label right in 98 %, the figure
beside the knee in 95 %, no false onset at all. Where a request waits beyond the load's own deadline, the right label is overload.`

/** Prints the table, writes it into the page after a whole run, and gives the exit code. */
export function tellSearch(run: SearchBenchRun): number {
  const { summaries, firstSeed, seeds, minutes, isWritten } = run
  const rows = summaryRows(summaries)
  const missed = summaries.filter(summary => summary.missed.length > 0)
  const result =
    missed.length === 0
      ? 'Every target is met.'
      : `Missed: ${missed.map(({ family, missed: what }) => `${family} (${what.join(', ')})`).join('; ')}.`
  const title = `Seeds ${firstSeed} to ${firstSeed + seeds - 1}`
  say(`\n${title}\n${terminalTable(SUMMARY_COLUMNS, rows)}\n\n${result}`)
  if (isWritten) {
    const searches = summaries.reduce((sum, summary) => sum + summary.searches, 0)
    const text = `${result} ${searches} searches in ${minutes.toFixed(1)} minutes.\n\n${markdownTable(SUMMARY_COLUMNS, rows)}`
    const runs = withRun({ title, text }, readRuns(readSection(SECTION, 'accuracy.md')), KEPT_RUNS)
    writeSection(SECTION, `${INTRODUCTION}\n\n${writeRuns(runs)}`, 'accuracy.md')
    say('written to docs/accuracy.md')
  }
  return missed.length === 0 ? 0 : 1
}
