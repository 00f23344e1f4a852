import { formatFigure } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import type { Besides, Summary } from './summary.ts'

export const SUMMARY_COLUMNS: readonly Column[] = [
  { head: 'server', align: 'left' },
  ...[
    'searches',
    'median error',
    'within',
    'covered',
    'load',
    '÷ plan',
    'label',
    'false onsets',
    'onset error',
  ].map(head => ({ head, align: 'right' }) as const),
  { head: 'besides', align: 'left' },
  { head: 'missed', align: 'left' },
]

export const summaryRows = (summaries: readonly Summary[]): Rows => summaries.map(rowOf)

function rowOf(summary: Summary): string[] {
  const { targets, onsetError } = summary
  return [
    summary.family,
    String(summary.searches),
    signedPercent(summary.medianError),
    `${percent(summary.rightShare)} ±${Math.round(targets.within * 100)} %`,
    percent(summary.coveredShare),
    `${formatFigure(summary.medianSeconds)} s`,
    formatFigure(summary.medianLoad),
    percent(summary.labelShare),
    String(summary.falseOnsets),
    onsetError === null ? '' : `${formatFigure(onsetError * 100, 2)} %`,
    besidesText(summary.besides),
    summary.missed.join(', '),
  ]
}

function besidesText(besides: Besides | null): string {
  if (besides === null) return ''
  const { name, from, to, rightShare } = besides
  return `${name} ${percent(rightShare)} −${Math.round((1 - from) * 100)} … +${Math.round((to - 1) * 100)} %`
}

const percent = (share: number): string => `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`

/** A share as a signed percentage with one decimal; what rounds to nothing has no sign. */
export function signedPercent(share: number): string {
  const size = (Math.abs(share) * 100).toFixed(1)
  return `${Number(size) === 0 ? '' : share < 0 ? '−' : '+'}${size} %`
}
