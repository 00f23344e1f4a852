import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { readAction } from './composite-action.ts'
import type { CompositeAction } from './composite-action.ts'
import { REPOSITORY } from './run-cli.ts'

type Texts = Readonly<Record<string, string>>

/** What a recipe has its CI carry out, taken from the file that users copy. */
export interface RecipeScripts {
  readonly shell: readonly string[]
  readonly steps: readonly string[]
  /** As the recipe sets them. */
  readonly variables: Texts
}

export const RECIPES: string = join(REPOSITORY, 'recipes')
export const recipeText = (name: string): string => readFileSync(join(RECIPES, name), 'utf8')
export const ACTION: CompositeAction = readAction(join(REPOSITORY, 'action.yml'))

export interface GitlabJob {
  readonly script: readonly string[]
  readonly variables: Texts
  readonly allow_failure: { readonly exit_codes: readonly number[] }
  readonly artifacts: {
    readonly when: string
    readonly paths: readonly string[]
    readonly reports: { readonly junit: string; readonly load_performance: string }
  }
  readonly cache: { readonly paths: readonly string[]; readonly policy: string }
  readonly rules: readonly { readonly if: string; readonly variables?: Texts }[]
}

export const gitlabJob = (): GitlabJob =>
  (parse(recipeText('gitlab-ci.yml')) as { 'load-test': GitlabJob })['load-test']

/** A job of GitLab is one script: its lines share variables and end with the first that fails. */
export function gitlabScripts(): RecipeScripts {
  const { script, variables } = gitlabJob()
  return { shell: ['bash', '-eo', 'pipefail'], steps: [script.join('\n')], variables }
}

type CircleStep = 'checkout' | Readonly<Record<string, { readonly command?: string; readonly path?: string }>>
export interface CircleJob {
  readonly environment: Texts
  readonly steps: readonly CircleStep[]
}

export const circleJob = (): CircleJob =>
  (parse(recipeText('circleci-config.yml')) as { jobs: { 'load-test': CircleJob } }).jobs['load-test']

export function circleScripts(): RecipeScripts {
  const { environment, steps } = circleJob()
  const commands = steps.flatMap(step => (typeof step === 'string' ? [] : (step['run']?.command ?? [])))
  return { shell: ['bash', '-eo', 'pipefail'], steps: commands, variables: environment }
}

/** The strings of its `sh` steps are in triple single quotes, in which Groovy replaces nothing but backslashes. */
export function jenkinsScripts(): RecipeScripts {
  const text = recipeText('Jenkinsfile')
  const steps = [...text.matchAll(/\bsh(?: |\(returnStatus: true, script: )'''([^]*?)'''/g)].map(
    ([, it]) => it!,
  )
  const [, environment = ''] = /\n {2}environment \{\n([^]*?)\n {2}\}/.exec(text) ?? []
  const variables = [...environment.matchAll(/^ +(\w+) = '(.*)'$/gm)].map(([, name, value]) => [name, value])
  return { shell: ['sh', '-xe'], steps, variables: Object.fromEntries(variables) as Texts }
}

export interface Container {
  readonly name: string
  readonly command: readonly string[]
  readonly env: readonly { readonly name: string; readonly value?: string }[]
}

/** Every object of a file for Kubernetes. */
export const kubernetesObjects = (name: string): readonly unknown[] =>
  parseAllDocuments(recipeText(name)).map(document => document.toJS() as unknown)

/** What a container starts, with the folders of the image and of its volumes put where they are here. */
export function containerWords(
  { command, env }: Container,
  places: Readonly<Record<string, string>>,
): { readonly command: readonly string[]; readonly variables: Texts } {
  // Longer ones first, and what stands for one is not looked at again.
  const known = Object.keys(places).toSorted((a, b) => b.length - a.length)
  const any = new RegExp(known.map(place => place.replaceAll(/[$(){}.]/g, String.raw`\$&`)).join('|'), 'g')
  const placed = (text: string): string => text.replaceAll(any, place => places[place]!)
  const variables = env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, placed(value)]]))
  return { command: command.map(placed), variables: Object.fromEntries(variables) as Texts }
}
