import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXIT } from '../../src/cli/exit-code.ts'
import { commandsOf, fencesOf } from '../support/document-commands.ts'
import type { DocumentCommand } from '../support/document-commands.ts'
import { OFF_GITHUB } from '../support/off-github.ts'
import { PLIMSOLL, REPOSITORY } from '../support/run-cli.ts'

/** Commands that are the repository's own and that `.ci/run` and `test/cli/` carry out in their own way. */
const RUN_ELSEWHERE = ['npm ci && npm run demo', 'npm ci && npm test']

/** A command that does not end by itself: it is started, and ended with its document. */
const SERVER = /^plimsoll lab [A-Z]/
const PORT = /--port (\d+)|$/
const DEFAULT_PORT = '8080'

const read = (document: string): string => readFileSync(join(REPOSITORY, document), 'utf8')
/** Those that have something to carry out. */
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter(file => file.endsWith('.md'))
    .map(file => `docs/${file}`),
].filter(document =>
  fencesOf(read(document)).some(({ language }) => language === 'sh' || language === 'yaml'),
)

const withoutNpx = (command: string): string => command.replaceAll(/\bnpx plimsoll\b/g, 'plimsoll')

/** A folder as a reader has it who installed the package, with `plimsoll` in PATH. */
class ReadersFolder {
  readonly path: string
  readonly #stops: (() => Promise<void>)[] = []
  /** Ports that the document shows, and the free ones that stand for them. */
  readonly #ports = new Map<string, string>()

  private constructor(path: string) {
    this.path = path
  }

  static async make(): Promise<ReadersFolder> {
    const path = await mkdtemp(join(tmpdir(), 'plimsoll-reader-'))
    await cp(join(REPOSITORY, 'scenarios'), join(path, 'scenarios'), { recursive: true })
    await mkdir(join(path, 'reports'))
    await mkdir(join(path, '.bin'))
    const shim = `#!/bin/sh\nexec '${process.execPath}' '${PLIMSOLL}' "$@"\n`
    await writeFile(join(path, '.bin/plimsoll'), shim, { mode: 0o755 })
    return new ReadersFolder(path)
  }

  #shell(command: string): ReturnType<typeof spawn> {
    const PATH = `${join(this.path, '.bin')}${delimiter}${process.env['PATH'] ?? ''}`
    return spawn('sh', ['-c', command], {
      cwd: this.path,
      env: { ...process.env, ...OFF_GITHUB, PATH, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 150_000,
    })
  }

  /** Carries out one command of a document; what is wrong with how it went, or undefined. */
  async complaint(command: string, exits: number): Promise<string | undefined> {
    if (!command.startsWith('plimsoll '))
      return 'documents show commands of plimsoll, which this test can carry out'
    if (SERVER.test(command)) return this.#startServer(command)
    const child = this.#shell(
      command.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, port => this.#ports.get(port) ?? port),
    )
    let output = ''
    child.stdout?.on('data', (text: Buffer) => (output += text.toString()))
    child.stderr?.on('data', (text: Buffer) => (output += text.toString()))
    await once(child, 'close')
    // A machine that is busy with something else makes the generator late; its runs then are rightly not believed.
    const makesLoad = /^plimsoll (run|compare --run|size) /.test(command)
    const acceptable = makesLoad ? [exits, EXIT.inconclusive] : [exits]
    return acceptable.includes(child.exitCode ?? NaN)
      ? undefined
      : `exits ${child.exitCode} instead of ${exits}\n${output}`
  }

  /** Starts a lab server on a free port instead of the shown one and waits until it says where it listens. */
  #startServer(command: string): Promise<string | undefined> {
    const child = this.#shell(`exec ${command.replace(PORT, ' --port 0')}`)
    this.#stops.push(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    })
    let output = ''
    return new Promise(resolve => {
      const listen = (text: Buffer): void => {
        output += text.toString()
        const listening = /^listening on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(output)
        if (listening === null) return
        this.#ports.set(PORT.exec(command)?.[1] ?? DEFAULT_PORT, listening[1]!)
        resolve(undefined)
      }
      child.stdout?.on('data', listen)
      child.stderr?.on('data', listen)
      child.on('exit', () => resolve(`ended before it listened\n${output}`))
    })
  }

  async remove(): Promise<void> {
    for (const stop of this.#stops) await stop()
    await rm(this.path, { recursive: true, force: true })
  }
}

describe('how documents are read', () => {
  const text = [
    'Text.',
    '```sh',
    '# a remark of its own',
    'plimsoll validate a.yaml',
    'plimsoll run a.yaml \\',
    '  --seed 1 # exits 99: a promise does not hold',
    '```',
    '1. In a list:',
    '',
    '   ```yaml',
    '   name: x',
    '   list:',
    '     - y',
    '   ```',
  ].join('\n')

  test('commands stand in sh fences, with the exit code that they are to end with', () => {
    expect(commandsOf(text)).toEqual([
      { line: 4, command: 'plimsoll validate a.yaml', exits: 0 },
      { line: 6, command: 'plimsoll run a.yaml --seed 1', exits: 99 },
    ])
  })

  test('a fence in a list loses the indent of the list', () => {
    expect(fencesOf(text)[1]).toEqual({ language: 'yaml', line: 11, text: 'name: x\nlist:\n  - y' })
  })
})

describe.each(DOCUMENTS)('%s', document => {
  let folder: ReadersFolder
  beforeAll(async () => {
    folder = await ReadersFolder.make()
  })
  afterAll(async () => {
    await folder?.remove()
  })

  const commands = commandsOf(read(document)).filter(({ command }) => !RUN_ELSEWHERE.includes(command))
  const asked = ({ command, line, exits }: DocumentCommand): [string, number, number] => [
    withoutNpx(command),
    line,
    exits,
  ]

  test.skipIf(commands.length === 0).each(commands.map(asked))(
    '%s (line %i) exits %i',
    async (command, _, exits) => {
      expect(await folder.complaint(command, exits)).toBeUndefined()
    },
  )

  const scenarios = fencesOf(read(document)).filter(({ language }) => language === 'yaml')
  test.skipIf(scenarios.length === 0).each(scenarios.map(({ line, text }) => [line, text] as const))(
    'the scenario in line %i is valid',
    async (line, text) => {
      const file = join(folder.path, `line-${line}.yaml`)
      await writeFile(file, text)
      expect(await folder.complaint(`plimsoll validate line-${line}.yaml`, 0)).toBeUndefined()
    },
  )
})

test('the commands that are run elsewhere stand in README.md as they are run', () => {
  const shown = commandsOf(read('README.md')).map(({ command }) => command)
  expect(shown).toEqual(expect.arrayContaining(RUN_ELSEWHERE))
})
