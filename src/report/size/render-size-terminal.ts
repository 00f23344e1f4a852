import { ansi } from '../terminal/ansi.ts'
import type { Layout } from '../terminal/layout.ts'
import { renderTable } from '../terminal/render-table.ts'
import { facts, paragraph, section } from '../terminal/section.ts'
import { terminalText } from '../terminal/terminal-text.ts'
import { wrapText } from '../terminal/wrap-text.ts'
import type { Fact, TableView } from '../view.ts'
import type { CdnView, SimulationView, SizeView, VerificationView } from './size-view.ts'

const NARROWEST = 40
const WIDEST_PROSE = 110

/** A sizing answer for a terminal: the answer first, then the options, what to set, and where every number comes from. */
export function renderSizeTerminal(
  view: SizeView,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const width = Math.max(columns, NARROWEST)
  const layout: Layout = { columns: width, prose: Math.min(width, WIDEST_PROSE), ansi: ansi(colour) }
  const { bold, tone, dim } = layout.ansi
  const because = view.limitsBecause
  const lines = [
    ...wrapText(view.answer.sentence, layout.prose).map(line => bold(tone[view.answer.tone](line))),
    ...paragraph({ text: view.about, indent: '', paint: dim }, layout),
    ...section('Options', [...table(view.options, layout), ...labelled(view.against, layout)], layout),
    ...simulation(view.simulation, layout),
    ...verification(view.verification, layout),
    ...section('How sure', table(view.rows, layout), layout),
    ...section('What to set', facts(view.limits, layout), layout),
    ...section('Limits', because === null ? [] : paragraph({ text: because }, layout), layout),
    ...cdn(view.cdn, layout),
    ...section('What it is worth', facts(view.sensitivity, layout), layout),
    ...section(
      'To keep in mind',
      view.notes.flatMap(text => paragraph({ text, lead: '- ' }, layout)),
      layout,
    ),
    ...section('To be sure', facts(view.checks, layout), layout),
    ...section('How it was worked out', facts(view.formulas, layout), layout),
    ...section('Reports', labelled(view.reports, layout), layout),
    ...section('Not used', labelled(view.leftOut, layout), layout),
  ]
  return terminalText(lines)
}

function cdn(view: CdnView | null, layout: Layout): readonly string[] {
  if (view === null) return []
  return [
    ...section(
      'A cache before them',
      [...facts(view.facts, layout), '', ...table(view.routes, layout)],
      layout,
    ),
    ...section('What keeps the cache from more', labelled(view.problems, layout), layout),
    ...section(
      'Taken for granted of it',
      view.assumptions.flatMap(text => paragraph({ text, lead: '- ' }, layout)),
      layout,
    ),
  ]
}

function simulation(view: SimulationView | null, layout: Layout): readonly string[] {
  if (view === null) return []
  const assumptions = view.assumptions.flatMap(text => paragraph({ text, lead: '- ' }, layout))
  return [
    ...section('The peak, simulated', table(view.peaks, layout), layout),
    ...section('Taken for granted of the simulation', assumptions, layout),
  ]
}

function verification(view: VerificationView | null, layout: Layout): readonly string[] {
  if (view === null) return []
  const { bold, tone } = layout.ansi
  const sentence = wrapText(view.sentence, layout.prose - 2).map(line => `  ${bold(tone[view.tone](line))}`)
  const built = view.built.flatMap(text => paragraph({ text, lead: '- ' }, layout))
  return [
    ...section('The peak, put to the proof', [...sentence, ...table(view.peaks, layout)], layout),
    ...section('What was built for it', built, layout),
  ]
}

const table = (view: TableView, layout: Layout): readonly string[] =>
  view.rows.length === 0 ? [] : renderTable(view, layout)

/** Labels may be paths of any length, so that they do not make a column. */
const labelled = (rows: readonly Fact[], layout: Layout): readonly string[] =>
  rows.flatMap(({ label, value }) => paragraph({ text: `${label}: ${value}`, lead: '- ' }, layout))
