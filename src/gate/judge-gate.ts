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
  const failed = rules.filter(({ verdict }) => verdict === 'failed')
  if (failed.length > 0)
    return {
      verdict: 'failed',
      because: joined(failed.map(rule => told(rule, 'does not hold', question))),
    }
  const open = rules.filter(({ verdict }) => verdict === 'inconclusive')
  if (open.length > 0) return { verdict: 'inconclusive', because: joined(whyOpen(open, question)) }
  const warned = rules.filter(rule => rule.warned).length
  const but = warned === 0 ? '' : `, ${warned === 1 ? 'one' : warned} of them with a warning`
  return { verdict: 'passed', because: `${rules.length} rules hold${but}` }
}

/** A run that cannot be believed, or does not decide, is told once; that nothing follows from it goes without saying. */
function whyOpen(open: readonly GateRule[], question: GateQuestion): readonly string[] {
  const { candidates } = question
  const isOfRun = ({ group }: GateRule): boolean => group === 'run'
  const doubted = candidates.flatMap(({ label, report }) => {
    const rule = open.find(one => isOfRun(one) && one.run === label)
    if (rule === undefined) return []
    const run = candidates.length === 1 ? 'the run' : label
    return [
      report.trust.ok
        ? `${run} does not decide: ${rule.because || report.because}`
        : `${run} cannot be believed: ${report.trust.reasons.join('; ')}`,
    ]
  })
  const follows = ({ run, group }: GateRule): boolean => {
    const candidate = candidates.find(({ label }) => label === run)
    if (candidate === undefined || !open.some(one => isOfRun(one) && one.run === run)) return false
    return !candidate.report.trust.ok || group === 'run' || group === 'promises'
  }
  return [
    ...doubted,
    ...open.filter(rule => !follows(rule)).map(rule => told(rule, 'is not decided', question)),
  ]
}

/** Names that are sentences of their own stand in quotation marks; a promise is a formula. */
function told(rule: GateRule, is: string, question: GateQuestion): string {
  const isPromise = rule.group === 'promises' || rule.group === 'policy'
  const name = callRule(rule, question)
  return `${isPromise ? name : `“${name}”`} ${is}: ${rule.measured.replace(/\.$/, '')}`
}

function joined(reasons: readonly string[]): string {
  const more = reasons.length - NAMED
  return `${reasons
    .slice(0, NAMED)
    .map(reason => reason.replace(/\.$/, ''))
    .join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}
