import { formatNumber } from '../../units/format.ts'
import type { LoadCurve, LoadPoint } from '../view.ts'
import type { Ansi } from './ansi.ts'
import { drawBars } from './bars.ts'
import { columnOf, columnValues } from './column-values.ts'
import { INDENT } from './layout.ts'
import type { Layout } from './layout.ts'
import { axisTicks, axisTop, tickNames } from './nice-axis.ts'
import { paragraph } from './section.ts'

const GOOD_ROWS = 8
const SHARE_ROWS = 3
const WIDEST = 140

interface Frame {
  readonly width: number
  readonly gutter: number
  readonly right: number
  readonly kneeColumn: number | undefined
  readonly ansi: Ansi
}

/**
 * Good rate, and below it the share of gateway errors, against offered load. The dots show where every request would
 * be answered well: the knee is where the bars leave them.
 */
export function renderLoadChart(curve: LoadCurve, layout: Layout): readonly string[] {
  const { points, knee } = curve
  const { columns, ansi } = layout
  if (points.length === 0) return paragraph({ text: curve.empty, paint: ansi.dim }, layout)
  const gutter = Math.max(curve.offeredLabel.length, curve.goodLabel.length, curve.shareLabel.length)
  const width = Math.min(columns, WIDEST) - INDENT.length - gutter - 2
  const ticks = axisTicks(
    highestOf(points, point => point.offeredRps, knee?.at),
    width > 90 ? 12 : 6,
  )
  const right = ticks.at(-1)!
  const kneeColumn = knee === null ? undefined : columnOf(knee.at, right, width)
  const frame: Frame = { width, gutter, right, kneeColumn, ansi }
  return [
    label(frame, curve.goodLabel, '') + kneeLabel(frame, knee?.label),
    ...goodRows(frame, points),
    axisLine(frame, '├'),
    ...shareRows(frame, curve),
    axisLine(frame, '└', ticks),
    label(frame, curve.offeredLabel, '') + tickLabels(frame, ticks),
  ].map(line => line.trimEnd())
}

/** By a loop: a run of days has more points than a call may have arguments. */
const highestOf = (points: LoadCurve['points'], of: (point: LoadPoint) => number, least = 0): number =>
  points.reduce((highest, point) => Math.max(highest, of(point)), least)

function goodRows(frame: Frame, points: LoadCurve['points']): readonly string[] {
  const { width, right, ansi } = frame
  const values = columnValues(
    points.map(({ offeredRps, goodRps }) => [offeredRps, goodRps]),
    right,
    width,
  )
  const best = highestOf(points, point => point.goodRps, 1)
  // Room above the best, as far as the load went, for the dots to leave the bars.
  const top = axisTop(Math.max(best, Math.min(right, best * 1.4)))
  return drawBars(values, top, GOOD_ROWS).map((row, line) => {
    const level = GOOD_ROWS - line
    const dots = (column: number): boolean =>
      Math.floor((((column + 0.5) / width) * right * GOOD_ROWS) / top) === level - 1
    const name = level % 2 === 0 ? formatNumber((top * level) / GOOD_ROWS, 4) : ''
    return label(frame, name) + overlay(frame, row, ansi.tone.good, dots)
  })
}

function shareRows(frame: Frame, { points, shareLabel, shareNone }: LoadCurve): readonly string[] {
  const { width, right, ansi } = frame
  const highest = highestOf(points, point => point.gatewayShare * 100)
  if (highest === 0) return [label(frame, shareLabel, '│') + ansi.dim(` ${shareNone}`.slice(0, width))]
  const values = columnValues(
    points.map(({ offeredRps, gatewayShare }) => [offeredRps, gatewayShare * 100]),
    right,
    width,
  )
  const top = axisTop(highest)
  const names = [`${formatNumber(top)} %`, '', shareLabel]
  return drawBars(values, top, SHARE_ROWS).map(
    (row, line) =>
      label(frame, names[line] ?? '', line === 0 ? '┤' : '│') +
      overlay(frame, row, ansi.tone.bad, () => false),
  )
}

/** The bars, and where they leave room: the dots and the line of the knee. */
function overlay(
  { kneeColumn, ansi }: Frame,
  row: string,
  paint: (text: string) => string,
  dots: (column: number) => boolean,
): string {
  const signs = Array.from(row, (bar, column) => {
    if (bar !== ' ') return bar
    if (column === kneeColumn) return '┊'
    return dots(column) ? '·' : ' '
  })
  return signs
    .join('')
    .replaceAll(/[▁-█]+|[·┊]/g, part => (/[▁-█]/.test(part) ? paint(part) : ansi.dim(part)))
}

const label = ({ gutter, ansi }: Frame, name: string, edge = name === '' ? '│' : '┤'): string =>
  `${INDENT}${ansi.dim(`${name.padStart(gutter)}${edge === '' ? '' : ` ${edge}`}`)}`

function axisLine(frame: Frame, corner: string, ticks: readonly number[] = []): string {
  const { width, right, gutter, ansi } = frame
  const line = Array.from({ length: width }, () => '─')
  for (const tick of ticks.slice(1)) line[columnOf(tick, right, width)] = '┴'
  return `${INDENT}${ansi.dim(`${'0'.padStart(gutter)} ${corner}${line.join('')}`)}`
}

function kneeLabel({ kneeColumn, width, ansi }: Frame, text: string | undefined): string {
  if (kneeColumn === undefined || text === undefined) return ''
  const fits = kneeColumn + 2 + text.length < width
  const before = ' '.repeat(2 + (fits ? kneeColumn : Math.max(0, kneeColumn - text.length - 1)))
  return before + ansi.bold(fits ? `▼ ${text}` : `${text} ▼`)
}

const tickLabels = ({ width, right, ansi }: Frame, ticks: readonly number[]): string =>
  `  ${ansi.dim(tickNames(ticks, right, width))}`
