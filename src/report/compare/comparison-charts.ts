import type { Comparison, CurvePoint } from '../../compare/comparison.ts'
import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import { milliseconds } from '../../units/quantity.ts'
import type { Statement } from '../view.ts'
import type { ChartSeries, ComparisonChart } from './comparison-view.ts'

type SideName = ChartSeries['role']
const SIDES: readonly SideName[] = ['base', 'candidate']

/** Good answers, and the 95th percentile, of both sides over one axis of offered load. */
export function comparisonCharts({ curves, base, candidate }: Comparison): readonly ComparisonChart[] {
  const marks = (
    [
      ['base', base.kneeRps],
      ['candidate', candidate.kneeRps],
    ] as const
  ).flatMap(([role, at]) =>
    at === null ? [] : [{ at, role, label: `knee of the ${role} ${formatRate(at)}` }],
  )
  const charts = [
    chartOf(curves, ({ goodRps }) => goodRps, {
      title: 'Good answers against offered load',
      yLabel: 'good answers per second',
      text: value => formatRate(value),
    }),
    chartOf(curves, ({ p95Ms }) => p95Ms, {
      title: 'p95 response time against offered load',
      yLabel: 'p95 in ms',
      text: value => formatDuration(milliseconds(value)),
    }),
  ]
  return charts.filter(({ xs }) => xs.length > 0).map(chart => ({ ...chart, marks }))
}

interface Words {
  readonly title: string
  readonly yLabel: string
  readonly text: (value: number) => string
}

function chartOf(
  curves: Comparison['curves'],
  read: (point: CurvePoint) => number | null,
  { title, yLabel, text }: Words,
): ComparisonChart {
  const points = SIDES.map(side =>
    curves[side].flatMap(point => {
      const value = read(point)
      return value === null ? [] : [{ x: point.offeredRps, value }]
    }),
  )
  const xs = [...new Set(points.flat().map(({ x }) => x))].sort((a, b) => a - b)
  const series = SIDES.map((role, index): ChartSeries => {
    const values = new Map(points[index]!.map(({ x, value }) => [x, value]))
    return { label: role, role, values: xs.map(x => values.get(x) ?? null) }
  })
  const cell = (value: string): Statement => ({ text: value, tone: 'plain' })
  return {
    title,
    note: 'Each point is the mean of the windows near that load, over all trusted runs of a side; what came in the wake of an overload is left out.',
    description: describe(series, xs, text),
    xLabel: 'offered load in 1/s',
    yLabel,
    xs,
    series,
    marks: [],
    table: {
      columns: [
        { label: 'offered', align: 'right', rank: 0 },
        { label: 'base', align: 'right', rank: 0 },
        { label: 'candidate', align: 'right', rank: 0 },
      ],
      rows: xs.map((x, i) => [
        cell(formatRate(x)),
        ...series.map(({ values }) => cell(values[i] == null ? '–' : text(values[i]))),
      ]),
      legend: null,
    },
  }
}

function describe(
  series: readonly ChartSeries[],
  xs: readonly number[],
  text: (value: number) => string,
): string {
  const parts = series.map(({ label, values }) => {
    const known = values.flatMap((value, i) => (value === null ? [] : [{ x: xs[i]!, value }]))
    const [first, last] = [known[0], known.at(-1)]
    if (first === undefined || last === undefined) return `the ${label} has no points`
    const points = formatNumber(known.length, 12)
    return `the ${label} goes from ${text(first.value)} at ${formatRate(first.x)} to ${text(last.value)} at ${formatRate(last.x)} in ${points} points`
  })
  return `Two lines: ${parts.join('; ')}.`
}
