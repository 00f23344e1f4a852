import { totalCount } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import { bucketIndex } from '../../../result/histogram-layout.ts'
import { formatNumber, formatShare } from '../../../units/format.ts'
import type { Chart, Column, Statement, TableView } from '../../view.ts'
import { chosen, MOST_TABLE_ROWS } from './chart-table.ts'
import { evenly } from './evenly.ts'

const plain = (text: string): Statement => ({ text, tone: 'plain' })
const column = (label: string): Column => ({ label, align: 'right', rank: 0 })

/** The shades of a heat map as shares of the requests by decade of response time, in ms. */
export function heatTable({ x, xs, heat }: Chart, columns: readonly Counts[]): TableView {
  const lowest = Math.floor(Math.log10(heat!.edges[0]!) + ROUNDED)
  const highest = Math.ceil(Math.log10(heat!.edges.at(-1)!) - ROUNDED)
  const decades = Array.from({ length: highest - lowest }, (_, i) => lowest + i)
  const places = evenly(xs.length, MOST_TABLE_ROWS)
  const ms = (exponent: number): string => formatNumber(10 ** exponent)
  return {
    columns: [column(x.label), ...decades.map(decade => column(`${ms(decade)} to ${ms(decade + 1)} ms`))],
    rows: places.map(place => {
      const times = columns[place]!
      const total = totalCount(times)
      const share = (decade: number): string => formatShare(countWithin(times, decade) / total)
      return [
        plain(formatNumber(xs[place]!, 4)),
        ...decades.map(decade => plain(total === 0 ? '–' : share(decade))),
      ]
    }),
    legend: chosen(places.length, xs.length),
  }
}

/** Edges of a heat map have four digits: one that is meant to be a power of ten may lie just beside it. */
const ROUNDED = 1e-3

function countWithin({ indices, counts }: Counts, decade: number): number {
  const from = bucketIndex(Math.round(10 ** (decade + 3)))
  const to = bucketIndex(Math.round(10 ** (decade + 4)))
  let within = 0
  for (let i = 0; i < indices.length; i += 1) {
    const index = Math.max(indices[i]!, 1)
    if (index >= from && index < to) within += counts[i]!
  }
  return within
}
