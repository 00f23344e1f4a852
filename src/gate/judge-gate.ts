import type { VerdictName } from '../verdict/verdict.ts'
import { comparisonRule } from './comparison-rule.ts'
import { callRule } from './gate.ts'
import type { Gate, GateQuestion, GateRule } from './gate.ts'
import { historyRule } from './history-rule.ts'
import { policyRules, runRules } from './run-rules.ts'

/** More names than this are found among the rules. */
const NAMED = 3

/**
 * Every rule, and the verdict over all: failed where one failed, else inconclusive where one is not decided. A run that
 * cannot be believed decides nothing, whatever is asked.
 */
export function judgeGate(question: GateQuestion): Gate {
  const { candidates, promises, comparison, history, strict } = question
  const rules = [
    ...candidates.flatMap(candidate => [...runRules(candidate), ...policyRules(promises, candidate)]),
    ...(comparison === null ? [] : [comparisonRule(comparison, strict)]),
    ...(history === null
      ? []
      : candidates.flatMap((candidate, index) => {
          const next = history.expected[index]
          return next === undefined ? [] : [historyRule(candidate, next, { margin: history.margin, strict })]
        })),
  ]
  return { ...question, ...conclude(rules, question), rules }
}

function conclude(rules: readonly GateRule[], question: GateQuestion): Pick<Gate, 'verdict' | 'because'> {
  const named = (verdict: VerdictName): string => {
    const found = rules.filter(rule => rule.verdict === verdict)
    const told = found
      .slice(0, NAMED)
      .map(rule => `${callRule(rule, question)} (${rule.measured.replace(/\.$/, '')})`)
    const more = found.length - told.length
    return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
  }
  const [failed, open] = [named('failed'), named('inconclusive')]
  if (failed !== '') return { verdict: 'failed', because: failed }
  if (open !== '') return { verdict: 'inconclusive', because: `not decided: ${open}` }
  const warned = rules.filter(rule => rule.warned).length
  const but = warned === 0 ? '' : `, ${warned === 1 ? 'one' : warned} of them with a warning`
  return { verdict: 'passed', because: `${rules.length} rules hold${but}` }
}
