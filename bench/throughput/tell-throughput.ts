import { latestRows, readSection, writeSection } from '../support/document-section.ts'
import { markdownTable, readMarkdownTable, terminalTable } from '../support/format-table.ts'
import type { Column } from '../support/format-table.ts'
import { say } from '../support/say.ts'
import { median } from '../support/median.ts'
import { medianRatio } from './compare.ts'
import type { Results } from './compare.ts'
import { PLIMSOLL_NAME, columnsOf, judge, rowsOf } from './result-table.ts'
import type { Targets } from './result-table.ts'

export interface Measured {
  readonly http1: Results
  readonly http2: Results
  /** Contestants that broke or met errors. */
  readonly failed: readonly string[]
  /** Of wrk's rate; absent when it was not looked for. */
  readonly punctualShare: number | undefined
  readonly machine: string
}

interface Kept {
  readonly only: readonly string[] | undefined
  readonly rounds: number
  readonly seconds: number
  readonly mayWrite: boolean
}

const SECTION = 'throughput'
const TARGETS: Targets = { wrk: 0.8, autocannon: 1.5, hey: 2.5 }
const PUNCTUAL_TARGET = 0.6

const FEWEST_ROUNDS = 5
const FEWEST_SECONDS = 4
const KEPT_RUNS = 3

const RUN_COLUMNS: readonly Column[] = [
  { head: 'run', align: 'left' },
  ...['÷ wrk', '÷ autocannon', '÷ hey', 'punctual ÷ wrk'].map(head => ({ head, align: 'right' }) as const),
]

/** Prints what was measured; a full run is also written into the document. Gives the exit code. */
export function tellThroughput(measured: Measured, kept: Kept): number {
  const { http1, http2, failed, punctualShare, machine } = measured
  const rows = rowsOf(http1, 'wrk', TARGETS)
  const http2Rows = rowsOf(http2, 'h2load', {})
  const punctual = punctualShare === undefined ? undefined : describePunctual(punctualShare)
  say(`\nHTTP/1.1, one core, 32 connections, keep-alive; medians of ${kept.rounds} × ${kept.seconds} s`)
  say(terminalTable(columnsOf('wrk'), rows))
  if (punctual !== undefined) say(punctual)
  if (http2Rows.length > 0) {
    say('\nHTTP/2 in clear text, one core, 4 connections of 8 streams')
    say(terminalTable(columnsOf('h2load'), http2Rows))
  }
  say(`\n${machine}`)

  const ratios = ['wrk', 'autocannon', 'hey'].map(name => ratioTo(http1, name))
  if (failed.length > 0) say(`FAILED: ${failed.join(', ')}`)
  const isFull = kept.only === undefined && kept.rounds >= FEWEST_ROUNDS && kept.seconds >= FEWEST_SECONDS
  if (kept.mayWrite && isFull && failed.length === 0) {
    const text = [
      `Medians of ${kept.rounds} rounds of ${kept.seconds} s each.`,
      markdownTable(columnsOf('wrk'), rows),
      punctual ?? '',
      'HTTP/2 in clear text, 4 connections of 8 streams:',
      markdownTable(columnsOf('h2load'), http2Rows),
      `Machine: ${machine}`,
      writeRuns([...ratios, punctualShare]),
    ]
    writeSection(SECTION, text.filter(part => part !== '').join('\n\n'))
    say('written to docs/benchmarks.md')
  } else if (kept.mayWrite) {
    say(`docs/benchmarks.md takes whole runs of ${FEWEST_ROUNDS} × ${FEWEST_SECONDS} s or more only`)
  }
  const missed = [...rows.flat(), punctual].some(text => text?.includes('MISSED'))
  return missed || failed.length > 0 ? 1 : 0
}

const describePunctual = (share: number): string =>
  `Open model, Poisson: the highest rate that is sent with p99 lateness under 1 ms is ` +
  `${share.toFixed(2)} of wrk's own; target ${judge(share, PUNCTUAL_TARGET)}.`

function ratioTo(results: Results, name: string): number | undefined {
  const [own, other] = [results.get(PLIMSOLL_NAME), results.get(name)]
  return own === undefined || other === undefined ? undefined : medianRatio(own, other)
}

/** The last runs, the latest first, and their medians. */
function writeRuns(figures: readonly (number | undefined)[]): string {
  const when = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const row = [when, ...figures.map(figure => figure?.toFixed(2) ?? '–')]
  const runs = latestRows(row, readMarkdownTable(readSection(SECTION)), KEPT_RUNS)
  const medians = RUN_COLUMNS.slice(1).map(({ head }, i) => {
    const values = runs.map(run => Number(run[i + 1])).filter(value => !Number.isNaN(value))
    return `${head} ${values.length > 0 ? median(values).toFixed(2) : '–'}`
  })
  return `Medians of the last ${runs.length} runs: ${medians.join(', ')}.\n\n${markdownTable(RUN_COLUMNS, runs)}`
}
