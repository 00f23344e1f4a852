import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface ChildServer {
  /** Everything it wrote to standard output and standard error so far. */
  readonly output: () => string
  /** Asks it to end, waits for that, and insists after three seconds. Safe to call twice. */
  readonly stop: () => Promise<void>
}

export interface ChildServerOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Resolves once the server does its work; asked again and again. */
  readonly answers: () => Promise<boolean>
  readonly within?: number
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(insist)
}

/** Starts a server in the foreground and waits until it answers; throws with its output when it does not. */
export async function startChildServer(options: ChildServerOptions): Promise<ChildServer> {
  const { command, args, cwd, env, answers, within = 10_000 } = options
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.on('error', error => (output += String(error)))
  const giveUpAt = Date.now() + within
  while (!(await answers())) {
    if (hasEnded(child) || child.pid === undefined || Date.now() > giveUpAt) {
      await stop(child)
      throw new Error(`${command} did not answer within ${within} ms\n${output}`)
    }
    await pause(25)
  }
  return { output: () => output, stop: () => stop(child) }
}
