import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The repository: this file is compiled to `.bench/bench/accuracy/`. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url))
export const PLIMSOLL: string = fileURLToPath(new URL('../../../bin/plimsoll.js', import.meta.url))
const ACCURACY = fileURLToPath(new URL('../accuracy.js', import.meta.url))

/** The core of whatever serves, and that of whatever makes load. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

let canPin: boolean | undefined

/** Do servers and load have a core each? Else the system places them, and they may share one. */
export const isPinned = (): boolean =>
  (canPin ??= availableParallelism() > LOAD_CORE && spawnSync('taskset', ['--version']).status === 0)

export interface Child {
  readonly process: ChildProcess
  stdout(): string
  stderr(): string
  /** Exit code; null after a signal. */
  readonly ended: Promise<number | null>
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>
  /** Gives way to whatever else wants the core. */
  readonly isMeek?: boolean
}

/** Runs a program of this Node on one core, where cores can be given away. */
export function runNode(
  core: number,
  words: readonly string[],
  { env = {}, isMeek = false }: Circumstances = {},
): Child {
  const [command, ...rest] = [
    ...(isPinned() ? ['taskset', '-c', String(core)] : []),
    ...(isMeek ? ['nice', '-n', '19'] : []),
    process.execPath,
    ...words,
  ]
  const child = spawn(command!, rest, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'close').then(() => child.exitCode)
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended }
}

/** This benchmark's own parts that need a core of their own; see `bench/accuracy.ts`. */
export type Part = 'path' | 'closed-loop' | 'hog'

/** Runs such a part to its end; what it prints is its result. */
export async function runPart<Answer>(part: Part, question: unknown): Promise<Answer> {
  const child = startPart(part, question)
  const code = await child.ended
  if (code !== 0) throw new Error(`${part} ended with ${code}:\n${child.stderr()}`)
  return JSON.parse(child.stdout()) as Answer
}

export const startPart = (part: Part, question: unknown): Child =>
  runNode(LOAD_CORE, [ACCURACY, '--part', part, JSON.stringify(question)])

/** Ends a child that we started, and waits for that. */
export async function stop({ process: child, ended }: Child): Promise<void> {
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(insist)
}
