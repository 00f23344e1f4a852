import {
  SIGN,
  bold,
  facts,
  folded,
  inline,
  quoted,
  section,
  steps,
  table,
  viewTable,
} from '../report/markdown/blocks.ts'
import { fitBlocks } from '../report/markdown/fit-blocks.ts'
import type { GateView, RuleGroupView } from './gate-view.ts'

/** The gate for a comment of a pull request, or the summary of a CI job: rules as a report shows promises. */
export function renderGateMarkdown({
  verdict,
  title,
  about,
  warnings,
  groups,
  figures,
  next,
}: GateView): string {
  const noted = warnings.map(({ label, value }) => `${label}: ${value}`)
  return fitBlocks([
    `## ${SIGN[verdict.tone]}${inline(verdict.sentence)}`,
    `${bold(inline(title))} · ${inline(about)}`,
    ...(noted.length === 0 ? [] : quoted(`${SIGN.unsure}Warnings:`, noted)),
    ...groups.flatMap(rulesTable),
    ...(figures === null ? [] : folded('Figures of the comparison', viewTable(figures))),
    ...section('What to do next', steps(next)),
  ])
}

const rulesTable = ({ heading, rules }: RuleGroupView): ReturnType<typeof facts> =>
  section(
    heading,
    table({
      head: ['', 'rule', 'measured', 'because'],
      align: ['left', 'left', 'left', 'left'],
      rows: rules.map(({ name, answer, measured, because }) => [
        SIGN[answer.tone] + answer.text,
        name,
        measured,
        because,
      ]),
      isStrong: (_line, column) => column === 1,
    }),
  )
