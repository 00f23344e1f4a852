import { html } from '../../html/markup.ts'
import type { Markup } from '../../html/markup.ts'
import { facts, list, steps } from '../../html/page-parts.ts'
import { pageShell } from '../../html/page-shell.ts'
import type { PageAssets } from '../../html/page-shell.ts'
import { table } from '../../html/page-table.ts'
import type { Fact, TableView } from '../../view.ts'
import type { ComparisonChart, ComparisonView } from '../comparison-view.ts'
import { comparisonScript } from './comparison-script.ts'
import { comparisonStyle } from './comparison-style.ts'

/** One page that needs no network: the verdict, the figures, both sides' curves over one another. For light and dark screens, phones and paper. */
export const renderComparisonHtml = (view: ComparisonView, assets: PageAssets): string =>
  pageShell(
    {
      title: `${view.verdict.word}: ${view.title}`,
      style: comparisonStyle,
      script: comparisonScript,
      header: html`<strong>${view.title}</strong> ${view.about}`,
      main: body(view),
      source: 'the reports that it names',
      figures: view.charts,
    },
    assets,
  )

function body(view: ComparisonView): readonly Markup[] {
  const { charts, reasons, routes, next } = view
  return [
    verdict(view),
    ...(next.length === 0 ? [] : [section('What to do next', steps(next))]),
    ...factSection('Not the same in all runs (--force)', view.differences),
    ...tableSection('Figures', view.metrics),
    ...(charts.length === 0
      ? []
      : [
          html`<noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
            <div class="pair">${charts.map(figure)}</div>`,
        ]),
    ...tableSection('Requests', routes),
    ...(reasons.length === 0 ? [] : [section('Why', list(reasons.map(({ text }) => text)))]),
    ...(view.notes.length === 0 ? [] : [section('To keep in mind', list(view.notes))]),
    ...factSection('Left out', view.leftOut),
    ...factSection('Not compared', view.missing),
    ...factSection('How it was compared', view.facts),
    ...tableSection('Runs', view.runs),
  ]
}

function verdict({ verdict, headline, title }: ComparisonView): Markup {
  const figures =
    headline === null
      ? html``
      : html`<dl class="figures">
          <div>
            <dt>${headline.label}, base</dt>
            <dd>${headline.base}</dd>
          </div>
          <div>
            <dt>candidate</dt>
            <dd>${headline.candidate}</dd>
          </div>
          <div>
            <dt>change</dt>
            <dd class="${headline.tone}">${headline.change}</dd>
          </div>
        </dl>`
  return html`<section class="verdict ${verdict.tone}">
    <h1>${verdict.word}<span class="unseen">: ${title}</span></h1>
    <p>${verdict.because}</p>
    ${figures}
  </section>`
}

const section = (heading: string, content: Markup): Markup =>
  html`<section>
    <h2>${heading}</h2>
    ${content}
  </section>`

const factSection = (heading: string, rows: readonly Fact[]): readonly Markup[] =>
  rows.length === 0 ? [] : [section(heading, facts(rows))]

const tableSection = (heading: string, view: TableView): readonly Markup[] =>
  view.rows.length === 0 ? [] : [section(heading, table(view, heading))]

function figure(chart: ComparisonChart, index: number): Markup {
  const { title, note, description, table: figures } = chart
  return html`<section>
    <figure>
      <figcaption>
        <h2>${title}</h2>
        <p>${note}</p>
      </figcaption>
      <div
        class="plot"
        id="chart-${index}"
        role="img"
        tabindex="0"
        aria-label="${title}. ${description}"
      ></div>
      <ul class="sides">
        <li><span class="base"></span>base</li>
        <li><span class="candidate"></span>candidate</li>
      </ul>
      <p class="at" id="at-${index}" aria-live="polite"></p>
      <details>
        <summary>In words and figures<span class="unseen">: ${title}</span></summary>
        <p>${description}</p>
        ${table(figures, title)}
      </details>
    </figure>
  </section>`
}
