import type { Fact, TableView } from '../view.ts'
import type { ComparisonView } from './comparison-view.ts'
import { markdownText } from './markdown-text.ts'

/** Columns that a comment has room for: the ranks of the view, lowest first. */
const HIGHEST_RANK = 2

/** The comparison as GitHub-flavoured Markdown for a comment on a pull request: the verdict and the figures open, the rest folded. */
export function renderComparisonMarkdown(view: ComparisonView): string {
  const { verdict, title, about, next } = view
  const blocks = [
    `### ${markdownText(`${verdict.word[0]!.toUpperCase()}${verdict.word.slice(1)}`)}: ${markdownText(title)}`,
    `**${markdownText(verdict.because)}**`,
    markdownText(`${about[0]!.toUpperCase()}${about.slice(1)}.`),
    table(view.metrics),
    ...(next === null ? [] : [markdownText(next)]),
    ...list('Not the same in all runs (forced)', view.differences),
    ...folded('Requests', view.routes.rows.length === 0 ? [] : [table(view.routes)]),
    ...folded('Why, and what was left out', [
      bullets(view.reasons.map(({ text }) => text)),
      bullets(view.notes),
      ...list('Left out', view.leftOut),
      ...list('Not compared', view.missing),
      ...list('How it was compared', view.facts),
    ]),
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function table({ columns, rows, legend }: TableView): string {
  if (rows.length === 0) return ''
  const shown = [...columns.keys()].filter(index => columns[index]!.rank <= HIGHEST_RANK)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(shown.map(index => markdownText(columns[index]!.label))),
    line(shown.map(index => (columns[index]!.align === 'right' ? '--:' : '---'))),
    ...rows.map(row => line(shown.map(index => markdownText(row[index]!.text)))),
    ...(legend === null ? [] : ['', `<sub>${markdownText(legend)}</sub>`]),
  ].join('\n')
}

const bullets = (texts: readonly string[]): string => texts.map(text => `- ${markdownText(text)}`).join('\n')

const list = (heading: string, facts: readonly Fact[]): readonly string[] =>
  facts.length === 0
    ? []
    : [`**${markdownText(heading)}**`, bullets(facts.map(({ label, value }) => `${label}: ${value}`))]

function folded(summary: string, blocks: readonly string[]): readonly string[] {
  const filled = blocks.filter(block => block !== '')
  return filled.length === 0
    ? []
    : [`<details><summary>${markdownText(summary)}</summary>`, ...filled, '</details>']
}
