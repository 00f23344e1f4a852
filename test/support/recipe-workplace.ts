import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { startLab } from '../../src/lab/server.ts'
import { PLIMSOLL } from './run-cli.ts'

/** Nothing listens there, so that a run ends at once and can tell nothing. */
export const NOBODY = 'http://127.0.0.1:9'

/** Two connections, whose rate nobody asks for. The server answers /plugin with 502, and all else with 200. */
const scenario = (path: string, seconds = 1): string => `name: shop
target: ${NOBODY}
model: closed
connections: 2
for: ${seconds}s
requests: [{ name: page, get: ${path} }]
promises: [errors < 50%]
`

const FILES = {
  'held.yaml': scenario('/'),
  'broken.yaml': scenario('/plugin'),
  'long.yaml': scenario('/', 300),
  'gate.yaml': '{}\n',
} as const

/** `npm ci` in the repository has run before a test could; `npm install … --prefix FOLDER PACKAGE` leaves a link there. */
const QUICK_NPM = `#!/bin/sh
set -e
case "$1" in
  ci) echo "npm ci in $PWD" ;;
  install)
    while [ "$1" != --prefix ]; do shift; done
    mkdir -p "$2/node_modules/.bin"
    ln -sf '${PLIMSOLL}' "$2/node_modules/.bin/plimsoll"
    echo "npm install $3" ;;
  *) exit 64 ;;
esac
`

/** A target, and folders as a job of CI finds them. */
export interface Workplace {
  readonly root: string
  readonly target: string
  /** PATH of a machine where plimsoll is installed. */
  readonly path: string
  /** PATH with an npm that installs at once, whatever it is asked for: the plimsoll of this repository. */
  readonly quickNpm: string
  /** A folder as it is after the checkout, with scenarios and policies; the same one for the same name. */
  readonly checkout: (name: string) => Promise<string>
  readonly remove: () => Promise<void>
}

export async function makeWorkplace(): Promise<Workplace> {
  const root = await mkdtemp(join(tmpdir(), 'plimsoll-recipes-'))
  await mkdir(join(root, 'bin'))
  await symlink(PLIMSOLL, join(root, 'bin/plimsoll'))
  await mkdir(join(root, 'npm'))
  await writeFile(join(root, 'npm/npm'), QUICK_NPM, { mode: 0o755 })
  const pathWith = (folder: string): string => [join(root, folder), process.env['PATH'] ?? ''].join(delimiter)
  const lab = await startLab('ROUTE', { lowCpu: true })
  return {
    root,
    target: lab.url,
    path: pathWith('bin'),
    quickNpm: pathWith('npm'),
    checkout: async name => {
      const folder = join(root, name)
      await mkdir(folder, { recursive: true })
      for (const [file, text] of Object.entries(FILES)) await writeFile(join(folder, file), text)
      return folder
    },
    remove: async () => {
      await lab.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Of 1, 2, 4, 8 and 16 seconds. */
const ATTEMPTS = 5

/**
 * A run that the machine was too busy for is rightly not believed, and says nothing about a recipe: then once more, for
 * twice as long. Of a longer one some second is more likely to be its own.
 */
export async function untilBelieved<T>(
  folder: string,
  report: string,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left--) {
    await rm(join(folder, report), { force: true })
    const outcome = await attempt()
    if (left === 0 || !existsSync(join(folder, report)) || (await isBelieved(join(folder, report))))
      return outcome
    await makeLonger(folder)
  }
}

async function isBelieved(report: string): Promise<boolean> {
  const { trust } = JSON.parse(await readFile(report, 'utf8')) as { trust: { ok: boolean } }
  return trust.ok
}

async function makeLonger(folder: string): Promise<void> {
  for (const file of ['held.yaml', 'broken.yaml']) {
    const text = await readFile(join(folder, file), 'utf8')
    await writeFile(
      join(folder, file),
      text.replace(/^for: (\d+)s$/m, (_, seconds) => `for: ${2 * Number(seconds)}s`),
    )
  }
}

export const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).toSorted() : []

/** Without what plimsoll remembers of a history, which begins with a dot. */
export const reportsIn = (folder: string): string[] =>
  filesIn(folder).filter(file => /^[^.].*\.json$/.test(file))
