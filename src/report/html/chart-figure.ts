import type { PageChart } from '../page-view.ts'
import type { HeatMap } from '../view.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { table } from './page-table.ts'

/** @param index the chart's place among the embedded figures: the page's script finds it by that */
export function chartFigure({ chart, description, table: figures }: PageChart, index: number): Markup {
  const { title, note, heat } = chart
  return html`<figure>
    <figcaption>
      <h3>${title}</h3>
      <p>${note}</p>
    </figcaption>
    <div class="plot" id="chart-${index}" role="img" tabindex="0" aria-label="${title}. ${description}"></div>
    <div class="keys" id="keys-${index}" role="group" aria-label="Lines of: ${title}"></div>
    ${heat === undefined ? html`` : shades(heat)}
    <details>
      <summary>
        ${figures === null ? 'In words' : 'In words and figures'}<span class="unseen">: ${title}</span>
      </summary>
      <p>${description}</p>
      ${figures === null ? html`` : table(figures, title)}
    </details>
  </figure>`
}

/** How charts are read. @param merged says that points stand for several windows; null where each stands for one */
export const chartHints = (merged: string | null): Markup =>
  html`<noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
    <p class="hint">
      Point at a chart, or reach it with Tab and press ← and →, to read its values. Drag across it to enlarge
      a stretch; double-click or Escape shows the whole. The names below it show and hide its lines.
    </p>
    ${merged === null ? html`` : html`<p class="hint">${merged}</p>`}`

const shades = ({ legend }: HeatMap): Markup =>
  html`<ul class="shades" aria-label="What the shades mean: share of the requests of that moment">
    ${legend.map((text, index) => html`<li><span class="swatch shade-${index + 1}"></span>${text}</li>`)}
  </ul>`
