import type { Step } from '../../report/view.ts'
import { countOf } from '../../report/view/sentence.ts'
import { shellWord } from '../../report/view/shell-word.ts'
import { LEAST_RUNS_OF_LEVEL } from '../find-trend.ts'
import type { GroupHistory } from '../history.ts'

/** What to do about the latest change, and what the history still lacks. */
export function historySteps(group: GroupHistory, folder: string): readonly Step[] {
  const { trend } = group
  const missing = trend.next.is === 'too-few' ? trend.next.needed - trend.next.runs : 0
  if (trend.counted.length === 0)
    return [
      {
        text: 'Let a run go beyond the knee: give its last stage a higher rate, or let plimsoll search for it (plimsoll run URL).',
        command: null,
      },
    ]
  return [
    ...compareAround(group, folder),
    ...(missing === 0
      ? []
      : [
          {
            text: `Keep the reports of ${countOf(missing, 'more run')}: after that plimsoll gate --history tells a bad run from a common one.`,
            command: null,
          },
        ]),
  ]
}

/** As many runs on either side as a level needs; a comparison has more figures than the knee. */
function compareAround({ trend, runs }: GroupHistory, folder: string): readonly Step[] {
  const { changes, counted } = trend
  const latest = changes.at(-1)
  if (latest === undefined) return []
  const at = counted.indexOf(latest.after)
  const path = (index: number): string => shellWord(`${folder.replace(/\/+$/, '')}/${runs[index]!.files[0]!}`)
  const before = counted.slice(Math.max(0, at - LEAST_RUNS_OF_LEVEL), at).map(path)
  const after = counted.slice(at, at + LEAST_RUNS_OF_LEVEL).map(path)
  return [
    {
      text: `See what else changed${changes.length > 1 ? ' the last time' : ''}: compare the runs before with those after.`,
      command: ['plimsoll', 'compare', ...before, '--', ...after],
    },
  ]
}
