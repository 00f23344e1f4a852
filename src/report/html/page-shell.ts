import { embedJson } from './embed-json.ts'
import { inlineElement } from './inline-element.ts'
import { html, trusted } from './markup.ts'
import type { Markup } from './markup.ts'

/** What a page needs from outside: reading files and making digests is the caller's business. */
export interface PageAssets {
  /** uPlot's script and style as shipped in its package. */
  readonly chartScript: string
  readonly chartStyle: string
  /** SHA-256 of a text in UTF-8, in base64. */
  readonly sha256: (text: string) => string
}

export interface PageShell {
  readonly title: string
  /** Of the page's own; the chart library's stand before them. */
  readonly style: string
  readonly script: string
  readonly header: Markup
  readonly main: readonly Markup[]
  /** What everything on the page is computed from. */
  readonly source: string
  /** What the script draws. */
  readonly figures: unknown
}

/** One page that needs no network, around what it shows. */
export function pageShell(shell: PageShell, { chartScript, chartStyle, sha256 }: PageAssets): string {
  const style = inlineElement('style', chartStyle + shell.style, sha256)
  const library = inlineElement('script', chartScript, sha256)
  const own = inlineElement('script', shell.script, sha256)
  const policy = [
    // Nothing is fetched from anywhere, and nothing runs but the two scripts that stand here.
    "default-src 'none'",
    `style-src ${style.source}`,
    `script-src ${library.source} ${own.source}`,
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
        <title>${shell.title}</title>
        ${style.element}
      </head>
      <body>
        <a class="skip" href="#result">Skip to the result</a>
        <header>${shell.header}</header>
        <main id="result" tabindex="-1">${shell.main}</main>
        <footer>
          Everything on this page is computed from ${shell.source}; nothing is loaded from the network.
        </footer>
        <script type="application/json" id="figures">
          ${trusted(embedJson(shell.figures))}
        </script>
        ${library.element} ${own.element}
      </body>
    </html> `.markup
}
