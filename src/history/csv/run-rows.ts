import type { Cell, DataTable } from '../../report/csv/data-table.ts'
import type { HistoryRow, StageLatency } from '../history-row.ts'
import type { GroupHistory, History } from '../history.ts'

type Field = readonly [name: string, of: (row: HistoryRow) => Cell]

const latency = (at: 'at30' | 'at60', share: string): readonly Field[] =>
  (['offeredRps', 'p50Ms', 'p95Ms', 'p99Ms'] satisfies (keyof StageLatency)[]).map(figure => [
    `${figure}At${share}`,
    row => row[at]?.[figure] ?? null,
  ])

/** Names carry their unit, as in the report's JSON. */
const FIELDS: readonly Field[] = [
  ['id', row => row.id],
  ['startedAt', row => row.startedAt],
  ['name', row => row.name],
  ['scenario', row => row.scenario],
  ['settings', row => row.settings.join(' ')],
  ['target', row => row.target],
  ['targetClass', row => row.targetClass],
  ['environment', row => row.environment],
  ['toolVersion', row => row.toolVersion],
  ['verdict', row => row.verdict],
  ['trusted', row => row.trusted],
  ['kneeBound', row => row.knee.bound],
  ['kneeRps', row => row.knee.rps],
  ['kneeLowRps', row => row.knee.low],
  ['kneeHighRps', row => row.knee.high],
  ['sloBound', row => row.slo?.bound ?? null],
  ['sloRps', row => row.slo?.rps ?? null],
  ['saturationRps', row => row.saturationRps],
  ['onset502Rps', row => row.onset502?.rps ?? null],
  ['onset502LoadRelated', row => row.onset502?.loadRelated ?? null],
  ['onsetAnyRps', row => row.onsetAny?.rps ?? null],
  ...latency('at30', '30'),
  ...latency('at60', '60'),
]

/** A row for each run, group after group; `group` counts them from 1, `changeRatio` stands where a level begins. */
export function runRows({ groups }: History, last: number = Infinity): DataTable {
  return {
    header: ['group', ...FIELDS.map(([name]) => name), 'changeRatio', 'changeP', 'report'],
    rows: groups.flatMap((group, index) =>
      rowsOf(group, index + 1).slice(-Math.min(last, group.runs.length)),
    ),
  }
}

const rowsOf = ({ runs, trend }: GroupHistory, group: number): readonly (readonly Cell[])[] =>
  runs.map(({ row, files }, index) => {
    const change = trend.changes.find(({ after }) => after === index)
    const figures = FIELDS.map(([, of]) => of(row))
    return [group, ...figures, change?.ratio ?? null, change?.p ?? null, files[0]!]
  })
