import { chartStyle } from '../../report/html/style/chart-style.ts'
import { pageColours } from '../../report/html/style/page-colours.ts'
import { pageLayout } from '../../report/html/style/page-layout.ts'
import { printStyle } from '../../report/html/style/print-style.ts'

/** What only a history has; its charts read the colours by name. */
const trend = `
:root { --dot: #1f5fbf; --level: #7a3fb5; --band: rgba(31, 95, 191, .16); }
@media screen and (prefers-color-scheme: dark) {
  :root:not(.paper) { --dot: #7fb2ff; --level: #c09bf5; --band: rgba(127, 178, 255, .2); }
}
header h1 { color: var(--ink); font-size: 24px; }
header p { margin-top: 4px; }
.about { color: var(--soft); font-size: 13px; }
.changes { margin: 8px 0; }
.changes .good, .changes .bad { font-weight: 600; }
.next { margin-top: 8px; }
.at { color: var(--soft); min-height: 1.5em; font-size: 13px; padding-left: 16px; font-variant-numeric: tabular-nums; }
.runs { margin-top: 12px; }
.runs table { font-size: 13px; }
.runs th, .runs td { padding: 4px 12px 4px 0; white-space: nowrap; }
@media print { .at { display: none; } .plot { min-height: 0; } .runs th, .runs td { padding: 2px 5px 2px 0; font-size: 8px; white-space: normal; } }
`

/** The style of a report's page, and what only a history has. */
export const pageStyle: string = pageColours + pageLayout + chartStyle + printStyle + trend
