import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { runScript } from './run-script.ts'
import type { ScriptRun } from './run-script.ts'

type Texts = Readonly<Record<string, string>>

export interface ActionStep {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly shell?: string
  readonly run?: string
  readonly uses?: string
  readonly with?: Texts
  readonly env?: Texts
}

export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>
  readonly outputs: Readonly<Record<string, { description: string; value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] }
}

export const readAction = (path: string): CompositeAction =>
  parse(readFileSync(path, 'utf8')) as CompositeAction

/** The shell that a runner starts for `shell: bash`. */
export const RUNNER_BASH: readonly string[] = ['bash', '--noprofile', '--norc', '-eo', 'pipefail']

export interface ActionJob {
  readonly inputs: Texts
  readonly cwd: string
  /** A folder that the job does not see as its own: RUNNER_TEMP, and the files that steps append to. */
  readonly scratch: string
  /** Where the repository of the action lies. */
  readonly actionPath: string
  readonly path: string
}

export interface ActionRun extends ScriptRun {
  readonly outputs: Texts
  /** What stands on the page of the job. */
  readonly summary: string
}

/** Carries out the scripts of a composite action as a runner does; steps that use other actions are left out. */
export async function runAction(action: CompositeAction, job: ActionJob): Promise<ActionRun> {
  const known = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])
  const inputs: Texts = { ...(Object.fromEntries(known) as Texts), ...job.inputs }
  const steps: Record<string, Texts> = {}
  let [exitCode, log, summary, path]: [number | null, string, string, string] = [0, '', '', job.path]
  for (const [index, step] of action.runs.steps.entries()) {
    if (step.run === undefined) continue
    const files = await stepFiles(join(job.scratch, `step-${index}`))
    const filled = Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text, inputs, steps)])
    const variables = { ...(Object.fromEntries(filled) as Texts), ...files, ...runner(job), PATH: path }
    const run = await runScript(step.run, RUNNER_BASH, { cwd: job.cwd, variables })
    exitCode = run.exitCode
    log += run.log
    summary += await readFile(files.GITHUB_STEP_SUMMARY, 'utf8')
    path = [...(await readFile(files.GITHUB_PATH, 'utf8')).split('\n').filter(Boolean), path].join(delimiter)
    if (step.id !== undefined) steps[step.id] = outputsIn(await readFile(files.GITHUB_OUTPUT, 'utf8'))
    if (exitCode !== 0) break
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    evaluate(value, inputs, steps),
  ])
  return { exitCode, log, summary, outputs: Object.fromEntries(outputs) as Texts }
}

const runner = ({ scratch, actionPath }: ActionJob): Texts => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTION_PATH: actionPath,
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_ATTEMPT: '1',
  RUNNER_TEMP: scratch,
})

interface StepFiles extends Texts {
  readonly GITHUB_OUTPUT: string
  readonly GITHUB_PATH: string
  readonly GITHUB_STEP_SUMMARY: string
}

/** Each step has its own; what is left from a run before is emptied. */
async function stepFiles(folder: string): Promise<StepFiles> {
  if (!existsSync(folder)) await mkdir(folder, { recursive: true })
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_PATH: join(folder, 'path'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  }
  for (const file of Object.values(files)) await writeFile(file, '')
  return files
}

/** `${{ inputs.a }}` and `${{ steps.b.outputs.c }}`; an input that is not declared is a mistake, as is anything else. */
function evaluate(text: string, inputs: Texts, steps: Readonly<Record<string, Texts>>): string {
  return text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const [, input, step, output] =
      /^(?:inputs\.([\w-]+)|steps\.([\w-]+)\.outputs\.([\w-]+))$/.exec(expression) ?? []
    const value = input === undefined ? (steps[step ?? '']?.[output ?? ''] ?? '') : inputs[input]
    if (value === undefined || (input === undefined && step === undefined))
      throw new Error(`cannot evaluate ${expression}`)
    return value
  })
}

/** As the runner reads `GITHUB_OUTPUT`; the last one of a name wins. */
function outputsIn(text: string): Texts {
  const values = [...text.matchAll(/^(.+)<<(.+)\n([^]*?)\n?\2$/gm)]
  return Object.fromEntries(values.map(([, name, , value]) => [name, value])) as Texts
}
