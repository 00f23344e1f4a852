import { bold, entries, inline, prose, steps, viewTable } from '../../report/markdown/blocks.ts'
import { fitBlocks } from '../../report/markdown/fit-blocks.ts'
import type { Block } from '../../report/markdown/fit-blocks.ts'
import { paragraph } from '../../report/markdown/inert-markdown.ts'
import type { GroupView, HistoryView } from '../view.ts'

/** The columns that fit a comment: date, knee, its interval, change, verdict, report. */
const MOST_RANK = 4
/** Characters of a line: more than any of ours has, and fewer than a name from outside could. */
const MOST = 1000

/** For a comment or a wiki page: GitHub Flavored Markdown, without the chart. */
export function renderMarkdown({ title, summary, setAside, groups }: HistoryView): string {
  return fitBlocks([
    `# ${inline(title)}`,
    ...prose(summary),
    ...prose(setAside),
    ...groups.flatMap(groupBlocks),
  ])
}

const groupBlocks = ({ heading, about, changes, outlook, next, table }: GroupView): readonly Block[] => [
  `## ${inline(heading)}`,
  about.map(text => paragraph(text, MOST)).join('<br>\n'),
  ...entries(
    changes.map(
      ({ text, tone }) => `- ${tone === 'good' || tone === 'bad' ? bold(inline(text)) : inline(text)}`,
    ),
  ),
  ...prose(outlook),
  ...steps(next),
  // The newest first: where the text is too long, the oldest are cut off.
  ...viewTable({ ...table, rows: table.rows.toReversed() }, MOST_RANK),
]
