import { embedJson } from '../../html/embed-json.ts'
import { html, trusted } from '../../html/markup.ts'
import type { Markup } from '../../html/markup.ts'
import type { Fact, Statement, TableView } from '../../view.ts'
import type { ComparisonChart, ComparisonView } from '../comparison-view.ts'
import { comparisonScript } from './comparison-script.ts'
import { comparisonStyle } from './comparison-style.ts'

/** What the page needs from outside: reading files and making digests is the caller's business. */
export interface ComparisonAssets {
  /** uPlot's script and style as shipped in its package. */
  readonly chartScript: string
  readonly chartStyle: string
  /** SHA-256 of a text in UTF-8, in base64. */
  readonly sha256: (text: string) => string
}

/** One page that needs no network: the verdict, the figures, both sides' curves over one another. For light and dark screens, phones and paper. */
export function renderComparisonHtml(
  view: ComparisonView,
  { chartScript, chartStyle, sha256 }: ComparisonAssets,
): string {
  const style = chartStyle + comparisonStyle
  const source = (text: string): string => `'sha256-${sha256(text)}'`
  const policy = [
    // Nothing is fetched from anywhere, and nothing runs but the two scripts that stand here.
    "default-src 'none'",
    `style-src ${source(style)}`,
    `script-src ${source(chartScript)} ${source(comparisonScript)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${view.verdict.word}: ${view.title}</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#result">Skip to the result</a>
        <header><strong>${view.title}</strong> ${view.about}</header>
        <main id="result" tabindex="-1">${body(view)}</main>
        <footer>
          Everything on this page is computed from the reports that it names; nothing is loaded from the
          network.
        </footer>
        <script type="application/json" id="figures">
          ${trusted(embedJson(view.charts))}
        </script>
        ${trusted(`<script>${chartScript}</script><script>${comparisonScript}</script>`)}
      </body>
    </html> `.markup
}

function body(view: ComparisonView): readonly Markup[] {
  const { charts, reasons, routes, next } = view
  return [
    verdict(view),
    section('Figures', table(view.metrics, 'Figures')),
    ...(charts.length === 0
      ? []
      : [
          html`<noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
            <div class="pair">${charts.map(figure)}</div>`,
        ]),
    ...(routes.rows.length === 0 ? [] : [section('Requests', table(routes, 'Requests'))]),
    ...(reasons.length === 0 ? [] : [section('Why', list(reasons.map(({ text }) => text)))]),
    ...factSection('Not the same in all runs (--force)', view.differences),
    ...(view.notes.length === 0 ? [] : [section('To keep in mind', list(view.notes))]),
    ...factSection('Left out', view.leftOut),
    ...factSection('Not compared', view.missing),
    ...factSection('How it was compared', view.facts),
    section('Runs', table(view.runs, 'Runs')),
    ...(next === null ? [] : [section('What to do next', html`<p>${next}</p>`)]),
  ]
}

function verdict({ verdict, headline }: ComparisonView): Markup {
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
    <h1>${verdict.word}</h1>
    <p>${verdict.because}</p>
    ${figures}
  </section>`
}

const section = (heading: string, content: Markup): Markup =>
  html`<section>
    <h2>${heading}</h2>
    ${content}
  </section>`

const factSection = (heading: string, facts: readonly Fact[]): readonly Markup[] =>
  facts.length === 0
    ? []
    : [
        section(
          heading,
          html`<dl class="facts">
            ${facts.map(
              ({ label, value }) =>
                html`<dt>${label}</dt>
                  <dd>${value}</dd>`,
            )}
          </dl>`,
        ),
      ]

const list = (texts: readonly string[]): Markup =>
  html`<ul>
    ${texts.map(text => html`<li>${text}</li>`)}
  </ul>`

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
      <ul class="key">
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

/** A table that scrolls by itself where it is wide, by keyboard too. Its first column names the rows. */
function table({ columns, rows, legend }: TableView, caption: string): Markup {
  const head = columns.map(({ label, align }) => html`<th scope="col" class="${align}">${label}</th>`)
  const cell = ({ text, tone }: Statement, index: number): Markup => {
    const { align } = columns[index]!
    return index === 0
      ? html`<th scope="row" class="${align} ${tone}">${text}</th>`
      : html`<td class="${align} ${tone}">${text}</td>`
  }
  const lines = rows.map(
    row =>
      html`<tr>
        ${row.map(cell)}
      </tr>`,
  )
  return html`<div class="scroll" role="region" aria-label="${caption}, table" tabindex="0">
      <table>
        <caption class="unseen">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${lines}
        </tbody>
      </table>
    </div>
    ${legend === null ? html`` : html`<p class="legend">${legend}</p>`}`
}
