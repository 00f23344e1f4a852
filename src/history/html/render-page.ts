import { html } from '../../report/html/markup.ts'
import type { Markup } from '../../report/html/markup.ts'
import { steps } from '../../report/html/page-parts.ts'
import { pageShell } from '../../report/html/page-shell.ts'
import type { PageAssets } from '../../report/html/page-shell.ts'
import { table } from '../../report/html/page-table.ts'
import type { TableView } from '../../report/view.ts'
import type { GroupView, HistoryView, TrendChart } from '../view.ts'
import { pageScript } from './page-script.ts'
import { pageStyle } from './page-style.ts'

/** One page that needs no network: a chart of the knee for each group, what it says in words, and every run. */
export const renderPage = (view: HistoryView, assets: PageAssets): string =>
  pageShell(
    {
      title: view.title,
      style: pageStyle,
      script: pageScript,
      header: html`<h1>${view.title}</h1>
        <p>${view.summary}</p>
        ${view.setAside === null ? html`` : html`<p class="unsure">${view.setAside}</p>`}`,
      main: view.groups.map(groupSection),
      source: 'the reports',
      figures: view.groups.map(({ chart }) => chart),
    },
    assets,
  )

function groupSection({ heading, ...group }: GroupView, index: number): Markup {
  const { about, changes, outlook, next, chart, table: runs } = group
  const isDrawn = chart.points.some(({ rps }) => rps !== null)
  return html`<section aria-labelledby="group-${index}">
    <h2 id="group-${index}">${heading}</h2>
    ${about.map(text => html`<p class="about">${text}</p>`)}
    <ul class="changes">
      ${changes.map(({ text, tone }) => html`<li class="${tone}">${text}</li>`)}
    </ul>
    <p>${outlook}</p>
    ${
      next.length === 0
        ? html``
        : html`<p class="next">What to do next:</p>
            ${steps(next)}`
    }
    ${isDrawn ? chartFigure(chart, index) : html`<p class="soft">${chart.empty}</p>`}
    ${runsTable(runs, heading)}
  </section>`
}

/** @param index the chart's place among the embedded figures: the page's script finds it by that */
const chartFigure = ({ description, note }: TrendChart, index: number): Markup =>
  html`<figure>
    <div class="plot" id="chart-${index}" role="img" tabindex="0" aria-label="${description}"></div>
    <p class="at" id="at-${index}" aria-live="polite"></p>
    <figcaption>
      <p>
        ${note} Dots: the runs, with the band of their intervals; hollow ones with an arrow are bounds, the
        knee lies beyond them. Thick line: the mean of a level. Dashed line: a change. Arrow keys go from run
        to run.
      </p>
    </figcaption>
  </figure>`

/** More rows than this would keep the next group out of sight. */
const MOST_OPEN = 12

function runsTable(runs: TableView, heading: string): Markup {
  const isOpen = runs.rows.length <= MOST_OPEN
  const caption = `Runs of ${heading}`
  return isOpen
    ? html`<div class="runs">${table(runs, caption)}</div>`
    : html`<details class="runs">
        <summary>The ${runs.rows.length} runs, one by one<span class="unseen">: ${heading}</span></summary>
        ${table(runs, caption)}
      </details>`
}
