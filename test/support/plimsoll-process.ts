import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OFF_GITHUB } from './off-github.ts'
import { PLIMSOLL } from './run-cli.ts'

export interface PlimsollEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

/** The built command while it runs. */
export interface PlimsollProcess {
  readonly pid: number
  stdout(): string
  stderr(): string
  /** Resolves once either output matches; rejects when the process ends, or the time is over, without it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  signal(signal: NodeJS.Signals): void
  readonly ended: Promise<PlimsollEnd>
}

const PATIENCE_MS = 150_000

export function startPlimsoll(
  words: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): PlimsollProcess {
  const child = spawn(process.execPath, [PLIMSOLL, ...words], {
    cwd,
    env: { ...process.env, ...OFF_GITHUB, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  })
  let stdout = ''
  let stderr = ''
  let check = (): void => undefined
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    check()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    check()
  })
  const ended = once(child, 'close').then((): PlimsollEnd => ({
    exitCode: child.exitCode,
    signal: child.signalCode,
  }))
  return {
    pid: child.pid!,
    stdout: () => stdout,
    stderr: () => stderr,
    printed: async pattern => {
      const found = new Promise<RegExpExecArray>(resolve => {
        check = (): void => {
          const match = pattern.exec(stdout) ?? pattern.exec(stderr)
          if (match !== null) resolve(match)
        }
        check()
      })
      const cutShort = ended.then(() => {
        throw new Error(`ended without ${String(pattern)}:\n${stdout}\n${stderr}`)
      })
      return Promise.race([found, cutShort])
    },
    signal: signal => void child.kill(signal),
    ended,
  }
}

export interface LabProcess {
  readonly url: string
  readonly port: number
  /** Resolves with everything that it printed, the counts at the end. */
  readonly stop: () => Promise<string>
}

/** A lab server in a process of its own, on a free port. */
export async function startLabProcess(words: readonly string[], cwd: string): Promise<LabProcess> {
  const lab = startPlimsoll(['lab', ...words, '--port', '0'], { cwd })
  const [, url = '', port = ''] = await lab.printed(/^listening on (http:\S+:(\d+))$/m)
  const stop = async (): Promise<string> => {
    lab.signal('SIGTERM')
    await lab.ended
    return lab.stdout()
  }
  return { url, port: Number(port), stop }
}

export interface WorkFolder {
  readonly path: string
  /** Puts a file into it and gives its path. */
  readonly write: (name: string, text: string) => Promise<string>
  readonly remove: () => Promise<void>
}

/** An empty folder to work in. */
export async function makeFolder(): Promise<WorkFolder> {
  const path = await mkdtemp(join(tmpdir(), 'plimsoll-cli-'))
  return {
    path,
    write: async (name, text) => {
      await writeFile(join(path, name), text)
      return join(path, name)
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

/** A run of `1 + forSeconds` seconds at a rate that any lab server carries. */
export const shortScenario = (target: string, forSeconds = 3, rate = 100): string => `
name: short and gentle
target: ${target}
arrivals: even
stages:
  - { name: warm-up, rate: 50/s, for: 1s, warmup: true }
  - { name: hold, rate: ${rate}/s, for: ${forSeconds}s }
requests:
  - { name: page, get: / }
`
