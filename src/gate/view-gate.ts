import { viewComparison } from '../report/compare/view-comparison.ts'
import { cleanTexts } from '../report/view/clean-text.ts'
import { closedSentence, countOf, sentence } from '../report/view/sentence.ts'
import type { Statement } from '../report/view.ts'
import { callRule } from './gate.ts'
import type { Gate, GateRule, RuleGroup } from './gate.ts'
import { gateSteps } from './gate-steps.ts'
import type { GateView } from './gate-view.ts'

const HEADINGS: readonly (readonly [group: RuleGroup, one: string, many: string])[] = [
  ['run', 'The run', 'The runs'],
  ['promises', 'Promises of the scenario', 'Promises of the scenario'],
  ['policy', 'Promises of the policy', 'Promises of the policy'],
  ['comparison', 'Against the baseline', 'Against the baseline'],
  ['history', 'Against the history', 'Against the history'],
]

const VERDICTS = {
  passed: { word: 'Passed', tone: 'good' },
  failed: { word: 'Failed', tone: 'bad' },
  inconclusive: { word: 'Cannot tell', tone: 'unsure' },
} as const

export function viewGate(gate: Gate): GateView {
  const { verdict, because, rules, candidates, comparison } = gate
  const { word, tone } = VERDICTS[verdict]
  const names = [...new Set(candidates.map(({ report }) => report.run.name))]
  return cleanTexts<GateView>({
    title: names.join(' / '),
    about: aboutOf(gate),
    verdict: { sentence: `${word}: ${closedSentence(because)}`, tone },
    warnings: rules
      .filter(({ warned }) => warned)
      .map(rule => ({ label: callRule(rule, gate), value: sentence(rule.because) })),
    groups: HEADINGS.map(([group, one, many]) => ({
      heading: candidates.length === 1 ? one : many,
      rules: rules
        .filter(rule => rule.group === group)
        .map(rule => ({
          name: callRule(rule, gate),
          answer: answerOf(rule),
          measured: isPlain(rule) ? '' : rule.measured,
          because: sentence(rule.because),
        })),
    })).filter(group => group.rules.length > 0),
    figures: comparison === null ? null : viewComparison(comparison).metrics,
    next: gateSteps(gate),
  })
}

/** That a run can be believed and decides goes without saying more. */
const isPlain = ({ group, verdict }: GateRule): boolean => group === 'run' && verdict === 'passed'

function answerOf({ group, verdict, warned }: GateRule): Statement {
  if (warned) return { text: 'warning', tone: 'unsure' }
  // Whether the run can be believed is known: it cannot.
  if (group === 'run')
    return verdict === 'passed' ? { text: 'yes', tone: 'good' } : { text: 'no', tone: 'unsure' }
  switch (verdict) {
    case 'passed':
      return { text: 'held', tone: 'good' }
    case 'failed':
      return { text: 'broken', tone: 'bad' }
    case 'inconclusive':
      return { text: 'cannot tell', tone: 'unsure' }
    default:
      return verdict satisfies never
  }
}

function aboutOf({ candidates, comparison, history, promises, strict }: Gate): string {
  return [
    candidates.length === 1 ? candidates[0]!.label : countOf(candidates.length, 'run'),
    ...(promises.length === 0 ? [] : [`${countOf(promises.length, 'promise')} of the policy`]),
    ...(comparison === null ? [] : [`${countOf(comparison.base.runs.length, 'run')} of the baseline`]),
    ...(history === null ? [] : [`history of ${history.folder}`]),
    ...(strict ? ['strict'] : []),
  ].join(' · ')
}
