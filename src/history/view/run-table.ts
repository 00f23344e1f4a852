import type { Column, Statement, TableView } from '../../report/view.ts'
import { formatDuration, formatRate } from '../../units/format.ts'
import { milliseconds } from '../../units/quantity.ts'
import type { HistoryRow, StageLatency } from '../history-row.ts'
import type { GroupHistory } from '../history.ts'
import { wordRatio } from './word-change.ts'
import { wordInstant, wordKnee, wordKneeInterval, wordOnset, wordVerdict } from './word-run.ts'

const COLUMNS: readonly Column[] = [
  { label: 'run (UTC)', align: 'left', rank: 0 },
  { label: 'knee', align: 'right', rank: 0 },
  { label: 'interval', align: 'right', rank: 1 },
  { label: 'change', align: 'left', rank: 0 },
  { label: '502 onset', align: 'right', rank: 3 },
  { label: 'verdict', align: 'left', rank: 2 },
  { label: 'C_slo', align: 'right', rank: 6 },
  { label: 'saturation', align: 'right', rank: 5 },
  { label: 'p99 at 30 %', align: 'right', rank: 8 },
  { label: 'p99 at 60 %', align: 'right', rank: 7 },
  { label: 'plimsoll', align: 'left', rank: 9 },
  { label: 'report', align: 'left', rank: 4 },
]

/** @param shown runs to list, the newest */
export function runTable({ runs, trend }: GroupHistory, shown: number): TableView {
  const from = Math.max(0, runs.length - shown)
  const rows = runs.slice(from).map(({ row, files }, i): readonly Statement[] => {
    const change = trend.changes.find(({ after }) => after === from + i)
    const { text, tone } =
      change === undefined
        ? plain('')
        : { text: markOf(change.ratio), tone: change.ratio < 0 ? ('bad' as const) : ('good' as const) }
    return [
      plain(wordInstant(row.startedAt)),
      wordKnee(row),
      plain(wordKneeInterval(row)),
      { text, tone },
      plain(wordOnset(row.onset502)),
      wordVerdict(row),
      plain(wordSlo(row)),
      plain(row.saturationRps === null ? '–' : formatRate(row.saturationRps)),
      plain(wordP99(row.at30)),
      plain(wordP99(row.at60)),
      plain(row.toolVersion),
      plain(files.length === 1 ? files[0]! : `${files[0]} and ${files.length - 1} more`),
    ]
  })
  const legend =
    from === 0 ? null : `The newest ${rows.length} of ${runs.length} runs; --last ${runs.length} shows all.`
  return { columns: COLUMNS, rows, legend }
}

export const markOf = (ratio: number): string => `${ratio < 0 ? '▼' : '▲'} ${wordRatio(ratio)}`

const plain = (text: string): Statement => ({ text, tone: 'plain' })

const wordSlo = ({ slo }: HistoryRow): string =>
  slo === null || slo.rps === null || slo.bound !== 'measured' ? '–' : formatRate(slo.rps)

const wordP99 = (latency: StageLatency | null): string =>
  latency === null || latency.p99Ms === null ? '–' : formatDuration(milliseconds(latency.p99Ms))
