import { readBackendLaw } from '../lab/backend-law.ts'
import type { ChosenLab } from '../lab/catalogue.ts'
import { eachBackend, measuredBackends } from '../lab/measured-backends.ts'
import type { Problem } from '../units/problem.ts'
import type { Flag } from './command.ts'
import type { Files } from './effects.ts'
import type { GivenWords } from './given-words.ts'

const MEASURED = 'Backends as a run saw them'

export const LAW_FLAGS: Readonly<Record<'law' | 'apart', Flag>> = {
  law: {
    kind: 'text',
    does: 'serve the backends of a file that size --verify has written, instead of a NAME',
    group: MEASURED,
  },
  apart: {
    kind: 'switch',
    does: 'each of them at a port of its own, to put a gateway before them (with --law)',
    group: MEASURED,
  },
}

/** What `--law` asks for; empty without. What is wrong stands in `words.problems`. */
export async function readLaw(words: GivenWords, files: Files): Promise<readonly ChosenLab[]> {
  const path = words.text('law')
  words.problems.push(...misfits(words, path))
  if (path === undefined) return []
  let text: string
  try {
    text = await files.readText(path)
  } catch (error) {
    const message = `it cannot be read: ${(error as Error).message}`
    const fix = 'name a file that plimsoll size --verify has written'
    words.problems.push({ code: 'lab/unreadable-law', message, fix, at: { file: path } })
    return []
  }
  const law = readBackendLaw(text, path)
  if (!law.ok) {
    words.problems.push(...law.problems)
    return []
  }
  const entries = words.isOn('apart') ? eachBackend(law.value) : [measuredBackends(law.value)]
  return entries.map(entry => ({ entry, values: {} }))
}

function misfits(words: GivenWords, path: string | undefined): readonly Problem[] {
  const apart = words.isOn('apart')
  const isAlone = path === undefined
  return [
    ...(apart && isAlone ? [only('apart', 'each backend of a law', 'add --law FILE')] : []),
    ...(apart && words.texts('socket').length > 0 ? [only('socket', 'one server', 'leave out --apart')] : []),
    ...(isAlone || words.operands.length === 0
      ? []
      : [only('law', 'a server without a NAME', 'leave out the NAME')]),
    ...(isAlone || words.texts('set').length === 0
      ? []
      : [only('set', 'the servers of the catalogue', 'change the file instead')]),
  ]
}

const only = (flag: string, what: string, instead: string): Problem => ({
  code: 'lab/does-not-go-together',
  message: `--${flag} is for ${what}`,
  fix: `${instead}, or leave out --${flag}`,
  at: { file: `--${flag}` },
})
