import { renderHtml } from '../report/html/render-html.ts'
import type { Report } from '../report/report.ts'
import { viewPage } from '../report/view/page/view-page.ts'
import type { Files } from './effects.ts'
import { pageAssets } from './page-assets.ts'

/** The report as one self-contained page, the chart library inside it. */
export const renderPage = async (report: Report, files: Files): Promise<string> =>
  renderHtml(viewPage(report), await pageAssets(files))
