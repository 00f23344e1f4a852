import type { Chart, ReportView, Step } from '../view.ts'
import { embedJson } from './embed-json.ts'
import { html, trusted } from './markup.ts'
import type { Markup } from './markup.ts'
import { card, cause, facts, list, paragraphs, promiseTable, sample, statement, table } from './page-parts.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

/** uPlot's script and style as shipped in its package: reading files is the caller's business. */
export interface PageAssets {
  readonly chartScript: string
  readonly chartStyle: string
}

/** Nothing may be fetched from anywhere; what the page needs stands in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

/** One page that needs no network: the report with its charts, for light and dark screens, phones and paper. */
export function renderHtml(view: ReportView, { chartScript, chartStyle }: PageAssets): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${view.verdict.word}: ${view.title}</title>
        <style>
          ${trusted(chartStyle)}${trusted(pageStyle)}
        </style>
      </head>
      <body>
        <header><strong>${view.title}</strong> ${view.target} · ${view.about}</header>
        <main>
          ${verdict(view)}
          <div class="cards">${view.headlines.map(card)}</div>
          ${doubts(view)}
          <div class="pair">${limits(view)}${next(view.next)}</div>
          ${view.promises.length === 0 ? html`` : section('Promises', promiseTable(view.promises))}
          ${search(view)} ${section('Charts', chartFigures(view.charts))}
          ${view.search === null ? section('Stages', table(view.stages)) : folded('Figures of each step', table(view.stages))}
          ${section('Requests', table(view.routes))}
          ${view.phases.length === 0 ? html`` : section('Where the time goes', facts(view.phases))}
          <div class="pair">
            ${sizing(view)}
            <div>${section('Recovery', statement(view.recovery))}${generator(view)}</div>
          </div>
          ${view.samples.length === 0 ? html`` : folded('Answers and failures as they came', html`${view.samples.map(sample)}`)}
          ${folded('What the words mean', facts(view.definitions))} ${folded('This run', facts(view.run))}
        </main>
        <footer>
          Everything on this page is computed from the report's JSON; nothing is loaded from the network.
        </footer>
        <script type="application/json" id="figures">
          ${trusted(embedJson(view.search === null ? view.charts : [...view.charts, view.search.chart]))}
        </script>
        <script>
          ${trusted(chartScript)}
        </script>
        <script>
          ${trusted(pageScript)}
        </script>
      </body>
    </html> `
  return page.markup
}

const section = (heading: string, content: Markup): Markup =>
  html`<section>
    <h2>${heading}</h2>
    ${content}
  </section>`

const folded = (heading: string, content: Markup): Markup =>
  html`<section>
    <details>
      <summary><h2>${heading}</h2></summary>
      ${content}
    </details>
  </section>`

function verdict({ verdict, ending }: ReportView): Markup {
  const early = ending === null ? html`` : html`<p class="ending">${ending}</p>`
  return html`<section class="verdict ${verdict.tone}">
    <h1>${verdict.word}</h1>
    <p>${verdict.because}</p>
    ${early}
  </section>`
}

function doubts({ trust }: ReportView): Markup {
  if (trust.ok && trust.notes.length === 0) return html``
  if (trust.ok) return section('Keep in mind', list(trust.notes))
  return html`<section class="doubt">
    <h2>${trust.text}</h2>
    ${list([...trust.reasons, ...trust.notes])}
  </section>`
}

const limits = ({ limits }: ReportView): Markup =>
  section(
    'What limits',
    html`${statement(limits)}${paragraphs([limits.because, limits.saturation ?? ''])}${limits.causes.map(cause)}`,
  )

function next(steps: readonly Step[]): Markup {
  const items = steps.map(({ text, command }) => {
    const typed = command === null ? html`` : html`<pre>${command.join(' ')}</pre>`
    return html`<li>${text}${typed}</li>`
  })
  return section(
    'What to do next',
    html`<ol>
      ${items}
    </ol>`,
  )
}

function chartFigures(charts: readonly Chart[]): Markup {
  if (charts.length === 0) return html`<p class="soft">No charts: nothing was measured.</p>`
  return html`<div class="charts">${charts.map(figure)}</div>
    <noscript><p>The charts need JavaScript; the tables below do not.</p></noscript>`
}

/** `index`: its place among the embedded figures. */
const figure = ({ title, note }: Chart, index: number): Markup =>
  html`<figure>
    <figcaption>${title}<span>${note}</span></figcaption>
    <div class="plot" id="chart-${index}" role="img" aria-label="${title}"></div>
  </figure>`

/** Its chart is the last of the embedded figures. */
function search({ search, charts }: ReportView): Markup {
  if (search === null) return html``
  const { text, chart, flags } = search
  const noticed =
    flags.length === 0
      ? html``
      : html`<h3>What was noticed</h3>
          ${facts(flags)}`
  return section(
    'How the knee was found',
    html`${figure(chart, charts.length)}
      <p>${text}</p>
      ${facts(search.facts)} ${noticed}
      <h3>Steps</h3>
      ${table(search.steps)}`,
  )
}

const sizing = ({ sizing }: ReportView): Markup =>
  section(
    'Sizing',
    html`${facts(sizing.facts)}${paragraphs([sizing.because])}${sizing.formulas.map(text => html`<pre>${text}</pre>`)}`,
  )

const generator = ({ generator }: ReportView): Markup =>
  section('Load generator', html`${statement(generator)}${facts(generator.facts)}`)
