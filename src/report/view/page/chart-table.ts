import { formatNumber } from '../../../units/format.ts'
import type { Chart, Column, Statement, TableView } from '../../view.ts'
import { evenly } from './evenly.ts'

/** Enough to see the course, few enough to read and to print. */
export const MOST_TABLE_ROWS = 25

const plain = (text: string): Statement => ({ text, tone: 'plain' })
const column = (label: string): Column => ({ label, align: 'right', rank: 0 })
const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatNumber(value, value >= 1000 ? 4 : 3)

/** The figures behind a chart's lines, hidden ones too: those of its axis marks where it has some, else evenly chosen. */
export function chartTable({ x, y, xs, series }: Chart): TableView {
  const places =
    x.ticks === undefined
      ? evenly(xs.length, MOST_TABLE_ROWS)
      : x.ticks.map(({ at }) => xs.indexOf(at)).filter(place => place >= 0)
  return {
    columns: [column(x.label), ...series.map(({ label }) => column(`${label}, ${y.label}`))],
    rows: places.map(place => [
      plain(x.texts?.[place] ?? formatNumber(xs[place]!, 4)),
      ...series.map(({ values }) => plain(number(values[place]))),
    ]),
    legend: x.ticks === undefined ? chosen(places.length, xs.length) : null,
  }
}

export const chosen = (shown: number, all: number): string | null =>
  shown === all
    ? null
    : `${formatNumber(shown, 12)} of ${formatNumber(all, 12)} points, evenly chosen. The report's JSON has every window.`
