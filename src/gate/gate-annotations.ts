import { workflowCommand } from '../report/github/workflow-command.ts'
import { cleanText } from '../report/view/clean-text.ts'
import { callRule } from './gate.ts'
import type { Gate, GateRule } from './gate.ts'

/** GitHub shows ten of a kind for each step, and drops the others without a word. */
const MOST = 10

/** An error for each rule that failed, a warning for each that is not decided or passed with one. */
export function gateAnnotations(gate: Gate): string {
  const { rules } = gate
  const open = rules.filter(({ verdict, warned }) => verdict === 'inconclusive' || warned)
  return [
    ...listed(
      'error',
      rules.filter(({ verdict }) => verdict === 'failed'),
      gate,
    ),
    ...listed('warning', open, gate),
  ].join('')
}

const TITLES = { failed: 'Gate failed', inconclusive: 'Gate cannot tell', passed: 'Gate warns' } as const

function listed(kind: 'error' | 'warning', rules: readonly GateRule[], gate: Gate): readonly string[] {
  const shown = rules.length > MOST ? rules.slice(0, MOST - 1) : rules
  const rest = rules.slice(shown.length).map(rule => callRule(rule, gate))
  const told = shown.map(rule =>
    command(kind, `${TITLES[rule.verdict]}: ${callRule(rule, gate)}`, `${rule.measured}. ${rule.because}`),
  )
  return rest.length === 0
    ? told
    : [...told, command(kind, `${rest.length} more rules of the gate`, rest.join('; '))]
}

const command = (kind: 'error' | 'warning', title: string, message: string): string =>
  workflowCommand(kind, cleanText(title), cleanText(message))
