import { fewestFound, mostFalse } from '../../src/compare/aa-tally.ts'
import type { ComparisonVerdict } from '../../src/compare/comparison.ts'
import { readSection, writeSection } from '../support/document-section.ts'
import { markdownTable, terminalTable } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import { readRuns, withRun, writeRuns } from '../support/kept-runs.ts'
import { say } from '../support/say.ts'

/** Comparisons of one kind. */
export interface Kind {
  readonly name: string
  readonly isPlanted: boolean
  readonly found: readonly {
    readonly verdict: ComparisonVerdict
    readonly pairs: number
    readonly sd: number | null
  }[]
  /** False verdicts on either side at most, and finds at least; absent: as chance allows at 2.5 % and 90 %. */
  readonly limit?: number
}

export interface ComparisonRun {
  readonly kinds: readonly Kind[]
  /** Comparisons that gave no result at all. */
  readonly broken: readonly string[]
  readonly firstSeed: number
  readonly machine: string
  readonly minutes: number
  readonly isWritten: boolean
}

const SECTION = 'compare'
const KEPT_RUNS = 2

const COLUMNS: readonly Column[] = [
  { head: 'comparisons', align: 'left' },
  ...['', 'regressed', 'improved', 'equivalent', 'inconclusive', 'pairs', 'scatter'].map(
    head => ({ head: head === '' ? 'n' : head, align: 'right' }) as const,
  ),
  { head: 'target', align: 'left' },
  { head: 'missed', align: 'left' },
]

const INTRODUCTION = `## Comparisons

\`\`\`text
npm run bench:compare                       200 comparisons of each kind in virtual time, 20 over loopback: about 30 minutes
npm run bench:compare -- --at-once 10       those over loopback ten at a time: about 20 minutes
npm run bench:compare -- --loopback 0       in virtual time alone: about 6 minutes
\`\`\`

How often a comparison cries wolf, and what it finds: \`plimsoll compare --run\` with the runs that it makes by itself (30 % and 60 % of the knee, then
beyond it, 53 s), against [WANDER](lab.md), a server of 600/s (over loopback 400/s) whose speed wanders by 3 % within a run. In virtual time each run meets a
server of another speed besides, with a standard deviation of 1.5 %, as another start would bring, so that pairs scatter by 2.8 % in all. *A/A*: both sides are the same version, so every *regressed* or *improved* is
false. *pairs*: how many it took in the mean; *scatter*: standard deviation of the pairs' changes of the knee. Targets: of 200 A/A comparisons at most 10 to either side (the 97.5 % point at
2.5 %), and at least 171 of 200 planted changes found; over loopback, where the server's capacity is 12 % lower, no false verdict in 10 and 9 of 10 found.`

/** Prints the table, writes it into the page after a whole run, and gives the exit code. */
export function tellComparisons(run: ComparisonRun): number {
  const { kinds, broken, firstSeed, machine, minutes, isWritten } = run
  const rows = kinds.map(rowOf)
  const missed = kinds.filter(isMissed)
  const result =
    missed.length + broken.length === 0
      ? 'Every target is met.'
      : `Missed: ${[...missed.map(({ name }) => name), ...broken].join('; ')}.`
  say(`\n${terminalTable(COLUMNS, rows)}\n\n${result}`)
  if (isWritten) {
    const text = `**${result}** ${minutes.toFixed(0)} minutes. ${machine}\n\n${markdownTable(COLUMNS, rows)}`
    const title = `Seeds from ${firstSeed}`
    const runs = withRun({ title, text }, readRuns(readSection(SECTION, 'accuracy.md')), KEPT_RUNS)
    writeSection(SECTION, `${INTRODUCTION}\n\n${writeRuns(runs)}`, 'accuracy.md')
    say('written to docs/accuracy.md')
  }
  return missed.length + broken.length === 0 ? 0 : 1
}

const countOf = ({ found }: Kind, verdict: ComparisonVerdict): number =>
  found.filter(one => one.verdict === verdict).length

function limitOf({ found, isPlanted, limit }: Kind): number {
  return limit ?? (isPlanted ? fewestFound(found.length) : mostFalse(found.length))
}

export function isMissed(kind: Kind): boolean {
  const [worse, better] = [countOf(kind, 'regressed'), countOf(kind, 'improved')]
  return kind.isPlanted ? worse < limitOf(kind) || better > 0 : Math.max(worse, better) > limitOf(kind)
}

function rowOf(kind: Kind): Rows[number] {
  const { name, found, isPlanted } = kind
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const spreads = found.flatMap(({ sd }) => (sd === null ? [] : [sd * sd]))
  const limit = limitOf(kind)
  return [
    name,
    String(found.length),
    ...(['regressed', 'improved', 'equivalent', 'inconclusive'] as const).map(verdict =>
      String(countOf(kind, verdict)),
    ),
    mean(found.map(({ pairs }) => pairs)).toFixed(1),
    spreads.length === 0 ? '–' : `${(100 * Math.sqrt(mean(spreads))).toFixed(1)} %`,
    isPlanted ? `regressed ≥ ${limit}` : `regressed, improved ≤ ${limit}`,
    isMissed(kind) ? 'missed' : '',
  ]
}
