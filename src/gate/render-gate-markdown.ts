import {
  SIGN,
  bold,
  facts,
  folded,
  inline,
  quoted,
  section,
  table,
  viewTable,
} from '../report/markdown/blocks.ts'
import { fitBlocks } from '../report/markdown/fit-blocks.ts'
import type { GateView, RuleGroupView } from './gate-view.ts'

/** A comment on GitHub may have 65 536 characters. */
const LIMIT = 65_000

/** The gate for a comment of a pull request, or the summary of a CI job: rules as a report shows promises. */
export function renderGateMarkdown({ verdict, title, about, warnings, groups, figures }: GateView): string {
  const noted = warnings.map(({ label, value }) => `${label}: ${value}`)
  return fitBlocks(
    [
      `## ${SIGN[verdict.tone]}${inline(verdict.sentence)}`,
      `${bold(inline(title))} · ${inline(about)}`,
      ...quoted(`${SIGN.unsure}Warnings:`, noted),
      ...groups.flatMap(rulesTable),
      ...(figures === null ? [] : folded('Figures of the comparison', viewTable(figures))),
    ],
    LIMIT,
  )
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
