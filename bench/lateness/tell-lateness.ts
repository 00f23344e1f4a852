import { latestRows, readSection, writeSection } from '../support/document-section.ts'
import { formatFigure, markdownTable, readMarkdownTable, terminalTable } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import { median } from '../support/median.ts'
import { say } from '../support/say.ts'
import type { Lateness, Spread } from './measure-lateness.ts'
import type { OtherLatencies } from './measure-other.ts'

export interface Row extends Lateness {
  readonly ratePerSecond: number
  readonly pacing: 'spin' | 'low-cpu'
}

export interface OtherRow extends OtherLatencies {
  readonly ratePerSecond: number
}

export interface Measured {
  readonly rows: readonly Row[]
  readonly others: readonly OtherRow[]
  readonly otherName: string
  readonly machine: string
}

const SECTION = 'lateness'

/** In µs; of the spinning pacing only. */
const LATENESS_TARGET = { median: 30, p99: 300 }
const ERROR_TARGET = { median: 100, p99: 1000 }

/** A full run has the rates of the targets, each for so long. */
const FULL_RATES = [100, 1000, 10_000, 30_000]
const FEWEST_SECONDS = 10
const KEPT_RUNS = 3

const columns = (...heads: string[]): readonly Column[] =>
  heads.map((head, i) => ({ head, align: i < 1 ? 'left' : 'right' }))

const SPREAD = ['median', 'p99', 'max'] as const
const LATENESS_COLUMNS = columns('rate', 'pacing', ...SPREAD, 'cores', 'target')
const ERROR_COLUMNS = columns('rate', 'pacing', 'paired', ...SPREAD, 'server p99', 'target')
const OTHER_COLUMNS = (other: string): readonly Column[] =>
  columns('rate', 'ours p50', 'ours p99', `${other} sent`, `${other} p50`, `${other} p99`)
const RUN_COLUMNS: readonly Column[] = columns('run', 'late median', 'late p99', 'error median', 'error p99')

export function tellLateness(
  measured: Measured,
  kept: { readonly seconds: number; readonly rates: readonly number[]; readonly mayWrite: boolean },
): number {
  const { rows, machine } = measured
  const tables = tablesOf(measured)
  for (const { title, columns, rows } of tables) say(`\n${title}\n${terminalTable(columns, rows)}`)
  say(`\n${machine}`)
  const isFull = kept.seconds >= FEWEST_SECONDS && FULL_RATES.every(rate => kept.rates.includes(rate))
  if (kept.mayWrite && isFull) {
    const parts = tables.map(({ title, columns, rows }) => `${title}\n\n${markdownTable(columns, rows)}`)
    writeSection(SECTION, [...parts, `Machine: ${machine}`, writeRuns(rows)].join('\n\n'))
    say('written to docs/benchmarks.md')
  } else if (kept.mayWrite) {
    say(`docs/benchmarks.md takes runs of all rates of ${FEWEST_SECONDS} s or more only`)
  }
  return rows.every(
    row =>
      row.pacing === 'low-cpu' || (isMet(row.lateness, LATENESS_TARGET) && isMet(row.error, ERROR_TARGET)),
  )
    ? 0
    : 1
}

interface TitledTable {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: Rows
}

function tablesOf({ rows, others, otherName }: Measured): readonly TitledTable[] {
  const lateness = rows.map(row => [
    `${formatFigure(row.ratePerSecond)}/s`,
    row.pacing,
    ...figures(row.lateness),
    row.cpuCores.toFixed(2),
    row.pacing === 'spin' ? judge(row.lateness, LATENESS_TARGET) : '',
  ])
  const errors = rows.map(row => [
    `${formatFigure(row.ratePerSecond)}/s`,
    row.pacing,
    `${((100 * row.paired) / row.requests).toFixed(1)} %`,
    ...figures(row.error),
    formatFigure(row.serverLagUs[1]),
    row.pacing === 'spin' ? judge(row.error, ERROR_TARGET) : '',
  ])
  const against = others.map(other => {
    const own = rows.find(row => row.pacing === 'spin' && row.ratePerSecond === other.ratePerSecond)
    return [
      `${formatFigure(other.ratePerSecond)}/s`,
      ...(own === undefined ? ['–', '–'] : differences(own)),
      `${formatFigure(other.requestsPerSecond)}/s`,
      ...differences(other),
    ]
  })
  const tables = [
    {
      title: `Lateness, µs: actual minus intended send (median ≤ ${LATENESS_TARGET.median}, p99 ≤ ${LATENESS_TARGET.p99})`,
      columns: LATENESS_COLUMNS,
      rows: lateness,
    },
    {
      title:
        `Error, µs: measured response time minus the truth of the same answer ` +
        `(median ≤ ${ERROR_TARGET.median}, p99 ≤ ${ERROR_TARGET.p99}); the server’s own lateness is in it`,
      columns: ERROR_COLUMNS,
      rows: errors,
    },
  ]
  if (others.length === 0) return tables
  const title = `Reported minus true quantiles of the same response times, µs: plimsoll, and ${otherName} on the same server`
  return [...tables, { title, columns: OTHER_COLUMNS(otherName), rows: against }]
}

const figures = (spread: Spread): string[] => SPREAD.map(name => formatFigure(spread[name]))

const differences = ({ reportedUs, trueUs }: Pick<OtherRow, 'reportedUs' | 'trueUs'>): string[] =>
  reportedUs.map((reported, i) => formatSigned(reported - trueUs[i]!))

const formatSigned = (value: number): string => `${value < 0 ? '−' : '+'}${formatFigure(Math.abs(value))}`

type Target = Pick<Spread, 'median' | 'p99'>

const isMet = (spread: Spread, target: Target): boolean =>
  spread.median <= target.median && spread.p99 <= target.p99

const judge = (spread: Spread, target: Target): string => (isMet(spread, target) ? 'met' : 'MISSED')

/** The worst rate of each of the last runs, and the medians of those. */
function writeRuns(rows: readonly Row[]): string {
  const spun = rows.filter(({ pacing }) => pacing === 'spin')
  const worst = (of: (row: Row) => number): string => String(Math.round(Math.max(...spun.map(of))))
  const when = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const row = [
    when,
    worst(({ lateness }) => lateness.median),
    worst(({ lateness }) => lateness.p99),
    worst(({ error }) => error.median),
    worst(({ error }) => error.p99),
  ]
  const runs = latestRows(row, readMarkdownTable(readSection(SECTION)), KEPT_RUNS)
  const medians = RUN_COLUMNS.slice(1).map(
    ({ head }, i) => `${head} ${Math.round(median(runs.map(run => Number(run[i + 1]))))}`,
  )
  return (
    `Worst rate of the last ${runs.length} runs, µs; medians: ${medians.join(', ')}.\n\n` +
    markdownTable(RUN_COLUMNS, runs)
  )
}
