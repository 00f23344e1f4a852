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

const shades = ({ legend }: HeatMap): Markup =>
  html`<ul class="shades" aria-label="What the shades mean: share of the requests of that moment">
    ${legend.map((text, index) => html`<li><span class="swatch shade-${index + 1}"></span>${text}</li>`)}
  </ul>`
