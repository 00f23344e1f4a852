import {
  SIGN,
  bold,
  bullets,
  facts,
  folded,
  inline,
  prose,
  section,
  steps,
  viewTable,
} from '../markdown/blocks.ts'
import { fitBlocks } from '../markdown/fit-blocks.ts'
import type { Block } from '../markdown/fit-blocks.ts'
import type { Fact } from '../view.ts'
import { sentence } from '../view/sentence.ts'
import type { ComparisonView } from './comparison-view.ts'

/** The comparison as GitHub-flavoured Markdown for a comment on a pull request: the verdict and the figures open, the rest folded. */
export function renderComparisonMarkdown(view: ComparisonView): string {
  const { verdict, title, about, metrics, routes, next } = view
  return fitBlocks([
    `## ${SIGN[verdict.tone]}${inline(sentence(verdict.word).slice(0, -1))}: ${inline(title)}`,
    bold(inline(verdict.because)),
    ...prose(sentence(about)),
    ...viewTable(metrics),
    ...headed('Not the same in all runs (--force)', view.differences),
    ...section('What to do next', steps(next)),
    ...folded(`Requests (${routes.rows.length})`, viewTable(routes)),
    ...folded('Why, and what was left out', [
      ...bullets(view.reasons.map(({ text }) => text)),
      ...bullets(view.notes),
      ...headed('Left out', view.leftOut),
      ...headed('Not compared', view.missing),
      ...headed('How it was compared', view.facts),
    ]),
  ])
}

const headed = (heading: string, rows: readonly Fact[]): readonly Block[] =>
  rows.length === 0 ? [] : [bold(inline(heading)), ...facts(rows)]
