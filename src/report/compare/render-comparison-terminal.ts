import { ansi } from '../terminal/ansi.ts'
import type { Layout } from '../terminal/layout.ts'
import { renderTable } from '../terminal/render-table.ts'
import { facts, paragraph, section } from '../terminal/section.ts'
import { steps } from '../terminal/steps.ts'
import { terminalText } from '../terminal/terminal-text.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import type { ComparisonView } from './comparison-view.ts'

const NARROWEST = 40
const WIDEST_PROSE = 110

/** The comparison for a terminal: the verdict first, then the figures, then what to keep in mind. No line is longer than `columns`. */
export function renderComparisonTerminal(
  view: ComparisonView,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const width = Math.max(columns, NARROWEST)
  const layout: Layout = { columns: width, prose: Math.min(width, WIDEST_PROSE), ansi: ansi(colour) }
  const lines = [
    ...top(view, layout),
    ...section('Figures', renderTable(view.metrics, layout), layout),
    ...section('Requests', view.routes.rows.length > 0 ? renderTable(view.routes, layout) : [], layout),
    ...section(
      'Why',
      view.reasons.flatMap(({ text, tone }) =>
        paragraph({ text, lead: '- ', paintLead: layout.ansi.tone[tone] }, layout),
      ),
      layout,
    ),
    ...section('Not the same in all runs (--force)', labelled(view.differences, layout), layout),
    ...section('To keep in mind', notes(view.notes, layout), layout),
    ...section('Left out', labelled(view.leftOut, layout), layout),
    ...section('Not compared', labelled(view.missing, layout), layout),
    ...section('How it was compared', facts(view.facts, layout), layout),
    ...section('Runs', renderTable(view.runs, layout), layout),
    ...section('What to do next', steps(view.next, layout), layout),
  ]
  return terminalText(lines)
}

function top({ verdict, title, about }: ComparisonView, layout: Layout): readonly string[] {
  const { prose, ansi } = layout
  const tone = ansi.tone[verdict.tone]
  return [
    ...wrapText(verdict.sentence, prose).map(line => ansi.bold(tone(line))),
    ...paragraph({ text: `${title} · ${about}`, indent: '', paint: ansi.dim }, layout),
  ]
}

const notes = (texts: readonly string[], layout: Layout): readonly string[] =>
  texts.flatMap(text => paragraph({ text, lead: '- ' }, layout))

/** Labels may be paths of any length, so that they do not make a column. */
const labelled = (rows: ComparisonView['leftOut'], layout: Layout): readonly string[] =>
  rows.flatMap(({ label, value }) => paragraph({ text: `${label}: ${value}`, lead: '- ' }, layout))
