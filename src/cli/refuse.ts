import type { Problem } from '../units/problem.ts'
import { formatProblem } from '../units/problem.ts'
import type { Terminal } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** Tells every problem at once. */
export function refuse(problems: readonly Problem[], terminal: Terminal): ExitCode {
  terminal.tell(`${problems.map(formatProblem).join('\n')}\n`)
  return EXIT.usage
}
