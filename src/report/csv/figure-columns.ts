import type { Figures } from '../../analysis/findings.ts'
import type { Cell, DataTable } from './data-table.ts'

/** A path into a row of the report, e.g. `['responseTimeMs', 'p99']`; joined by a dot it is the name of the column. */
type Path = readonly string[]

const QUANTILES = ['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max']
/** Counts by name. The names are those that occur, so these columns differ from report to report and stand last. */
const TALLIES = ['statuses', 'failures', 'neverSentReasons'] as const

const alone = (names: readonly string[]): readonly Path[] => names.map(name => [name])
const below = (name: string, names: readonly string[]): readonly Path[] => names.map(own => [name, own])

/** In every table. Units stand in the names. */
export const FIGURE_COLUMNS: readonly Path[] = [
  ...alone(['fromSeconds', 'toSeconds', 'offeredRps', 'sentRps', 'completedRps', 'goodRps']),
  ...alone(['offered', 'sent', 'errors', 'neverSent']),
  ...below('responseTimeMs', QUANTILES),
  ...below('serviceTimeMs', QUANTILES),
  ...below('firstByteTimeMs', QUANTILES),
  ...alone(['valid', 'latencyResolved']),
]

export const CONNECTION_COLUMNS: readonly Path[] = [
  ...below('connections', ['opened', 'openedRps']),
  ['connections', 'connectTimeMs', 'p50'],
  ['connections', 'connectTimeMs', 'p99'],
  ['connections', 'tlsTimeMs', 'p50'],
  ['connections', 'tlsTimeMs', 'p99'],
  ['connections', 'resumedShare'],
]

/** The table of `rows` with one column for each path, then one for each status and other outcome that occurs. */
export function tabulate(
  rows: readonly Figures[],
  paths: readonly Path[],
  startsAt: (row: Figures) => string | null,
): DataTable {
  const tallies = TALLIES.flatMap(name => below(name, namesIn(rows.map(row => row[name]))))
  return {
    header: ['startsAt', ...[...paths, ...tallies].map(path => path.join('.'))],
    rows: rows.map(row => [
      startsAt(row),
      ...paths.map(path => cellAt(row, path)),
      ...tallies.map(path => cellAt(row, path) ?? 0),
    ]),
  }
}

function namesIn(tallies: readonly Readonly<Record<string, number>>[]): readonly string[] {
  return [...new Set(tallies.flatMap(tally => Object.keys(tally)))].toSorted()
}

/** Null where the path ends early: nothing was measured there. */
function cellAt(row: unknown, path: Path): Cell {
  let value: unknown = row
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return null
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
