import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OFF_GITHUB } from './off-github.ts'

export const REPOSITORY: string = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const PLIMSOLL: string = join(REPOSITORY, 'bin/plimsoll.js')

export interface CliRun {
  /** null when it was ended by a signal. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command to its end, as a user would: a child process, no terminal. */
export async function runCli(
  args: readonly string[],
  { cwd = REPOSITORY, within = 120_000 }: { readonly cwd?: string; readonly within?: number } = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [PLIMSOLL, ...args], {
    cwd,
    env: { ...process.env, ...OFF_GITHUB },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: within,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  await once(child, 'close')
  return { exitCode: child.exitCode, stdout, stderr }
}
