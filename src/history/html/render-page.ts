import { embedJson } from '../../report/html/embed-json.ts'
import { html, trusted } from '../../report/html/markup.ts'
import type { Markup } from '../../report/html/markup.ts'
import type { TableView } from '../../report/view.ts'
import type { GroupView, HistoryView } from '../view.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

/** What the page needs from outside: reading files and making digests is the caller's business. */
export interface HistoryPageAssets {
  /** uPlot's script and style as shipped in its package. */
  readonly chartScript: string
  readonly chartStyle: string
  /** SHA-256 of a text in UTF-8, in base64. */
  readonly sha256: (text: string) => string
}

/** One page that needs no network: a chart of the knee for each group, what it says in words, and every run. */
export function renderPage(
  view: HistoryView,
  { chartScript, chartStyle, sha256 }: HistoryPageAssets,
): string {
  const style = chartStyle + pageStyle
  const source = (text: string): string => `'sha256-${sha256(text)}'`
  // Nothing is fetched from anywhere, and nothing runs but the two scripts that stand here.
  const policy = [
    "default-src 'none'",
    `style-src ${source(style)}`,
    `script-src ${source(chartScript)} ${source(pageScript)}`,
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
        <title>${view.title}</title>
        ${inline('style', style)}
      </head>
      <body>
        <main>
          <h1>${view.title}</h1>
          <p>${view.summary}</p>
          ${view.setAside === null ? html`` : html`<p class="unsure">${view.setAside}</p>`}
          ${view.groups.map(groupSection)}
        </main>
        <footer>
          Everything on this page is computed from the reports; nothing is loaded from the network.
        </footer>
        <script type="application/json" id="figures">
          ${trusted(embedJson(view.groups.map(({ chart }) => chart)))}
        </script>
        ${inline('script', chartScript)} ${inline('script', pageScript)}
      </body>
    </html> `.markup
}

/** For text of our own that stands between the tags exactly as it is: the policy goes by its digest. */
const inline = (tag: 'script' | 'style', text: string): Markup => trusted(`<${tag}>${text}</${tag}>`)

function groupSection({ heading, about, changes, outlook, chart, table }: GroupView, index: number): Markup {
  const isDrawn = chart.points.some(({ rps }) => rps !== null)
  return html`<section aria-labelledby="group-${index}">
    <h2 id="group-${index}">${heading}</h2>
    ${about.map(text => html`<p class="soft">${text}</p>`)}
    <ul class="changes">
      ${changes.map(({ text, tone }) => html`<li class="${tone}">${text}</li>`)}
    </ul>
    <p>${outlook}</p>
    ${isDrawn ? chartFigure(chart.description, index) : html`<p class="soft">${chart.empty}</p>`}
    ${runsTable(table, heading)}
  </section>`
}

/** @param index the chart's place among the embedded figures: the page's script finds it by that */
const chartFigure = (description: string, index: number): Markup =>
  html`<figure>
    <div class="plot" id="chart-${index}" role="img" tabindex="0" aria-label="${description}"></div>
    <p class="at" id="at-${index}" aria-live="polite"></p>
    <figcaption class="soft">
      Dots: the knee of each run, with the band of its interval. Hollow: a bound, the knee lies beyond it.
      Line: the level. Arrow keys go from run to run.
    </figcaption>
  </figure>`

/** Scrolls by itself where it is wide, by keyboard too. */
function runsTable({ columns, rows, legend }: TableView, heading: string): Markup {
  return html`<div class="scroll" role="region" aria-label="Runs of ${heading}" tabindex="0">
      <table>
        <caption class="unseen">
          Runs of ${heading}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ label, align }) => html`<th scope="col" class="${align}">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            row =>
              html`<tr>
                ${row.map(({ text, tone }, i) => html`<td class="${columns[i]!.align} ${tone}">${text}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${legend === null ? html`` : html`<p class="soft">${legend}</p>`}`
}
