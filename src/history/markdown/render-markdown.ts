import { inertText, paragraph } from '../../report/markdown/inert-markdown.ts'
import type { Statement, TableView } from '../../report/view.ts'
import type { GroupView, HistoryView } from '../view.ts'

/** The columns that fit a comment: date, knee, its interval, change, verdict, report. */
const HIGHEST_RANK = 4
/** Characters of a text: more than any of ours has, and fewer than a name from outside could. */
const MOST = 1000
/** In a line, and at its start. */
const inside = (text: string): string => inertText(text, MOST)
const first = (text: string): string => paragraph(text, MOST)

/** For a comment or a wiki page: GitHub Flavored Markdown, without the chart. */
export function renderMarkdown(view: HistoryView): string {
  const parts = [
    `# ${inside(view.title)}`,
    first(view.summary),
    ...(view.setAside === null ? [] : [first(view.setAside)]),
    ...view.groups.flatMap(renderGroup),
  ]
  return `${parts.join('\n\n')}\n`
}

const renderGroup = ({ heading, about, changes, outlook, table }: GroupView): readonly string[] => [
  `## ${inside(heading)}`,
  about.map(first).join('<br>\n'),
  changes.map(({ text, tone }) => `- ${strong(inside(text), tone)}`).join('\n'),
  first(outlook),
  renderTable(table),
]

const strong = (text: string, tone: Statement['tone']): string =>
  tone === 'good' || tone === 'bad' ? `**${text}**` : text

function renderTable({ columns, rows, legend }: TableView): string {
  const chosen = [...columns.keys()].filter(index => columns[index]!.rank <= HIGHEST_RANK)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const lines = [
    line(chosen.map(index => inside(columns[index]!.label))),
    line(chosen.map(index => (columns[index]!.align === 'right' ? '--:' : '---'))),
    ...rows.map(row => line(chosen.map(index => inside(row[index]!.text)))),
  ]
  return [lines.join('\n'), ...(legend === null ? [] : [first(legend)])].join('\n\n')
}
