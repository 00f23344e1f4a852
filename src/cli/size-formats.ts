import { renderSizeHtml } from '../report/size/html/render-size-html.ts'
import { renderSizeJson } from '../report/size/render-size-json.ts'
import { renderSizeMarkdown } from '../report/size/render-size-markdown.ts'
import { renderSizeTerminal } from '../report/size/render-size-terminal.ts'
import { viewSize } from '../report/size/view-size.ts'
import type { SizingAnswer } from '../sizing/sizing-answer.ts'
import type { Files } from './effects.ts'
import { pageAssets } from './page-assets.ts'
import type { Layout } from './report-formats.ts'

/** A sizing answer as text. */
export type SizeFormat = (answer: SizingAnswer, layout: Layout, files: Files) => string | Promise<string>

/** `--format` offers exactly these names. */
export const SIZE_FORMATS: Readonly<Record<'terminal' | 'html' | 'markdown' | 'json', SizeFormat>> = {
  terminal: (answer, layout) => renderSizeTerminal(viewSize(answer), layout),
  html: async (answer, _layout, files) => renderSizeHtml(viewSize(answer), await pageAssets(files)),
  markdown: answer => renderSizeMarkdown(viewSize(answer)),
  json: renderSizeJson,
}
