import type { PageView } from '../page-view.ts'
import type { ReportView } from '../view.ts'
import { embedJson } from './embed-json.ts'
import { inlineElement } from './inline-element.ts'
import { html, trusted } from './markup.ts'
import type { Markup } from './markup.ts'
import { card } from './page-parts.ts'
import { chartsOf, pageRows } from './page-rows.ts'
import { pageScript } from './page-script.ts'
import { contents, layOut, sectionsOf } from './page-section.ts'
import { pageStyle } from './page-style.ts'

/** What the page needs from outside: reading files and making digests is the caller's business. */
export interface PageAssets {
  /** uPlot's script and style as shipped in its package. */
  readonly chartScript: string
  readonly chartStyle: string
  /** SHA-256 of a text in UTF-8, in base64. */
  readonly sha256: (text: string) => string
}

/** One page that needs no network: the report with its charts, for light and dark screens, phones and paper. */
export function renderHtml(page: PageView, { chartScript, chartStyle, sha256 }: PageAssets): string {
  const { report } = page
  const style = inlineElement('style', chartStyle + pageStyle, sha256)
  const library = inlineElement('script', chartScript, sha256)
  const own = inlineElement('script', pageScript, sha256)
  const policy = [
    // Nothing is fetched from anywhere, and nothing runs but the two scripts that stand here.
    "default-src 'none'",
    `style-src ${style.source}`,
    `script-src ${library.source} ${own.source}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const rows = pageRows(page)
  const text = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${report.verdict.word}: ${report.title}</title>
        ${style.element}
      </head>
      <body>
        <a class="skip" href="#result">Skip to the result</a>
        <header><strong>${report.title}</strong> ${report.target} · ${report.about}</header>
        <main id="result" tabindex="-1">
          ${verdict(report)}
          <div class="cards">${page.headlines.map(card)}</div>
          ${contents(rows.flatMap(sectionsOf))} ${rows.map(layOut)}
        </main>
        <footer>
          Everything on this page is computed from the report's JSON; nothing is loaded from the network.
        </footer>
        <script type="application/json" id="figures">
          ${trusted(embedJson(chartsOf(page).map(({ chart }) => chart)))}
        </script>
        ${library.element} ${own.element}
      </body>
    </html> `
  return text.markup
}

function verdict({ verdict, ending, title }: ReportView): Markup {
  const early = ending === null ? html`` : html`<p class="ending">${ending}</p>`
  return html`<section class="verdict ${verdict.tone}">
    <h1>${verdict.word}<span class="unseen">: ${title}</span></h1>
    <p>${verdict.because}</p>
    ${early}
  </section>`
}
