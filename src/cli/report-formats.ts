import { routeTable, stageTable, windowTable } from '../report/csv/data-tables.ts'
import { renderHgrm } from '../report/hgrm/render-hgrm.ts'
import { renderHlog } from '../report/hlog/render-hlog.ts'
import { renderPrometheus } from '../report/prometheus/render-prometheus.ts'
import { junitSuite } from '../report/junit/junit-suite.ts'
import { renderK6 } from '../report/k6/render-k6.ts'
import { renderMarkdown } from '../report/markdown/render-markdown.ts'
import { renderJson, renderSummary } from '../report/render-json.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { Files } from './effects.ts'
import { renderCsv } from './render-csv.ts'
import { renderPage } from './render-page.ts'

export interface Layout {
  readonly columns: number
  readonly colour: boolean
}

/** A report as text. A renderer lays out what the view says and decides nothing. */
export type ReportFormat = (report: Report, layout: Layout, files: Files) => string | Promise<string>

/** `--format` offers exactly these names. */
export const REPORT_FORMATS: Readonly<Record<string, ReportFormat>> & { readonly terminal: ReportFormat } = {
  terminal: (report, layout) => renderTerminal(viewReport(report), layout),
  html: (report, _layout, files) => renderPage(report, files),
  json: renderJson,
  summary: renderSummary,
  csv: report => renderCsv(windowTable(report)),
  'csv-stages': report => renderCsv(stageTable(report)),
  'csv-routes': report => renderCsv(routeTable(report)),
  hlog: renderHlog,
  hgrm: renderHgrm,
  prometheus: renderPrometheus,
  markdown: report => renderMarkdown(viewReport(report)),
  junit: async report => {
    // Its library takes longer to load than the rest of plimsoll together.
    const { renderJunit } = await import('../report/junit/render-junit.ts')
    return renderJunit(junitSuite(report))
  },
  k6: renderK6,
}
