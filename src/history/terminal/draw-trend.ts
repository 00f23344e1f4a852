import { INDENT } from '../../report/terminal/layout.ts'
import type { Layout } from '../../report/terminal/layout.ts'
import { paragraph } from '../../report/terminal/section.ts'
import { formatNumber } from '../../units/format.ts'
import type { TrendChart, TrendPoint } from '../view.ts'
import { rateAxis } from './rate-axis.ts'
import type { RateAxis } from './rate-axis.ts'

const WIDEST = 140
/** Columns that a run takes at most: a few runs do not need the whole width. */
const WIDEST_RUN = 4

const SIGNS: Readonly<Record<TrendPoint['kind'], string>> = {
  measured: '●',
  'at-least': '↑',
  'at-most': '↓',
  none: ' ',
}
const MEANINGS: Readonly<Record<TrendPoint['kind'], readonly string[]>> = {
  measured: ['● a run'],
  'at-least': ['↑ a run, at least'],
  'at-most': ['↓ a run, at most'],
  none: [],
}

interface Frame {
  readonly chart: TrendChart
  readonly axis: RateAxis
  readonly gutter: number
  readonly width: number
  readonly columnOf: (point: number) => number
}

/**
 * The knee of each run as a dot, the levels as lines through them, and where one level gives way to the next a line of
 * its own with the change above it. An arrow is a bound: the knee lies beyond it.
 */
export function drawTrend(chart: TrendChart, layout: Layout): readonly string[] {
  const { ansi, columns } = layout
  const rates = [...chart.points.flatMap(({ rps }) => rps ?? []), ...chart.levels.map(({ rps }) => rps)]
  if (rates.length === 0) return paragraph({ text: chart.empty, paint: ansi.dim }, layout)
  const axis = rateAxis(rates)
  const names = axis.labels.map(rate => formatNumber(rate, 4))
  const gutter = Math.max(...names.map(name => name.length))
  const room = Math.min(columns, WIDEST) - INDENT.length - gutter - 2
  const runs = chart.points.length
  const pitch = Math.max(1, Math.min(WIDEST_RUN, Math.floor(room / runs)))
  const width = Math.min(room, runs * pitch)
  // More runs than columns share them; a dot then stands for the last of its column.
  const columnOf = (point: number): number =>
    runs > room ? Math.floor((point * room) / runs) : point * pitch + Math.floor(pitch / 2)
  const frame: Frame = { chart, axis, gutter, width, columnOf }
  const rows = Array.from({ length: axis.rows }, (_, line) => {
    const level = axis.rows - 1 - line
    const name = level % 2 === 0 ? names[level / 2]! : ''
    return `${INDENT}${ansi.dim(`${name.padStart(gutter)} ${name === '' ? '│' : '┤'}`)}${drawRow(frame, level, layout)}`
  })
  return [
    `${INDENT}${ansi.dim(chart.rateLabel)}`,
    ...markLine(frame, layout),
    ...rows,
    `${INDENT}${ansi.dim(`${' '.repeat(gutter)} └${'─'.repeat(width)}`)}`,
    `${INDENT}${' '.repeat(gutter + 2)}${ansi.dim(dateLine(frame, room))}`,
    ...paragraph({ text: legendOf(chart), paint: ansi.dim }, layout),
  ].map(line => line.trimEnd())
}

/** The signs that occur. */
function legendOf({ points, levels, changes, note }: TrendChart): string {
  const signs = [
    ...[...new Set(points.map(({ kind }) => kind))].flatMap(kind => MEANINGS[kind]),
    ...(levels.length === 0 ? [] : ['─ mean of a level']),
    ...(changes.length === 0 ? [] : ['┊ a change']),
  ]
  return `${signs.join(', ')}. ${note}`
}

function drawRow({ chart, axis, width, columnOf }: Frame, level: number, { ansi }: Layout): string {
  const signs: string[] = Array.from({ length: width }, () => ' ')
  for (const { from, to, rps } of chart.levels) {
    if (axis.rowOf(rps) === level) signs.fill(ansi.dim('─'), columnOf(from), columnOf(to) + 1)
  }
  for (const { at, tone } of chart.changes) signs[columnOf(at)] = ansi.tone[tone]('┊')
  for (const [index, { kind, rps }] of chart.points.entries()) {
    if (rps !== null && axis.rowOf(rps) === level) signs[columnOf(index)] = SIGNS[kind]
  }
  return signs.join('')
}

/** The changes above their lines, as far as there is room for one after the other. */
function markLine({ chart, gutter, columnOf }: Frame, { ansi, columns }: Layout): readonly string[] {
  let line = ''
  let end = 0
  const before = INDENT.length + gutter + 2
  for (const { at, text, tone } of chart.changes) {
    const start = Math.min(columnOf(at), columns - before - text.length)
    if (start < end) continue
    line += ' '.repeat(start - end) + ansi.tone[tone](text)
    end = start + text.length + 1
    line += ' '
  }
  return line === '' ? [] : [' '.repeat(before) + line]
}

/** The first day at the left, the last one below the last run. */
function dateLine({ chart, width }: Frame, room: number): string {
  const [first, last] = [chart.points[0]!.label.slice(0, 10), chart.points.at(-1)!.label.slice(0, 10)]
  const end = Math.max(width, Math.min(room, first.length + last.length + 2))
  return first === last || end < first.length + last.length + 1
    ? first
    : first + last.padStart(end - first.length)
}
