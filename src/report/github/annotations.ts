import type { ReportView } from '../view.ts'
import { workflowCommand } from './workflow-command.ts'

/** GitHub shows ten of a kind for each step, and drops the others without a word. */
const MOST = 10

/** An error for each broken promise, and a warning where the run cannot be believed or does not decide. */
export function annotations({ promises, trust, verdict }: ReportView): string {
  const broken = promises.filter(({ held }) => held.tone === 'bad')
  const shown = broken.length > MOST ? broken.slice(0, MOST - 1) : broken
  const errors = shown.map(({ text, measured, because }) =>
    workflowCommand('error', `Promise broken: ${text}`, `${measured}. ${because}`),
  )
  const rest = broken.slice(shown.length).map(({ text }) => text)
  const others =
    rest.length === 0
      ? []
      : [workflowCommand('error', `${rest.length} more promises broken`, rest.join('; '))]
  return [...errors, ...others, ...warnings(trust, verdict)].join('')
}

function warnings(trust: ReportView['trust'], verdict: ReportView['verdict']): readonly string[] {
  if (!trust.ok) return [workflowCommand('warning', trust.text, trust.reasons.join(' '))]
  return verdict.tone === 'unsure'
    ? [workflowCommand('warning', 'This run does not decide', verdict.because)]
    : []
}
