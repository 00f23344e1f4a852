import { readSection, writeSection } from '../support/document-section.ts'
import { formatFigure, markdownTable, terminalTable } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import { readRuns, withRun, writeRuns } from '../support/kept-runs.ts'
import { median } from '../support/median.ts'
import { say } from '../support/say.ts'
import { MOST_BAD } from './size-and-try.ts'
import type { Launch } from './size-and-try.ts'

export interface SizingRun {
  readonly launches: readonly Launch[]
  readonly firstSeed: number
  readonly seeds: number
  readonly minutes: number
  readonly isWritten: boolean
}

/** Launches of one server. */
export interface Tally {
  readonly family: string
  readonly launches: number
  /** N held, and N − 1 did not. */
  readonly held: number
  readonly failedBelow: number
  readonly medianBackends: number
  readonly missed: readonly string[]
}

/** Of a hundred. */
const TARGET = 0.95
const SECTION = 'sizing'
const KEPT_RUNS = 2

const COLUMNS: readonly Column[] = [
  { head: 'server', align: 'left' },
  ...['launches', 'N, median', 'N held', 'N − 1 did not'].map(head => ({ head, align: 'right' }) as const),
  { head: 'missed', align: 'left' },
]

const INTRODUCTION = `## Sizing

\`\`\`text
npm run bench:sizing                            every server, 100 launches
npm run bench:sizing -- --seed 1001             100 other ones
npm run bench:sizing -- --family MM1K --each    one server, each launch printed
npm run bench:sizing -- --in-turn               requests given out in turn
\`\`\`

Whether a launch goes as \`plimsoll size --survive 0 --headroom 1\` says. In each, one server of the [lab](lab.md) is drawn, its rate multiplied by 0.7
to 1.4; a search in virtual time measures it to 0.5 %; and for a peak of 1.5 to 4 times the rate that the server has before it is multiplied, backends are asked for.
Then the peak comes, for 900 s, over so many such servers (*N held*: at most 1 % of its requests end badly, as the knee is
defined), and over one fewer (*N − 1 did not*). Target: 95 of 100 each. N errs to the safe side, because it reckons with the lower end of the knee's
interval; so where one backend fewer would have held after all, it was by about that. Each request goes to one of the servers at random, so that arrivals at each
are as they were when it was measured. In turn (\`--in-turn\`) they come more evenly, and a server that a moment's queue can bring down carries up to a hundredth more.`

export function tally(launches: readonly Launch[]): Tally {
  const held = launches.filter(({ backends, badShare }) => backends !== null && badShare <= MOST_BAD).length
  const failedBelow = launches.filter(({ badShareBelow }) => badShareBelow > MOST_BAD).length
  const least = Math.ceil(TARGET * launches.length)
  return {
    family: launches[0]!.family,
    launches: launches.length,
    held,
    failedBelow,
    medianBackends: median(launches.map(({ backends }) => backends ?? 0)),
    missed: [...(held < least ? ['N'] : []), ...(failedBelow < least ? ['N − 1'] : [])],
  }
}

/** Prints the table, writes it into the page after a whole run, and gives the exit code. */
export function tellLaunches({ launches, firstSeed, seeds, minutes, isWritten }: SizingRun): number {
  const families = [...new Set(launches.map(({ family }) => family))]
  const tallies = families.map(name => tally(launches.filter(({ family }) => family === name)))
  const missed = tallies.filter(one => one.missed.length > 0)
  const result =
    missed.length === 0
      ? 'Every target is met.'
      : `Missed: ${missed.map(({ family, missed: what }) => `${family} (${what.join(', ')})`).join('; ')}.`
  const title = `Seeds ${firstSeed} to ${firstSeed + seeds - 1}`
  const rows = tallies.map(rowOf)
  say(`\n${title}\n${terminalTable(COLUMNS, rows)}\n\n${result}`)
  if (isWritten) {
    const text = `**${result}** ${launches.length} launches in ${minutes.toFixed(1)} minutes.\n\n${markdownTable(COLUMNS, rows)}`
    const runs = withRun({ title, text }, readRuns(readSection(SECTION, 'accuracy.md')), KEPT_RUNS)
    writeSection(SECTION, `${INTRODUCTION}\n\n${writeRuns(runs)}`, 'accuracy.md')
    say('written to docs/accuracy.md')
  }
  return missed.length === 0 ? 0 : 1
}

const rowOf = ({ family, launches, medianBackends, held, failedBelow, missed }: Tally): Rows[number] => [
  family,
  String(launches),
  formatFigure(medianBackends),
  String(held),
  String(failedBelow),
  missed.join(', '),
]
