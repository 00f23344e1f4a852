import { readScenario } from '../../scenario/read-scenario.ts'
import { starterScenario } from '../../scenario/starter.ts'
import type { Problem } from '../../units/problem.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { refuse } from '../refuse.ts'

const DEFAULT_FILE = 'scenario.yaml'

export const init: Command = {
  name: 'init',
  operands: { usage: '[file]', least: 0, most: 1 },
  purpose: 'Write a commented scenario to start from.',
  details: `The file is ${DEFAULT_FILE} unless you name another.`,
  flags: {
    target: { kind: 'text', does: 'URL to load (default: http://127.0.0.1:8080)', group: 'Scenario' },
    force: { kind: 'switch', does: 'write over a file that is already there', group: 'Scenario' },
  },
  examples: [
    ['init', `write ${DEFAULT_FILE}`],
    ['init shop.yaml --target http://127.0.0.1:3000', 'another name, another target'],
  ],
  async run(words, { terminal, files }) {
    const target = words.text('target')
    const file = words.operands[0] ?? DEFAULT_FILE
    const text = starterScenario(target)
    const problems: Problem[] = [...words.problems]
    const checked = readScenario(text, file, target === undefined ? {} : { target })
    if (!checked.ok) problems.push(...checked.problems)
    if (await files.isFolder(file)) problems.push(isAFolder(file))
    else if (!words.isOn('force') && (await files.exists(file))) problems.push(alreadyThere(file))
    if (problems.length > 0) return refuse(problems, terminal)
    try {
      await files.replace(file, text)
    } catch (error) {
      return refuse([notWritten(file, error)], terminal)
    }
    terminal.print(`wrote ${file}; now change it to your needs, then: plimsoll run ${file}\n`)
    return EXIT.passed
  },
}

const alreadyThere = (file: string): Problem => ({
  code: 'init/file-exists',
  message: `${file} is already there, and what it says would be lost`,
  fix: 'give another name, or add --force to write over it',
  at: { file },
})

const isAFolder = (file: string): Problem => ({
  code: 'init/cannot-write',
  message: `${file} is a folder`,
  fix: 'give the name of a file in it',
  at: { file },
})

const notWritten = (file: string, error: unknown): Problem => ({
  code: 'init/cannot-write',
  message: `${file} cannot be written: ${(error as Error).message}`,
  fix: 'give a name in a folder that you may write to',
  at: { file },
})
