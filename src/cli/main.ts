import type { Command } from './command.ts'
import { aa } from './commands/aa.ts'
import { compare } from './commands/compare.ts'
import { demo } from './commands/demo.ts'
import { gate } from './commands/gate.ts'
import { history } from './commands/history.ts'
import { init } from './commands/init.ts'
import { lab } from './commands/lab.ts'
import { report } from './commands/report.ts'
import { run } from './commands/run.ts'
import { size } from './commands/size.ts'
import { validate } from './commands/validate.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { nodeEffects } from './node-effects.ts'
import { readCommandLine } from './read-command-line.ts'
import { refuse } from './refuse.ts'

const COMMANDS: readonly Command[] = [
  run,
  validate,
  init,
  report,
  compare,
  aa,
  gate,
  history,
  size,
  lab,
  demo,
]

/** The whole program: words in, exit code out. */
export async function main(words: readonly string[], effects: Effects = nodeEffects()): Promise<ExitCode> {
  try {
    return await obey(words, effects)
  } catch (error) {
    effects.terminal.tell(internalError(error, effects))
    return EXIT.internalError
  }
}

async function obey(words: readonly string[], effects: Effects): Promise<ExitCode> {
  const { terminal, machine } = effects
  const asked = await readCommandLine(words, COMMANDS, machine.toolVersion)
  switch (asked.kind) {
    case 'text':
      terminal.print(asked.text)
      return EXIT.passed
    case 'nothing':
      terminal.tell(asked.help)
      return EXIT.usage
    case 'unknown':
      return refuse([asked.problem], terminal)
    case 'command':
      return asked.command.run(asked.words, effects)
    default:
      return asked satisfies never
  }
}

function internalError(error: unknown, { machine }: Effects): string {
  const { toolVersion, facts } = machine
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return (
    `plimsoll met a fault of its own and cannot go on. Please report it with the words you typed, the scenario, ` +
    `and what follows: plimsoll ${toolVersion}, node ${facts.node}, ${facts.platform} ${facts.arch}\n${trace}\n`
  )
}
