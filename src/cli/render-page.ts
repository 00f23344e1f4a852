import { createHash } from 'node:crypto'
import { renderHtml } from '../report/html/render-html.ts'
import type { Report } from '../report/report.ts'
import { viewPage } from '../report/view/page/view-page.ts'
import type { Files } from './effects.ts'

/** The report as one self-contained page, the chart library inside it. */
export async function renderPage(report: Report, files: Files): Promise<string> {
  const { script, style } = files.chartLibrary()
  const [chartScript, chartStyle] = await Promise.all([files.readText(script), files.readText(style)])
  return renderHtml(viewPage(report), { chartScript, chartStyle, sha256 })
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
