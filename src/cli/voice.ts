import type { Flag } from './command.ts'
import type { Terminal } from './effects.ts'
import type { GivenWords } from './given-words.ts'

/** How a command speaks of its results; problems go past it, to standard error. */
export interface Voice {
  readonly say: (text: string) => void
  readonly isQuiet: boolean
  readonly isJson: boolean
  /** For what is printed by `say`. */
  readonly colour: boolean
  readonly columns: number
}

export const VOICE_FLAGS: Readonly<Record<'quiet' | 'no-color' | 'json', Flag>> = {
  quiet: {
    kind: 'switch',
    does: 'print problems only; the exit code and the files tell the rest',
    group: 'Output',
  },
  'no-color': { kind: 'switch', does: 'no colours (as with NO_COLOR set)', group: 'Output' },
  json: {
    kind: 'switch',
    does: 'print a summary as JSON on standard output, all else on standard error',
    group: 'Output',
  },
}

export function voiceOf(words: GivenWords, terminal: Terminal): Voice {
  const isQuiet = words.isOn('quiet')
  const isJson = words.isOn('json')
  const { print, tell } = terminal
  const speak = isJson ? tell : print
  return {
    say: text => (isQuiet ? undefined : speak(text)),
    isQuiet,
    isJson,
    colour: terminal.colour && !isJson && !words.isOn('no-color'),
    columns: isJson ? terminal.tellColumns : terminal.columns,
  }
}
