import type { Effects } from './effects.ts'
import type { ExitCode } from './exit-code.ts'
import type { GivenWords } from './given-words.ts'

/** One command of the program: what its help says, and what it does. It returns its exit code and never exits. */
export interface Command {
  readonly name: string
  readonly operands: Operands
  /** What may stand after `--`, where the command tells the two apart; elsewhere they count as operands. */
  readonly operandsAfterDashes?: Operands
  /** Another way to write the words, shown below the usage line, e.g. `--run <base URL> <candidate URL>`. */
  readonly otherUsage?: string
  /** One sentence. */
  readonly purpose: string
  /** What else its own help says. */
  readonly details?: string
  readonly flags: Readonly<Record<string, Flag>>
  readonly examples: readonly (readonly [words: string, does: string])[]
  run(words: GivenWords, effects: Effects): Promise<ExitCode>
}

/** What may stand after the command's name besides flags. */
export interface Operands {
  /** As the usage line has it, e.g. `<scenario.yaml>`; empty when there are none. */
  readonly usage: string
  readonly least: number
  readonly most: number
  /** Flags with each of which none is needed. */
  readonly notWith?: readonly string[]
}

export interface Flag {
  /** `switch` takes no value, `text` one, `texts` one each time it is given. */
  readonly kind: 'switch' | 'text' | 'texts'
  /** What it does, with its default and its unit. */
  readonly does: string
  readonly group: string
  readonly letter?: string
}
