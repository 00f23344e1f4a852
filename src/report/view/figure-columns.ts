import type { Figures } from '../../analysis/findings.ts'
import { formatDuration, formatNumber, formatShare } from '../../units/format.ts'
import { milliseconds } from '../../units/quantity.ts'
import type { Column, Statement, Tone } from '../view.ts'
import { gatewayErrors } from './gateway-statuses.ts'

/** The error share that the definition of the knee allows. */
export const NOTABLE_ERRORS = 0.01

interface FigureColumn {
  readonly column: Column
  readonly text: (figures: Figures) => string
  readonly tone?: (figures: Figures) => Tone
}

const right = (label: string, rank: number): Column => ({ label, align: 'right', rank })

const rate = (rps: number): string => formatNumber(rps, rps >= 1000 ? 4 : 3)
const time =
  (read: (figures: Figures) => number | null) =>
  (figures: Figures): string => {
    const ms = read(figures)
    if (ms === null) return '–'
    return `${figures.latencyResolved ? '' : '≤ '}${formatDuration(milliseconds(ms))}`
  }
const count = (value: number): string => formatNumber(value, 12)

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, value) => sum + value, 0)

const errorTone = ({ errors, offered }: Figures): Tone =>
  errors > offered * NOTABLE_ERRORS ? 'bad' : 'plain'

const COLUMNS: readonly FigureColumn[] = [
  { column: right('offered/s', 0), text: figures => rate(figures.offeredRps) },
  { column: right('sent/s', 4), text: figures => rate(figures.sentRps) },
  { column: right('good/s', 0), text: figures => rate(figures.goodRps) },
  { column: right('p50', 0), text: time(({ responseTimeMs }) => responseTimeMs.p50) },
  { column: right('p90', 5), text: time(({ responseTimeMs }) => responseTimeMs.p90) },
  { column: right('p99', 0), text: time(({ responseTimeMs }) => responseTimeMs.p99) },
  { column: right('p99.9', 2), text: time(({ responseTimeMs }) => responseTimeMs.p999) },
  { column: right('max', 3), text: time(({ responseTimeMs }) => responseTimeMs.max) },
  { column: right('errors', 0), text: wordErrors, tone: errorTone },
  { column: right('gateway errors', 1), text: ({ statuses }) => count(gatewayErrors(statuses)) },
  { column: right('failed', 6), text: ({ failures }) => count(total(failures)) },
  { column: right('never sent', 7), text: ({ neverSent }) => count(neverSent) },
]

export const figureColumns: readonly Column[] = COLUMNS.map(({ column }) => column)

/** In brackets where the generator was the limit: such figures say nothing about the target. */
export function figureCells(figures: Figures): readonly Statement[] {
  return COLUMNS.map(({ text, tone }) => {
    const value = text(figures)
    if (!figures.valid) return { text: value === '–' ? value : `(${value})`, tone: 'unsure' }
    return { text: value, tone: tone?.(figures) ?? 'plain' }
  })
}

const BRACKETS = 'In brackets: the load generator was the limit there; this says nothing about the target.'
const UPPER_BOUNDS = '≤: the load generator sent late there; the target itself was at least this fast.'

/** What the marks in the cells of these rows mean; null when there are none. */
export function legendOf(rows: readonly Figures[]): string | null {
  const legend = [
    ...(rows.some(({ valid }) => !valid) ? [BRACKETS] : []),
    ...(rows.some(({ latencyResolved }) => !latencyResolved) ? [UPPER_BOUNDS] : []),
  ]
  return legend.length === 0 ? null : legend.join(' ')
}

export function wordErrors({ errors, offered }: Pick<Figures, 'errors' | 'offered'>): string {
  return offered === 0 ? '–' : formatShare(errors / offered)
}
