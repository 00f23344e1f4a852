import { fork } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { isatty } from 'node:tty'
import type { WriteStream } from 'node:tty'
import { fileURLToPath } from 'node:url'
import type {
  Appending,
  ChildProcess,
  Effects,
  Files,
  GithubStep,
  Machine,
  Processes,
  StopSignal,
  Terminal,
} from './effects.ts'
import { linesOfFile } from './lines-of-file.ts'
import { listFiles } from './list-files.ts'
import { nodePrograms } from './node-programs.ts'
import { readLines } from './read-lines.ts'

/** The effects of a real process. */
export function nodeEffects(): Effects {
  return {
    terminal: nodeTerminal(),
    files: nodeFiles(),
    machine: nodeMachine(),
    processes: nodeProcesses(),
    programs: nodePrograms,
    github: githubStep(process.env),
  }
}

/** From `src/cli` as from `dist/cli`. */
const require = createRequire(import.meta.url)
const ofPlimsoll = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

function nodeTerminal(): Terminal {
  const { stdout, stderr, env } = process
  // A reader that has seen enough (`| head`) closes the pipe; that is no fault of ours.
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe)
  const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return {
    print: text => void stdout.write(text),
    tell: text => void stderr.write(text),
    columns: columnsOf(stdout),
    tellColumns: columnsOf(stderr),
    isLive: isatty(2) && env['TERM'] !== 'dumb',
    colour: isatty(1) && !isPlain,
  }
}

/** No terminal has no width; some that are made by a program say 0. */
const columnsOf = ({ columns }: Partial<WriteStream>): number =>
  columns === undefined || columns === 0 ? 80 : columns

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function nodeFiles(): Files {
  return {
    readText: path => readFile(path, 'utf8'),
    lines: linesOfFile,
    async replace(path, text) {
      await makeFolderFor(path)
      const beside = `${path}.${process.pid}.part`
      try {
        await writeFile(beside, text)
        await rename(beside, path)
      } catch (error) {
        await rm(beside, { force: true })
        throw error
      }
    },
    append: appendFile,
    exists: async path => (await statOf(path)) !== undefined,
    isFolder: async path => (await statOf(path))?.isDirectory() === true,
    list: listFiles,
    makeFolderFor,
    beginAppending,
    remove: path => rm(path, { force: true }),
    rename,
    ofPlimsoll,
    chartLibrary: () => ({
      script: require.resolve('uplot/dist/uPlot.iife.min.js'),
      style: require.resolve('uplot/dist/uPlot.min.css'),
    }),
  }
}

const statOf = (path: string): Promise<Stats | undefined> => stat(path).catch(() => undefined)

async function makeFolderFor(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
}

async function beginAppending(path: string): Promise<Appending> {
  await makeFolderFor(path)
  const file = openSync(path, 'w+')
  return {
    append: text => appendFileSync(file, text),
    lines: () => readLines(file),
    close: () => closeSync(file),
  }
}

function nodeMachine(): Machine {
  const { version } = JSON.parse(readFileSync(ofPlimsoll('package.json'), 'utf8')) as { version: string }
  const processors = cpus()
  return {
    facts: {
      platform: process.platform,
      arch: process.arch,
      cpuModel: processors[0]?.model.trim() ?? 'unknown',
      cpus: processors.length,
      memoryBytes: totalmem(),
      node: process.version,
    },
    toolVersion: version,
    cores: availableParallelism(),
    now: () => new Date(),
    randomSeed: () => randomInt(2 ** 32),
    newId: randomUUID,
  }
}

/** docs.github.com/actions/reference/workflows-and-actions/variables */
function githubStep(env: NodeJS.ProcessEnv): GithubStep {
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name])
  return {
    summaryFile: given('GITHUB_STEP_SUMMARY'),
    outputFile: given('GITHUB_OUTPUT'),
    takesAnnotations: env['GITHUB_ACTIONS'] === 'true',
  }
}

function nodeProcesses(): Processes {
  return {
    onStopSignal(listener) {
      const listeners = (['SIGINT', 'SIGTERM'] satisfies StopSignal[]).map(
        signal => [signal, () => listener(signal)] as const,
      )
      for (const [signal, listen] of listeners) process.on(signal, listen)
      return () => {
        for (const [signal, listen] of listeners) process.off(signal, listen)
      }
    },
    onParentGone(listener) {
      if (process.connected) process.on('disconnect', listener)
      // A listener keeps the channel, and with it the process, alive.
      return () => process.off('disconnect', listener)
    },
    startSelf,
  }
}

/**
 * In a process group of its own, so that a Ctrl-C in the terminal reaches only us: the child must outlive the
 * drain. The channel between us closes when we are gone, however that came about, and the child ends on that.
 */
function startSelf(words: readonly string[]): ChildProcess {
  const child = fork(ofPlimsoll('bin/plimsoll.js'), [...words], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    async lineMatching(pattern) {
      const lines = createInterface({ input: child.stdout! })
      for await (const line of lines) {
        const match = pattern.exec(line)
        if (match !== null) {
          child.stdout!.resume()
          return match
        }
      }
      throw new Error(`plimsoll ${words.join(' ')} ended before it printed ${String(pattern)}`)
    },
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
