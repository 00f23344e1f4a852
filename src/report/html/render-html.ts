import type { PageView } from '../page-view.ts'
import type { ReportView } from '../view.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { card } from './page-parts.ts'
import { chartsOf, pageRows } from './page-rows.ts'
import { pageScript } from './page-script.ts'
import { contents, layOut, sectionsOf } from './page-section.ts'
import { pageShell } from './page-shell.ts'
import type { PageAssets } from './page-shell.ts'
import { pageStyle } from './page-style.ts'

/** One page that needs no network: the report with its charts, for light and dark screens, phones and paper. */
export function renderHtml(page: PageView, assets: PageAssets): string {
  const { report } = page
  const rows = pageRows(page)
  return pageShell(
    {
      title: `${report.verdict.word}: ${report.title}`,
      style: pageStyle,
      script: pageScript,
      header: html`<strong>${report.title}</strong> ${report.target} · ${report.about}`,
      main: [
        verdict(report),
        html`<div class="cards">${page.headlines.map(card)}</div>`,
        contents(rows.flatMap(sectionsOf)),
        ...rows.map(layOut),
      ],
      source: "the report's JSON",
      figures: chartsOf(page).map(({ chart }) => chart),
    },
    assets,
  )
}

function verdict({ verdict, ending, title }: ReportView): Markup {
  const early = ending === null ? html`` : html`<p class="ending">${ending}</p>`
  return html`<section class="verdict ${verdict.tone}">
    <h1>${verdict.word}<span class="unseen">: ${title}</span></h1>
    <p>${verdict.because}</p>
    ${early}
  </section>`
}
