import { formatNumber } from '../../units/format.ts'
import type { PathStep, SearchPath, StepKind } from '../view.ts'
import type { Ansi } from './ansi.ts'
import { columnOf } from './column-values.ts'
import { INDENT } from './layout.ts'
import type { Layout } from './layout.ts'
import { axisTicks, axisTop, tickNames } from './nice-axis.ts'
import { paragraph } from './section.ts'

const ROWS = 12
const WIDEST = 140

/** Signs tell the kinds apart where there is no colour. */
const SIGNS: Readonly<Record<StepKind, string>> = {
  rising: '•',
  plateau: '■',
  held: '▲',
  'gave-way': '×',
  rest: '─',
  onset: '◆',
  void: '?',
}

/** The offered rate over time, a sign for each kind of step, and a dotted band where the knee lies. */
export function renderSearchPath(path: SearchPath, layout: Layout): readonly string[] {
  const { steps, knee, rateLabel, timeLabel } = path
  const { ansi, columns } = layout
  if (steps.length === 0) return paragraph({ text: path.empty, paint: ansi.dim }, layout)
  const top = axisTop(Math.max(...steps.map(({ rateRps }) => rateRps), knee?.high ?? 0))
  const names = Array.from({ length: ROWS }, (_, row) =>
    row % 3 === 0 ? formatNumber((top * (ROWS - row)) / ROWS, 4) : '',
  )
  const gutter = Math.max(rateLabel.length, timeLabel.length, ...names.map(name => name.length))
  const width = Math.min(columns, WIDEST) - INDENT.length - gutter - 2
  const right = steps.at(-1)!.toSeconds
  const ticks = axisTicks(right, width > 90 ? 12 : 6).filter(tick => tick <= right)
  const edge = (name: string, sign: string): string =>
    `${INDENT}${ansi.dim(`${name.padStart(gutter)} ${sign}`)}`
  const drawn = columnsOf(steps, right, width)
  const rows = names.map((name, row) => {
    const level = ROWS - 1 - row
    const inKnee = knee !== null && rowOf(knee.low, top) <= level && level <= rowOf(knee.high, top)
    const line = drawn.map(step => {
      if (step !== undefined && rowOf(step.rateRps, top) === level) return paint(step.kind, ansi)
      return inKnee ? ansi.dim('┄') : ' '
    })
    return edge(name, name === '' ? '│' : '┤') + line.join('')
  })
  const axis = Array.from({ length: width }, () => '─')
  for (const tick of ticks.slice(1)) axis[columnOf(tick, right, width)] = '┴'
  return [
    `${edge(rateLabel, '│')}${knee === null ? '' : ansi.dim(`  ┄ ${knee.label}`)}`,
    ...rows,
    edge('0', `└${axis.join('')}`),
    edge(timeLabel, ' ') + ansi.dim(tickNames(ticks, right, width)),
    ...legend(steps, layout),
  ].map(line => line.trimEnd())
}

const rowOf = (rate: number, top: number): number =>
  Math.min(ROWS - 1, Math.max(0, Math.floor((rate / top) * ROWS - 1e-9)))

/** For each column of time the step that takes most of it. */
function columnsOf(
  steps: readonly PathStep[],
  right: number,
  width: number,
): readonly (PathStep | undefined)[] {
  return Array.from({ length: width }, (_, column) => {
    const [from, to] = [(column / width) * right, ((column + 1) / width) * right]
    let most = 0
    let found: PathStep | undefined
    for (const step of steps) {
      const share = Math.min(to, step.toSeconds) - Math.max(from, step.fromSeconds)
      if (share > most) [most, found] = [share, step]
    }
    return found
  })
}

function paint(kind: StepKind, ansi: Ansi): string {
  const sign = SIGNS[kind]
  switch (kind) {
    case 'held':
      return ansi.tone.good(sign)
    case 'gave-way':
      return ansi.tone.bad(sign)
    case 'void':
      return ansi.tone.unsure(sign)
    case 'rest':
      return ansi.dim(sign)
    default:
      return ansi.bold(sign)
  }
}

function legend(steps: readonly PathStep[], layout: Layout): readonly string[] {
  const names = new Map(steps.map(({ kind, name }) => [kind, name]))
  const text = [...names].map(([kind, name]) => `${SIGNS[kind]} ${name}`).join(', ')
  return paragraph({ text, paint: layout.ansi.dim }, layout)
}
