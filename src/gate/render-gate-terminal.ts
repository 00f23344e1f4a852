import { ansi } from '../report/terminal/ansi.ts'
import { INDENT } from '../report/terminal/layout.ts'
import type { Layout } from '../report/terminal/layout.ts'
import { renderTable } from '../report/terminal/render-table.ts'
import { paragraph, section } from '../report/terminal/section.ts'
import { steps } from '../report/terminal/steps.ts'
import { terminalText } from '../report/terminal/terminal-text.ts'
import { padEnd } from '../report/terminal/text-width.ts'
import { wrapText } from '../report/terminal/wrap-text.ts'
import type { GateView, RuleView } from './gate-view.ts'

const NARROWEST = 40
const WIDEST_PROSE = 110
/** The longest answer and a gap. */
const ANSWER = 'cannot tell'.length + 2

/** The gate for a terminal or the log of a pipeline: the verdict first, then rule by rule. No line is longer than `columns`. */
export function renderGateTerminal(
  { verdict, title, about, warnings, groups, figures, next }: GateView,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const width = Math.max(columns, NARROWEST)
  const layout: Layout = { columns: width, prose: Math.min(width, WIDEST_PROSE), ansi: ansi(colour) }
  const { tone, bold, dim } = layout.ansi
  const lines = [
    ...wrapText(verdict.sentence, layout.prose).map(line => bold(tone[verdict.tone](line))),
    ...paragraph({ text: `${title} · ${about}`, indent: '', paint: dim }, layout),
    ...section(
      'Warnings',
      warnings.flatMap(({ label, value }) =>
        paragraph({ text: `${label}: ${value}`, lead: '- ', paintLead: tone.unsure }, layout),
      ),
      layout,
    ),
    ...groups.flatMap(({ heading, rules }) =>
      section(
        heading,
        rules.flatMap(rule => ruleLines(rule, layout)),
        layout,
      ),
    ),
    ...section('Figures of the comparison', figures === null ? [] : renderTable(figures, layout), layout),
    ...section('What to do next', steps(next, layout), layout),
  ]
  return terminalText(lines)
}

function ruleLines({ name, answer, measured, because }: RuleView, layout: Layout): readonly string[] {
  const { tone, dim } = layout.ansi
  const below = INDENT + ' '.repeat(ANSWER)
  return [
    ...paragraph({ text: name, lead: padEnd(answer.text, ANSWER), paintLead: tone[answer.tone] }, layout),
    ...[measured, because]
      .filter(text => text !== '')
      .flatMap(text => paragraph({ text, indent: below, paint: dim }, layout)),
  ]
}
