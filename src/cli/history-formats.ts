import { runRows } from '../history/csv/run-rows.ts'
import type { History } from '../history/history.ts'
import { renderPage } from '../history/html/render-page.ts'
import { renderMarkdown } from '../history/markdown/render-markdown.ts'
import { renderJson } from '../history/render-json.ts'
import { renderHistory } from '../history/terminal/render-history.ts'
import { viewHistory } from '../history/view/view-history.ts'
import type { Files } from './effects.ts'
import { pageAssets } from './page-assets.ts'
import { renderCsv } from './render-csv.ts'

export interface HistoryLayout {
  readonly columns: number
  readonly colour: boolean
  /** Runs of each group to show, the newest; undefined where nobody said. */
  readonly last: number | undefined
}

/** A history as text. */
export type HistoryFormat = (
  history: History,
  layout: HistoryLayout,
  files: Files,
) => string | Promise<string>

type HistoryFormatName = 'terminal' | 'html' | 'markdown' | 'json' | 'csv'

/** `--format` offers exactly these names. */
export const HISTORY_FORMATS: Readonly<Record<HistoryFormatName, HistoryFormat>> = {
  terminal: (history, layout) => renderHistory(viewHistory(history, layout.last), layout),
  html: async (history, { last }, files) =>
    renderPage(viewHistory(history, last, Infinity), await pageAssets(files)),
  markdown: (history, { last }) => renderMarkdown(viewHistory(history, last)),
  json: (history, { last }) => renderJson(history, last),
  csv: (history, { last }) => renderCsv(runRows(history, last)),
}
