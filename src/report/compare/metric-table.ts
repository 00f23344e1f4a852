import type { MetricComparison } from '../../compare/comparison.ts'
import { naturalChange, wordSize, wordValue } from '../../compare/word-change.ts'
import { formatNumber, formatShare } from '../../units/format.ts'
import type { Column, Statement, TableView, Tone } from '../view.ts'

interface MetricColumn {
  readonly column: Column
  readonly text: (metric: MetricComparison) => string
  readonly tone?: (metric: MetricComparison) => Tone
}

const left = (label: string, rank: number): Column => ({ label, align: 'left', rank })
const right = (label: string, rank: number): Column => ({ label, align: 'right', rank })

const METHODS: Readonly<Record<MetricComparison['method'], string>> = {
  'paired-t': 'paired t',
  welch: 'Welch’s t',
  predictive: 'prediction interval',
  'signed-rank': 'signed ranks',
  'rank-sum': 'Mann–Whitney',
  bounds: 'bounds',
  'within-run': 'within the runs',
}

const COLUMNS: readonly MetricColumn[] = [
  { column: left('metric', 0), text: ({ label, primary }) => (primary ? `${label} *` : label) },
  { column: right('base', 0), text: metric => valueOf(metric, metric.baseValue) },
  { column: right('candidate', 0), text: metric => valueOf(metric, metric.candidateValue) },
  { column: right('change', 0), text: metric => signed(metric, metric.change) },
  {
    column: left('verdict', 0),
    text: metric => (metric.leaning === null ? metric.verdict : `leaning ${metric.leaning}`),
    tone: ({ verdict }) => TONES[verdict],
  },
  { column: right('interval', 1), text: metric => interval(metric, metric) },
  { column: right('margin', 2), text: metric => `±${wordSize(metric, metric.margin.size)}` },
  { column: right('Hodges–Lehmann', 3), text: metric => robust(metric) },
  { column: right('runs', 4), text: metric => runs(metric) },
  { column: left('by', 5), text: ({ method }) => METHODS[method] },
  { column: right('p (Holm)', 6), text: metric => p(metric) },
]

export const TONES: Readonly<Record<MetricComparison['verdict'], Tone>> = {
  regressed: 'bad',
  improved: 'good',
  equivalent: 'good',
  inconclusive: 'unsure',
}

export function metricTable(metrics: readonly MetricComparison[], confidence: number): TableView {
  return {
    columns: COLUMNS.map(({ column }) => column),
    rows: metrics.map(metric =>
      COLUMNS.map(({ text, tone }): Statement => ({ text: text(metric), tone: tone?.(metric) ?? 'plain' })),
    ),
    legend: metrics.length === 0 ? null : legendOf(metrics, confidence),
  }
}

function legendOf(metrics: readonly MetricComparison[], confidence: number): string {
  const decides = metrics.some(({ primary }) => primary) ? ['* decides the verdict.'] : []
  const leaning = metrics.some(metric => metric.leaning !== null)
    ? ['Leaning: inconclusive, though the interval lies on one side of no change.']
    : []
  return [...decides, ...intervals(metrics, confidence), ...leaning].join(' ')
}

function intervals(metrics: readonly MetricComparison[], confidence: number): readonly string[] {
  if (metrics.every(({ method }) => method === 'within-run')) return ['Intervals are those within the runs.']
  const others = metrics.filter(({ primary }) => !primary).length
  const own = `Intervals: ${formatShare(confidence)} confidence`
  if (others === 0) return [`${own}.`]
  return [
    `${own}, each metric by itself.`,
    `As one of many differs by chance, ${others < metrics.length ? 'the other' : 'these'} verdicts ask for more (Holm).`,
  ]
}

export function wordVerdict({ verdict, leaning }: Pick<MetricComparison, 'verdict' | 'leaning'>): string {
  return leaning === null ? verdict : `${verdict}, leaning ${leaning}`
}

export const valueOf = (metric: MetricComparison, value: number | null): string =>
  value === null ? '–' : wordValue(metric, value)

/** `−12 %`, `+0.4 points`, `0 %`. */
export function signed(metric: MetricComparison, change: number | null): string {
  if (change === null) return '–'
  const own = naturalChange(metric, change)
  const size = wordSize(metric, own)
  return size.startsWith('0 ') ? size : `${own < 0 ? '−' : '+'}${size}`
}

function interval(
  metric: MetricComparison,
  { low, high }: { readonly low: number | null; readonly high: number | null },
): string {
  if (low === null || high === null) return '–'
  const [from, to] = naturalChange(metric, low) < naturalChange(metric, high) ? [low, high] : [high, low]
  const unit = metric.scale === 'log' ? ' %' : ''
  return `${signed(metric, from).replace(/ (?:%|points?)$/, '')} to ${signed(metric, to).replace(/ (?:%|points?)$/, '')}${unit}`
}

const robust = (metric: MetricComparison): string =>
  metric.robust === null
    ? '–'
    : `${signed(metric, metric.robust.value)} (${interval(metric, metric.robust)}, ${formatShare(metric.robust.confidence)})`

function runs({ base, candidate, pairChanges }: MetricComparison): string {
  const measured = (side: MetricComparison['base']): number =>
    side.filter(({ bound }) => bound === 'measured').length
  if (pairChanges !== null) return `${pairChanges.length} ${pairChanges.length === 1 ? 'pair' : 'pairs'}`
  return `${measured(base)} and ${measured(candidate)}`
}

/** Of the claim that the verdict makes, or of the nearest one. */
function p({ adjusted }: MetricComparison): string {
  if (adjusted === null) return '–'
  const least = Math.min(adjusted.regressed, adjusted.improved, adjusted.equivalent)
  return least < 0.0005 ? '< 0.001' : formatNumber(least, 2)
}
