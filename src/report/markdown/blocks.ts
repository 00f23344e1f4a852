import { unbreakable } from '../unbreakable.ts'
import type { Column, Fact, Statement, Step, TableView, Tone } from '../view.ts'
import type { Block } from './fit-blocks.ts'
import { codeBlock, inertText, paragraph } from './inert-markdown.ts'

/** Escaped characters. Together with the number of blocks they bound the document. */
const MOST_TEXT = 800
const MOST_CELL = 240
const MOST_COMMAND = 1000

/** Columns of a higher rank are for those who have more room than a comment. */
const MOST_RANK = 2

/** What colour says elsewhere. */
export const SIGN: Readonly<Record<Tone, string>> = { good: '✅ ', bad: '❌ ', unsure: '⚠️ ', plain: '' }

export const inline = (text: string): string => inertText(text, MOST_TEXT)
const cell = (text: string): string => inertText(unbreakable(text), MOST_CELL)
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
export const bold = (text: string): string => (text === '' ? '' : `**${text}**`)

/** Nothing where there is nothing to say. */
export const prose = (text: string | null): readonly Block[] =>
  text === null || text.trim() === '' ? [] : [paragraph(text, MOST_TEXT)]

export const statement = ({ text, tone }: Statement): readonly Block[] =>
  text === '' ? [] : [SIGN[tone] + paragraph(text, MOST_TEXT)]

/** A list whose entries are Markdown already. */
export const entries = (rows: readonly string[]): readonly Block[] =>
  rows.length === 0 ? [] : [{ lead: [], rows, called: 'entries' }]

export const bullets = (texts: readonly string[]): readonly Block[] =>
  entries(texts.map(text => `- ${inline(text)}`))

/** A quotation: a lead and its list, if any. */
export const quoted = (lead: string, texts: readonly string[]): readonly Block[] =>
  texts.length === 0
    ? [`> ${lead}`]
    : [{ lead: [`> ${lead}`, '>'], rows: texts.map(text => `> - ${inline(text)}`), called: 'entries' }]

export const facts = (rows: readonly Fact[]): readonly Block[] =>
  entries(rows.map(({ label, value }) => `- ${bold(inline(label))}: ${inline(value)}`))

/** Numbered steps, each with its command below it. */
export function steps(next: readonly Step[]): readonly Block[] {
  return entries(
    next.map(({ text, command }, index) => {
      const lead = `${index + 1}. `
      const below = commandLines(command).map(line => `${' '.repeat(lead.length)}${line}`)
      return [`${lead}${inline(text)}`, ...below].join('\n')
    }),
  )
}

/** Half a command is none: one that is too long is not shown. */
function commandLines(command: Step['command']): readonly string[] {
  if (command === null) return []
  const line = command.join(' ')
  return line.length > MOST_COMMAND ? ['(The command is too long to stand here.)'] : codeBlock(line)
}

export interface Cells {
  readonly head: readonly string[]
  readonly align: readonly Column['align'][]
  readonly rows: readonly (readonly string[])[]
  readonly isStrong?: (line: number, column: number) => boolean
}

/** A table of texts. */
export function table({ head, align, rows, isStrong = () => false }: Cells): readonly Block[] {
  if (rows.length === 0) return []
  const marks = align.map(side => (side === 'right' ? '--:' : ':--'))
  return [
    {
      lead: [row(head.map(cell)), row(marks)],
      rows: rows.map((cells, line) =>
        row(cells.map((text, column) => (isStrong(line, column) ? bold(cell(text)) : cell(text)))),
      ),
      called: 'rows',
    },
  ]
}

/** A table of the view with the columns that a comment has room for, and its legend. */
export function viewTable(
  { columns, rows, legend }: TableView,
  mostRank: number = MOST_RANK,
): readonly Block[] {
  const kept = columns.flatMap(({ rank }, index) => (rank <= mostRank ? [index] : []))
  const pick = <Item>(items: readonly Item[]): readonly Item[] => kept.map(index => items[index]!)
  return [
    ...table({
      head: pick(columns).map(({ label }) => label),
      align: pick(columns).map(({ align }) => align),
      rows: rows.map(cells => pick(cells).map(({ text }) => text)),
    }),
    ...prose(legend),
  ]
}

export const section = (heading: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0 ? [] : [`### ${inline(heading)}`, ...blocks]

/** Folded until the reader asks for it. Empty lines around the inside let it be Markdown. */
export const folded = (summary: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0
    ? []
    : [`<details>\n<summary>${inertText(summary, MOST_CELL)}</summary>`, ...blocks, '</details>']
