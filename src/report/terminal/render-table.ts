import Table from 'cli-table3'
import type { TableView } from '../view.ts'
import { INDENT } from './layout.ts'
import type { Layout } from './layout.ts'
import { textWidth, truncate } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

const GAP = 2

/** One rule below the head, no other lines: the eye follows the columns. */
const CHARS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: INDENT,
  'left-mid': INDENT,
  mid: '─',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

/** As many columns as there is room for, by rank; the widest ones give way where even the necessary ones are too wide. */
export function renderTable(table: TableView, { ansi, columns, prose }: Layout): readonly string[] {
  const legend = table.legend === null ? [] : wrapText(table.legend, prose - INDENT.length)
  const tail = legend.map(line => INDENT + ansi.dim(line))
  if (table.rows.length === 0) return tail
  const room = columns - INDENT.length
  const chosen = chooseColumns(table, room)
  const widths = shrink(
    chosen.map(index => widthOf(table, index)),
    room,
  )
  const drawn = new Table({
    head: chosen.map((index, i) => ansi.bold(truncate(table.columns[index]!.label, widths[i]!))),
    colWidths: widths.map(width => width + GAP),
    colAligns: chosen.map(index => table.columns[index]!.align),
    chars: CHARS,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': GAP },
  })
  for (const row of table.rows) {
    drawn.push(
      chosen.map((index, i) => {
        const { text, tone } = row[index]!
        return ansi.tone[tone](truncate(text, widths[i]!))
      }),
    )
  }
  const [head = '', rule = '', ...rows] = drawn.toString().split('\n')
  return [head.trimEnd(), ansi.dim(rule.slice(0, -GAP)), ...rows.map(row => row.trimEnd()), ...tail]
}

function chooseColumns(table: TableView, room: number): readonly number[] {
  const byRank = [...table.columns.keys()].sort((a, b) => table.columns[a]!.rank - table.columns[b]!.rank)
  const chosen: number[] = []
  let used = -GAP
  for (const index of byRank) {
    used += widthOf(table, index) + GAP
    if (table.columns[index]!.rank > 0 && used > room) break
    chosen.push(index)
  }
  return chosen.sort((a, b) => a - b)
}

const widthOf = ({ columns, rows }: TableView, index: number): number =>
  Math.max(textWidth(columns[index]!.label), ...rows.map(row => textWidth(row[index]!.text)))

/** Takes a column from the widest, again and again, until all fit. */
function shrink(widths: readonly number[], room: number): readonly number[] {
  const fitted = [...widths]
  let excess = fitted.reduce((sum, width) => sum + width + GAP, -GAP) - room
  while (excess > 0) {
    const widest = fitted.indexOf(Math.max(...fitted))
    if (fitted[widest]! <= 1) break
    fitted[widest]! -= 1
    excess -= 1
  }
  return fitted
}
