import { chartStyle } from '../../html/style/chart-style.ts'
import { pageColours } from '../../html/style/page-colours.ts'
import { pageLayout } from '../../html/style/page-layout.ts'
import { printStyle } from '../../html/style/print-style.ts'

/** The two sides; the charts read the colours by name. */
const sides = `
:root { --base: #1f5fbf; --candidate: #b8540b; }
@media screen and (prefers-color-scheme: dark) { :root:not(.paper) { --base: #7fb2ff; --candidate: #f5a552; } }
.verdict .figures { display: flex; flex-wrap: wrap; gap: 4px 36px; margin-top: 10px; }
.figures dt { font-size: 13px; }
.figures dd { font-size: 24px; font-weight: 650; margin: 0; }
.sides { display: flex; gap: 18px; list-style: none; padding: 0 0 0 16px; margin-top: 4px; font-size: 13px; }
.sides li { margin: 0; }
.sides span { display: inline-block; width: 22px; height: 0; border-top: 3px solid; margin-right: 6px; vertical-align: middle; }
.sides .base { border-color: var(--base); } .sides .candidate { border-color: var(--candidate); border-top-style: dashed; }
.at { color: var(--soft); font-size: 13px; min-height: 1.5em; padding-left: 16px; font-variant-numeric: tabular-nums; }
@media screen and (min-width: 701px) { td.left, tbody th.left { min-width: 9.5em; } table { font-size: 14px; } }
`

/** Eleven columns on a sheet of paper. */
const onPaper = `
@media print {
  .at { display: none; }
  .plot { min-height: 0; }
  th, td { padding-right: 5px; font-size: 8.5px; }
  td.left, tbody th.left { min-width: 6.5em; overflow-wrap: break-word; }
}
`

/** The style of a report's page, and what only a comparison has. */
export const comparisonStyle: string = pageColours + pageLayout + chartStyle + sides + printStyle + onPaper
