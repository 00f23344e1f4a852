import { renderHtml } from '../report/html/render-html.ts'
import type { Report } from '../report/report.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { Files } from './effects.ts'

/** The report as one self-contained page, the chart library inside it. */
export async function renderPage(report: Report, files: Files): Promise<string> {
  const { script, style } = files.chartLibrary()
  const [chartScript, chartStyle] = await Promise.all([files.readText(script), files.readText(style)])
  return renderHtml(viewReport(report), { chartScript, chartStyle })
}
