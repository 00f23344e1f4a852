import type { Headline, ReportView } from '../view.ts'
import { ansi } from './ansi.ts'
import { renderLoadChart } from './load-chart.ts'
import { INDENT } from './layout.ts'
import type { Layout } from './layout.ts'
import { renderTable } from './render-table.ts'
import { renderSearchPath } from './search-path.ts'
import { facts, paragraph, section } from './section.ts'
import { steps } from './steps.ts'
import { terminalText } from './terminal-text.ts'
import { padEnd, textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

export interface TerminalOptions {
  /** Of the terminal; no line is longer. */
  readonly columns: number
  /** Without, there is no escape code at all. */
  readonly colour: boolean
}

const NARROWEST = 40
const WIDEST_PROSE = 110

/** The report for a terminal: the verdict first, then the three numbers, then what explains them. */
export function renderTerminal(view: ReportView, { columns, colour }: TerminalOptions): string {
  const width = Math.max(columns, NARROWEST)
  const layout: Layout = { columns: width, prose: Math.min(width, WIDEST_PROSE), ansi: ansi(colour) }
  const lines = [
    ...top(view, layout),
    ...(view.measured ? figures(view, layout) : section('What limits', limits(view, layout), layout)),
    ...section('What to do next', steps(view.next, layout), layout),
  ]
  return terminalText(lines)
}

function figures(view: ReportView, layout: Layout): readonly string[] {
  return [
    ...section('Promises', promises(view, layout), layout),
    ...searchSections(view, layout),
    ...section('Stages', view.search === null ? renderTable(view.stages, layout) : [], layout),
    ...section(
      'Good answers against offered load (dots: if all were good)',
      view.loadCurve === null ? [] : renderLoadChart(view.loadCurve, layout),
      layout,
    ),
    ...section('Where the time goes', facts(view.phases, layout), layout),
    ...section('What limits', limits(view, layout), layout),
    ...section(
      'Recovery',
      paragraph({ text: view.recovery.text, paint: layout.ansi.tone[view.recovery.tone] }, layout),
      layout,
    ),
    ...section('Requests', view.routes.rows.length > 1 ? renderTable(view.routes, layout) : [], layout),
    ...section('Sizing', sizing(view, layout), layout),
    ...section('Load generator', generator(view, layout), layout),
  ]
}

/** The steps of a search are its stages: one table is enough. */
function searchSections({ search }: ReportView, layout: Layout): readonly string[] {
  if (search === null) return []
  return [
    ...section(
      'How the knee was found (offered rate over time)',
      [
        ...renderSearchPath(search.path, layout),
        '',
        ...paragraph({ text: search.text }, layout),
        ...facts(search.facts, layout),
      ],
      layout,
    ),
    ...section('What was noticed', facts(search.flags, layout), layout),
    ...section('Steps of the search', renderTable(search.steps, layout), layout),
  ]
}

function top(view: ReportView, layout: Layout): readonly string[] {
  const { verdict, trust } = view
  const { prose, ansi } = layout
  const tone = ansi.tone[verdict.tone]
  return [
    ...wrapText(verdict.sentence, prose).map(line => ansi.bold(tone(line))),
    ...[`${view.title} · ${view.target}`, view.about].flatMap(text =>
      paragraph({ text, indent: '', paint: ansi.dim }, layout),
    ),
    ...(view.ending === null
      ? []
      : paragraph({ text: view.ending, indent: '', paint: ansi.tone.unsure }, layout)),
    ...(view.measured ? ['', ...headlines(view.headlines, layout), ...trustLines(trust, layout)] : []),
  ]
}

function headlines(rows: readonly Headline[], layout: Layout): readonly string[] {
  const { ansi, prose } = layout
  const labels = rows.flatMap(({ label, lines }) => [label, ...lines.map(line => line.label)])
  const indent = ' '.repeat(INDENT.length + Math.max(...labels.map(textWidth)) + 2)
  const lineOf = ({
    label,
    value,
    text,
    tone,
  }: Pick<Headline, 'label' | 'value' | 'text' | 'tone'>): string[] =>
    wrapText(text, prose - indent.length).map((line, index) => {
      if (index > 0) return indent + line
      const marked = line.startsWith(value)
        ? ansi.bold(ansi.tone[tone](value)) + line.slice(value.length)
        : line
      return INDENT + ansi.dim(padEnd(label, indent.length - INDENT.length)) + marked
    })
  return rows.flatMap(row => [
    ...lineOf(row),
    ...row.lines.flatMap(line => lineOf({ ...line, text: line.value, tone: row.tone })),
    ...(row.note === '' ? [] : paragraph({ text: row.note, indent, paint: ansi.dim }, layout)),
  ])
}

function trustLines(trust: ReportView['trust'], layout: Layout): readonly string[] {
  const { ansi } = layout
  const said = [
    ...trust.furtherReasons.map(text =>
      paragraph({ text, lead: '! ', paint: ansi.tone.unsure, paintLead: ansi.tone.unsure }, layout),
    ),
    ...trust.notes.map(text => paragraph({ text, lead: 'note: ', paintLead: ansi.dim }, layout)),
  ].flat()
  const claim = trust.ok
    ? []
    : paragraph({ text: trust.text, indent: INDENT, paint: ansi.tone.unsure }, layout)
  return claim.length + said.length === 0 ? [] : ['', ...claim, ...said]
}

function limits({ limits }: ReportView, layout: Layout): readonly string[] {
  const { ansi } = layout
  return [
    ...paragraph({ text: limits.text, paint: ansi.tone[limits.tone] }, layout),
    ...[limits.because, limits.saturation ?? '']
      .filter(text => text !== '')
      .flatMap(text => paragraph({ text }, layout)),
    ...limits.causes.flatMap(({ name, certainty, claim, evidence }) => [
      INDENT + ansi.bold(name) + (certainty === '' ? '' : ansi.dim(` · ${certainty}`)),
      ...paragraph({ text: claim, indent: INDENT + INDENT }, layout),
      ...evidence.flatMap(text => paragraph({ text, lead: '- ', indent: INDENT + INDENT }, layout)),
    ]),
  ]
}

function promises(view: ReportView, layout: Layout): readonly string[] {
  const { ansi } = layout
  const width = Math.max(0, ...view.promises.map(({ held }) => textWidth(held.text))) + 2
  return view.promises.flatMap(({ text, held, measured, because }) => [
    ...paragraph(
      { text, lead: padEnd(held.text, width), paint: ansi.bold, paintLead: ansi.tone[held.tone] },
      layout,
    ),
    ...paragraph({ text: `${measured}. ${because}`, lead: ' '.repeat(width) }, layout),
  ])
}

function sizing({ sizing }: ReportView, layout: Layout): readonly string[] {
  return [
    ...facts(sizing.facts, layout),
    ...(sizing.because === '' ? [] : paragraph({ text: sizing.because }, layout)),
    ...(sizing.options.rows.length === 0
      ? []
      : ['', ...renderTable(sizing.options, layout), ...facts(sizing.against, layout), '']),
    ...sizing.formulas.flatMap(text => paragraph({ text, paint: layout.ansi.dim }, layout)),
  ]
}

function generator({ generator }: ReportView, layout: Layout): readonly string[] {
  const { ansi } = layout
  return [
    ...paragraph({ text: generator.text, paint: ansi.tone[generator.tone] }, layout),
    ...facts(generator.tone === 'good' ? generator.noted : generator.facts, layout),
  ]
}
