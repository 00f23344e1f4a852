import { ansi } from '../../report/terminal/ansi.ts'
import type { Layout } from '../../report/terminal/layout.ts'
import { renderTable } from '../../report/terminal/render-table.ts'
import { paragraph } from '../../report/terminal/section.ts'
import { steps } from '../../report/terminal/steps.ts'
import { terminalText } from '../../report/terminal/terminal-text.ts'
import { wrapText } from '../../report/terminal/wrap-text.ts'
import type { GroupView, HistoryView } from '../view.ts'
import { drawTrend } from './draw-trend.ts'

const NARROWEST = 40
const WIDEST_PROSE = 110

/** @param columns of the terminal; no line is longer */
export function renderHistory(
  view: HistoryView,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const width = Math.max(columns, NARROWEST)
  const layout: Layout = { columns: width, prose: Math.min(width, WIDEST_PROSE), ansi: ansi(colour) }
  const lines = [
    ...wrapText(view.title, layout.prose).map(layout.ansi.bold),
    ...wrapText(view.summary, layout.prose),
    ...(view.setAside === null
      ? []
      : paragraph({ text: view.setAside, indent: '', paint: layout.ansi.tone.unsure }, layout)),
    ...view.groups.flatMap(group => renderGroup(group, layout)),
  ]
  return terminalText(lines)
}

function renderGroup(group: GroupView, layout: Layout): readonly string[] {
  const { ansi, columns } = layout
  return [
    '',
    ...wrapText(group.heading, columns).map(ansi.heading),
    ...group.about.flatMap(text => paragraph({ text, paint: ansi.dim }, layout)),
    '',
    ...group.changes.flatMap(({ text, tone }) => paragraph({ text, paint: ansi.tone[tone] }, layout)),
    ...paragraph({ text: group.outlook }, layout),
    ...(group.next.length === 0
      ? []
      : ['', ...paragraph({ text: 'What to do next:' }, layout), ...steps(group.next, layout)]),
    '',
    ...drawTrend(group.chart, layout),
    '',
    ...renderTable(group.table, layout),
  ]
}
