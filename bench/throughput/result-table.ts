import { formatFigure, formatMegabytes } from '../support/format-table.ts'
import type { Column, Rows } from '../support/format-table.ts'
import { medianRatio, summarise } from './compare.ts'
import type { Results } from './compare.ts'

/** How many times as fast as another program plimsoll is meant to be, at least. */
export type Targets = Readonly<Record<string, number>>

export const columnsOf = (reference: string): readonly Column[] => [
  { head: 'program', align: 'left' },
  { head: 'req/s', align: 'right' },
  { head: `÷ ${reference}`, align: 'right' },
  { head: 'CPU µs', align: 'right' },
  { head: 'peak MB', align: 'right' },
  { head: 'ours ÷ it', align: 'right' },
  { head: 'target', align: 'left' },
]

export const PLIMSOLL_NAME = 'plimsoll'

export function rowsOf(results: Results, reference: string, targets: Targets): Rows {
  const ours = results.get(PLIMSOLL_NAME)
  return [...results].map(([name, rounds]) => {
    const { requestsPerSecond, ratio, cpuUsPerRequest, peakResidentBytes } = summarise(
      rounds,
      results.get(reference) ?? [],
    )
    const factor = ours === undefined || ours === rounds ? undefined : medianRatio(ours, rounds)
    return [
      name,
      formatFigure(requestsPerSecond),
      ratio.toFixed(2),
      cpuUsPerRequest.toFixed(1),
      formatMegabytes(peakResidentBytes),
      factor === undefined ? '' : factor.toFixed(2),
      factor === undefined ? '' : judge(factor, targets[name]),
    ]
  })
}

/** `≥ 0.80 met`; empty without a target. */
export function judge(factor: number, target: number | undefined): string {
  if (target === undefined) return ''
  return `≥ ${target} ${factor >= target ? 'met' : 'MISSED'}`
}
