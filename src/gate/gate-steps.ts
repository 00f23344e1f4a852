import { viewComparison } from '../report/compare/view-comparison.ts'
import type { Step } from '../report/view.ts'
import { countOf } from '../report/view/sentence.ts'
import { shellWord } from '../report/view/shell-word.ts'
import type { Gate, GateRule, RuleGroup } from './gate.ts'

/** What to do about the rules that do not simply hold. */
export function gateSteps(gate: Gate): readonly Step[] {
  const asking = gate.rules.filter(({ verdict, warned }) => verdict !== 'passed' || warned)
  const isAsking = (group: RuleGroup): boolean => asking.some(rule => rule.group === group)
  const own = readReport(asking)
  const compared =
    gate.comparison !== null && isAsking('comparison') ? viewComparison(gate.comparison).next : []
  return [
    ...own,
    // What a comparison advises besides words is to read a report, too.
    ...compared.filter(({ command }) => command === null || own.length === 0),
    ...(isAsking('history') ? followHistory(gate, asking) : []),
  ]
}

/** The first run that breaks a promise or cannot be believed: its own report knows why. */
function readReport(asking: readonly GateRule[]): readonly Step[] {
  const label = asking.find(({ group }) => group !== 'comparison' && group !== 'history')?.run ?? null
  if (label === null) return []
  return [
    {
      text: 'Read the report of the run: what limits it, and what to do about that.',
      command: ['plimsoll', 'report', shellWord(label)],
    },
  ]
}

function followHistory({ history }: Gate, asking: readonly GateRule[]): readonly Step[] {
  if (history === null) return []
  const missing = Math.max(
    0,
    ...history.expected.map(next => (next.is === 'too-few' ? next.needed - next.runs : 0)),
  )
  const hasFailed = asking.some(({ group, verdict }) => group === 'history' && verdict === 'failed')
  return [
    ...(missing === 0
      ? []
      : [
          {
            text: `Let ${countOf(missing, 'more run')} like this one come to ${history.folder}: then its history can tell.`,
            command: null,
          },
        ]),
    ...(hasFailed
      ? [
          {
            text: 'See how the knee went before.',
            command: ['plimsoll', 'history', shellWord(history.folder)],
          },
        ]
      : []),
  ]
}
