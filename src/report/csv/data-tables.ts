import type { Figures } from '../../analysis/findings.ts'
import type { Report } from '../report.ts'
import { isoInstant, wallClockMs } from '../wall-clock.ts'
import type { DataTable } from './data-table.ts'
import { CONNECTION_COLUMNS, FIGURE_COLUMNS, tabulate } from './figure-columns.ts'

/** A row for each window: each second or so of the trial, warm-up included. */
export function windowTable(report: Report): DataTable {
  const paths = [
    ['stage'],
    ['warmup'],
    ...FIGURE_COLUMNS,
    ['inFlight'],
    ['latenessP99Us'],
    ['generatorUtilisation'],
    ['generatorStallMs'],
    ...CONNECTION_COLUMNS,
  ]
  return tabulate(report.windows, paths, startOf(report))
}

/** A row for each stage that was reached. */
export function stageTable(report: Report): DataTable {
  const paths = [['name'], ['warmup'], ...FIGURE_COLUMNS, ...CONNECTION_COLUMNS]
  return tabulate(report.stages, paths, startOf(report))
}

/** A row for each request of the scenario, over the measured windows. */
export function routeTable(report: Report): DataTable {
  const onset = ['rps', 'low', 'high', 'confidence', 'loadRelated', 'undecided', 'atSeconds', 'firstSeenRps']
  const paths = [
    ['name'],
    ['method'],
    ['path'],
    ...FIGURE_COLUMNS,
    ...[...onset, 'count', 'share'].map(name => ['onset', name]),
  ]
  return tabulate(report.routes, paths, startOf(report))
}

function startOf({ run }: Report): (row: Figures) => string | null {
  return ({ fromSeconds }) => {
    const ms = wallClockMs(run, fromSeconds)
    return ms === undefined ? null : isoInstant(ms)
  }
}
