import type { Comparison } from '../compare/comparison.ts'
import { renderComparisonHtml } from '../report/compare/html/render-comparison-html.ts'
import { renderComparisonJson } from '../report/compare/render-comparison-json.ts'
import { renderComparisonMarkdown } from '../report/compare/render-comparison-markdown.ts'
import { renderComparisonTerminal } from '../report/compare/render-comparison-terminal.ts'
import { viewComparison } from '../report/compare/view-comparison.ts'
import type { Files } from './effects.ts'
import { pageAssets } from './page-assets.ts'
import type { Layout } from './report-formats.ts'

/** A comparison as text. A renderer lays out what the view says and decides nothing. */
export type ComparisonFormat = (
  comparison: Comparison,
  layout: Layout,
  files: Files,
) => string | Promise<string>

/** `--format` offers exactly these names. */
export const COMPARISON_FORMATS: Readonly<
  Record<'terminal' | 'markdown' | 'json' | 'html', ComparisonFormat>
> = {
  terminal: (comparison, layout) => renderComparisonTerminal(viewComparison(comparison), layout),
  markdown: comparison => renderComparisonMarkdown(viewComparison(comparison)),
  json: renderComparisonJson,
  html: async (comparison, _layout, files) =>
    renderComparisonHtml(viewComparison(comparison), await pageAssets(files)),
}
