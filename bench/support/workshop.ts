import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ChildOptions {
  /** SIGKILL by default; a server with processes of its own is asked with SIGTERM, so that it ends them too. */
  readonly endsBy?: 'SIGKILL' | 'SIGTERM'
  readonly env?: Readonly<Record<string, string>>
  /** Killed after so long, whatever it does. */
  readonly limitMs: number
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A child process with what it wrote. */
export interface Child {
  readonly process: ChildProcess
  readonly pid: number
  /** Resolves once standard output matches; rejects when the child ends without it. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<Ended>
  end(): Promise<Ended>
}

/** A temporary folder and child processes; both are gone when the work is over, however it ended. */
export class Workshop {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'))
  readonly #children = new Map<ChildProcess, NodeJS.Signals>()

  start(command: readonly string[], { endsBy = 'SIGKILL', env = {}, limitMs }: ChildOptions): Child {
    const [program = '', ...words] = command
    const child = spawn(program, words, {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.set(child, endsBy)
    const limit = setTimeout(() => child.kill(endsBy), limitMs)
    const written = { stdout: '', stderr: '' }
    let look = (): void => undefined
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      written.stdout += text
      look()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      written.stderr += text
    })
    const ended = once(child, 'close')
      .then(([code]): Ended => ({ code: code as number | null, ...written }))
      .finally(() => {
        clearTimeout(limit)
        this.#children.delete(child)
      })
    return {
      process: child,
      pid: child.pid ?? 0,
      ended,
      printed: pattern =>
        new Promise((resolve, reject) => {
          look = (): void => {
            const match = pattern.exec(written.stdout)
            if (match !== null) resolve(match)
          }
          look()
          ended.then(
            () => reject(new Error(`${program} ended early:\n${written.stdout}${written.stderr}`)),
            reject,
          )
        }),
      end: () => {
        child.kill(endsBy)
        return ended
      },
    }
  }

  clear(): void {
    for (const [child, signal] of this.#children) child.kill(signal)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The work's number becomes the exit code. Ctrl-C ends the children and removes the folder as well. */
export async function inWorkshop(work: (workshop: Workshop) => Promise<number>): Promise<void> {
  const workshop = new Workshop()
  process.once('exit', () => workshop.clear())
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  try {
    process.exitCode = await work(workshop)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    workshop.clear()
  }
}
