import { chartFigure, chartHints } from '../../html/chart-figure.ts'
import { html } from '../../html/markup.ts'
import type { Markup } from '../../html/markup.ts'
import { facts, list, paragraphs } from '../../html/page-parts.ts'
import { pageScript } from '../../html/page-script.ts'
import { contents, foldedSection, layOut, section, sectionsOf } from '../../html/page-section.ts'
import type { Row, Section } from '../../html/page-section.ts'
import { pageShell } from '../../html/page-shell.ts'
import type { PageAssets } from '../../html/page-shell.ts'
import { pageStyle } from '../../html/page-style.ts'
import { table } from '../../html/page-table.ts'
import type { Fact, TableView } from '../../view.ts'
import type { SizeView } from '../size-view.ts'
import { SIZE_WORDS } from '../size-words.ts'

/** A sizing answer as one page that needs no network: the answer, the options, what a cache has to take off, and what all of it rests on. */
export function renderSizeHtml(view: SizeView, assets: PageAssets): string {
  const { answer, about, chart } = view
  const rows = pageRows(view)
  return pageShell(
    {
      title: `${answer.word}: ${about}`,
      style: pageStyle,
      script: pageScript,
      header: html`<strong>Sizing</strong> ${about}`,
      main: [
        html`<section class="verdict ${answer.tone}">
          <h1>${answer.word}</h1>
          <p>${answer.sentence}</p>
        </section>`,
        contents(rows.flatMap(sectionsOf)),
        ...rows.map(layOut),
      ],
      source: 'the reports that it names',
      figures: chart === null ? [] : [chart.chart],
    },
    assets,
  )
}

function pageRows(view: SizeView): readonly Row[] {
  return [
    row(options(view)),
    row(simulation(view)),
    row(verification(view)),
    row(chartSection(view), [...limits(view), ...someFacts('worth', 'What it is worth', view.sensitivity)]),
    row(cdn(view)),
    row(someFacts('against', 'What keeps the cache from more', view.cdn?.problems ?? [])),
    row(sureness(view)),
    row(bullets('notes', 'To keep in mind', view.notes), someFacts('checks', 'To be sure', view.checks)),
    row(someFacts('reports', 'Reports', view.reports), someFacts('left-out', 'Not used', view.leftOut)),
    row(background(view)),
  ]
}

const row = (...columns: readonly (readonly Section[])[]): Row => ({ kind: 'pair', columns })

const options = ({ options: all, against }: SizeView): readonly Section[] =>
  someRows('options', 'Options', all, facts(against))

const simulation = ({ simulation: one }: SizeView): readonly Section[] =>
  one === null ? [] : someRows('simulation', 'The peak, simulated', one.peaks)

function verification({ verification: one }: SizeView): readonly Section[] {
  if (one === null) return []
  const heading = 'The peak, put to the proof'
  const tried = one.peaks.rows.length === 0 ? html`` : table(one.peaks, heading)
  return [section('proof', heading, html`${paragraphs([one.sentence])}${tried}`)]
}

function chartSection({ chart }: SizeView): readonly Section[] {
  if (chart === null) return []
  return [section('cache', 'What a cache has to answer', html`${chartHints(null)}${chartFigure(chart, 0)}`)]
}

function limits({ limits: rows, limitsBecause }: SizeView): readonly Section[] {
  if (rows.length === 0 && limitsBecause === null) return []
  return [section('limits', 'What to set', html`${facts(rows)}${paragraphs([limitsBecause ?? ''])}`)]
}

function cdn({ cdn: one }: SizeView): readonly Section[] {
  if (one === null) return []
  return [section('cdn', 'A cache before them', html`${facts(one.facts)}${table(one.routes, 'Requests')}`)]
}

const sureness = ({ rows }: SizeView): readonly Section[] => someRows('sure', 'How sure', rows)

const background = ({
  formulas,
  simulation: played,
  verification: proof,
  cdn: cache,
}: SizeView): readonly Section[] => [
  ...folded('words', 'What the words mean', formulas.length === 0 ? null : facts(SIZE_WORDS)),
  ...folded('formulas', 'How it was worked out', formulas.length === 0 ? null : facts(formulas)),
  ...folded(
    'played',
    'Taken for granted of the simulation',
    played === null ? null : list(played.assumptions),
  ),
  ...folded('built', 'What was built for the proof', proof === null ? null : list(proof.built)),
  ...folded('cached', 'Taken for granted of the cache', cache === null ? null : list(cache.assumptions)),
]

const folded = (id: string, heading: string, content: Markup | null): readonly Section[] =>
  content === null ? [] : [foldedSection(id, heading, content)]

const someFacts = (id: string, heading: string, rows: readonly Fact[]): readonly Section[] =>
  rows.length === 0 ? [] : [section(id, heading, facts(rows))]

const someRows = (id: string, heading: string, rows: TableView, below: Markup = html``): readonly Section[] =>
  rows.rows.length === 0 ? [] : [section(id, heading, html`${table(rows, heading)}${below}`)]

const bullets = (id: string, heading: string, texts: readonly string[]): readonly Section[] =>
  texts.length === 0 ? [] : [section(id, heading, list(texts))]
