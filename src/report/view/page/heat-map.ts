import { totalCount } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import { highestValueAt } from '../../../result/histogram-layout.ts'
import { formatShare } from '../../../units/format.ts'
import type { Report } from '../../report.ts'
import type { Chart, HeatMap } from '../../view.ts'
import { stageMarks } from '../chart-marks.ts'
import { quantileSeries } from '../quantile-series.ts'
import { significant } from '../significant.ts'

const ROWS_PER_DECADE = 8
/** Shares of a column's requests from which on the next darker shade is used. */
const SHADES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3] as const

/**
 * Response times over time: rows evenly spaced in their logarithm, columns in time, shades by how large a share of the
 * column's timed requests lies in the cell. Null where nothing was timed.
 *
 * @param columns response times in each window of the report
 */
export function viewHeatMap(report: Report, columns: readonly Counts[]): Chart | null {
  const { windows } = report
  const rows = columns
    .flatMap(({ indices }) => [indices[0], indices[indices.length - 1]])
    .filter(index => index !== undefined)
  if (rows.length === 0) return null
  const lowest = rowOf(rows.reduce((a, b) => Math.min(a, b)))
  const highest = rowOf(rows.reduce((a, b) => Math.max(a, b)))
  const heat: HeatMap = {
    edges: Array.from({ length: highest - lowest + 2 }, (_, i) =>
      significant(10 ** ((lowest + i) / ROWS_PER_DECADE)),
    ),
    columns: windows.map(({ fromSeconds, toSeconds }) => ({
      from: significant(fromSeconds),
      to: significant(toSeconds),
    })),
    levels: columns.map(times => levelsOf(times, lowest, highest)),
    legend: shadeTexts,
  }
  return {
    title: 'How response times spread over time',
    note: 'The stronger the colour, the larger the share of the requests of that moment. From the intended start; logarithmic.',
    kind: 'time',
    x: { label: 'seconds into the run' },
    y: { label: 'ms', log: true },
    xs: windows.map(({ fromSeconds, toSeconds }) => significant((fromSeconds + toSeconds) / 2)),
    series: quantileSeries(windows).filter(({ role }) => role === 'p50' || role === 'p99'),
    bands: [],
    marks: stageMarks(report),
    heat,
  }
}

/** Row of a bucket: eighths of a decade of milliseconds, 0 from 1 ms. */
const rowOf = (index: number): number =>
  Math.floor(Math.log10(Math.max(1, highestValueAt(index)) / 1000) * ROWS_PER_DECADE + 1e-9)

function levelsOf(times: Counts, lowest: number, highest: number): string {
  const counts = Array.from({ length: highest - lowest + 1 }, () => 0)
  for (let i = 0; i < times.indices.length; i += 1)
    counts[rowOf(times.indices[i]!) - lowest]! += times.counts[i]!
  const total = totalCount(times)
  return counts.map(count => (count === 0 ? '0' : levelOf(count / total))).join('')
}

const levelOf = (share: number): string => String(1 + SHADES.filter(edge => share >= edge).length)

const shadeTexts: readonly string[] = [
  `below ${formatShare(SHADES[0])}`,
  ...SHADES.map((edge, index) => {
    const next = SHADES[index + 1]
    return next === undefined
      ? `${formatShare(edge)} and more`
      : `${formatShare(edge)} to ${formatShare(next)}`
  }),
]
