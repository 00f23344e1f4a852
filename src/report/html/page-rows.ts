import type { PageChart, PageView } from '../page-view.ts'
import type { ReportView } from '../view.ts'
import { chartFigure, chartHints } from './chart-figure.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { cause, facts, list, paragraphs, sample, statement, steps } from './page-parts.ts'
import { foldedSection, section } from './page-section.ts'
import type { Row, Section } from './page-section.ts'
import { promiseTable, table } from './page-table.ts'

/** All charts in the order in which the page numbers them. */
export const chartsOf = ({
  searchPath,
  againstLoad,
  overTime,
  spread,
  originLoad,
}: PageView): readonly PageChart[] => [...searchPath, ...againstLoad, ...overTime, ...spread, ...originLoad]

/** The page below the three numbers, row by row. */
export function pageRows(page: PageView): readonly Row[] {
  const { report } = page
  return [
    row(doubts(report)),
    row([limits(report)], [section('next', 'What to do next', steps(report.next))]),
    row(promises(report)),
    row(search(page)),
    { kind: 'axes', columns: charts(page) },
    row(spread(page)),
    row([section('requests', 'Requests', table(report.routes, 'Requests'))]),
    row([stages(report)]),
    row(phases(report)),
    row(sizing(page)),
    row([recovery(report)], [generator(report)]),
    row(samples(report)),
    row(background(page)),
  ]
}

const row = (...columns: readonly (readonly Section[])[]): Row => ({ kind: 'pair', columns })

function doubts({ trust }: ReportView): readonly Section[] {
  if (trust.ok && trust.notes.length === 0) return []
  if (trust.ok) return [section('doubts', 'Keep in mind', list(trust.notes))]
  return [section('doubts', trust.text, list([...trust.reasons, ...trust.notes]), 'doubt')]
}

const limits = ({ limits }: ReportView): Section =>
  section(
    'limits',
    'What limits',
    html`${statement(limits)}${paragraphs([limits.because, limits.saturation ?? ''])}${limits.causes.map(cause)}`,
  )

const promises = ({ promises }: ReportView): readonly Section[] =>
  promises.length === 0 ? [] : [section('promises', 'Promises', promiseTable(promises))]

function charts(page: PageView): Row['columns'] {
  const { againstLoad, overTime } = page
  if (againstLoad.length + overTime.length === 0)
    return [[section('charts', 'Charts', html`<p class="soft">No charts: nothing was measured.</p>`)]]
  return [
    againstLoad.length === 0 ? [] : [section('load', 'Against the load', figures(page, againstLoad))],
    overTime.length === 0 ? [] : [section('time', 'Over time', figures(page, overTime))],
  ]
}

const spread = (page: PageView): readonly Section[] =>
  page.spread.length === 0
    ? []
    : [section('spread', 'How response times spread', html`${figures(page, page.spread)}`)]

/** How charts are read stands before the first of the page. */
function figures(page: PageView, own: readonly PageChart[]): Markup {
  const all = chartsOf(page)
  const drawn = html`${own.map(chart => chartFigure(chart, all.indexOf(chart)))}`
  return own[0] === all[0] ? html`${chartHints(page.merged)}${drawn}` : drawn
}

function search(page: PageView): readonly Section[] {
  const { search } = page.report
  if (search === null) return []
  const noticed =
    search.flags.length === 0
      ? html``
      : html`<h3>What was noticed</h3>
          ${facts(search.flags)}`
  return [
    section(
      'search',
      'How the knee was found',
      html`${figures(page, page.searchPath)}
        <p>${search.text}</p>
        ${facts(search.facts)} ${noticed}
        <h3>Steps</h3>
        ${table(search.steps, 'Steps of the search')}`,
    ),
  ]
}

/** A search has a stage for each of its steps; the table of the steps comes first there. */
const stages = ({ stages, search }: ReportView): Section =>
  search === null
    ? section('stages', 'Stages', table(stages, 'Stages'))
    : foldedSection('stages', 'Figures of each step', table(stages, 'Figures of each step'))

const phases = ({ phases }: ReportView): readonly Section[] =>
  phases.length === 0 ? [] : [section('phases', 'Where the time goes', facts(phases))]

function sizing(page: PageView): readonly Section[] {
  const { facts: known, because, options, against, formulas } = page.report.sizing
  const formulaLines = formulas.map(text => html`<pre>${text}</pre>`)
  const rest = html`${facts(known)}${paragraphs([because])}`
  if (options.rows.length === 0) return [section('sizing', 'Sizing', html`${rest}${formulaLines}`)]
  return [
    section(
      'sizing',
      'Sizing',
      html`${rest}
        <h3>Options</h3>
        ${table(options, 'Options')}${facts(against)}
        <div class="beside">
          <div>${figures(page, page.originLoad)}</div>
          <div>${formulaLines}</div>
        </div>`,
    ),
  ]
}

const recovery = ({ recovery }: ReportView): Section => section('recovery', 'Recovery', statement(recovery))

const generator = ({ generator }: ReportView): Section =>
  section('generator', 'Load generator', html`${statement(generator)}${facts(generator.facts)}`)

const samples = ({ samples }: ReportView): readonly Section[] =>
  samples.length === 0 ? [] : [foldedSection('samples', 'Answers as they came', html`${samples.map(sample)}`)]

const background = ({ report, formulas }: PageView): readonly Section[] => [
  foldedSection('words', 'What the words mean', facts(report.definitions)),
  ...(formulas.length === 0 ? [] : [foldedSection('formulas', 'Formulas', facts(formulas))]),
  foldedSection('run', 'This run', facts(report.run)),
]
