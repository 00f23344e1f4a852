import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { OFF_GITHUB } from './off-github.ts'

export interface ScriptRun {
  readonly exitCode: number | null
  /** What it wrote to standard output and standard error, as a log of CI shows it. */
  readonly log: string
}

/** The log, where it did not end as it should. */
export const complaintOf = ({ exitCode, log }: ScriptRun, exits: number): string | undefined =>
  exitCode === exits ? undefined : `exits ${exitCode} instead of ${exits}\n${log}`

const PATIENCE_MS = 150_000

/** Variables of a job of CI: those of this process without what npm and GitHub have put there, and no registry. */
export function jobVariables(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_|^GITHUB_|^NODE_ENV$/i.test(name))
  return {
    ...Object.fromEntries(own),
    ...OFF_GITHUB,
    NO_COLOR: '1',
    npm_config_offline: 'true',
    ...variables,
  }
}

/** Carries out a script of a recipe with the shell that its CI starts, e.g. `['bash', '-eo', 'pipefail']`. */
export async function runScript(
  script: string,
  [program = 'sh', ...options]: readonly string[],
  { cwd, variables }: { readonly cwd: string; readonly variables: Readonly<Record<string, string>> },
): Promise<ScriptRun> {
  const child = spawn(program, [...options, '-c', script], {
    cwd,
    env: jobVariables(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text))
  await once(child, 'close')
  return { exitCode: child.exitCode, log }
}

/** Step after step, until one fails. */
export async function runSteps(
  steps: readonly string[],
  shell: readonly string[],
  job: { readonly cwd: string; readonly variables: Readonly<Record<string, string>> },
): Promise<ScriptRun> {
  let log = ''
  for (const step of steps) {
    const run = await runScript(step, shell, job)
    log += run.log
    if (run.exitCode !== 0) return { ...run, log }
  }
  return { exitCode: 0, log }
}
