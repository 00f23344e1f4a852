import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'junit2json'
import type { TestSuites } from 'junit2json'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runAction } from '../support/composite-action.ts'
import type { ActionRun } from '../support/composite-action.ts'
import { packPlimsoll } from '../support/plimsoll-package.ts'
import {
  ACTION,
  circleScripts,
  gitlabJob,
  gitlabScripts,
  jenkinsScripts,
  recipeText,
} from '../support/recipe-scripts.ts'
import type { RecipeScripts } from '../support/recipe-scripts.ts'
import { NOBODY, filesIn, makeWorkplace, reportsIn, untilBelieved } from '../support/recipe-workplace.ts'
import type { Workplace } from '../support/recipe-workplace.ts'
import { REPOSITORY } from '../support/run-cli.ts'
import { complaintOf, runScript, runSteps } from '../support/run-script.ts'
import type { ScriptRun } from '../support/run-script.ts'

type Texts = Readonly<Record<string, string>>

let place: Workplace
beforeAll(async () => {
  place = await makeWorkplace()
})
afterAll(() => place?.remove())

interface Recipe {
  readonly scripts: () => RecipeScripts
  /** What its CI sets, beside what the recipe itself does. */
  readonly ci: (folder: string) => Texts
  /** Files and folders that it names to its CI; they have to be there where the gate fails, too. */
  readonly leaves?: () => readonly string[]
}

const SHELL_RECIPES: Readonly<Record<string, Recipe>> = {
  'gitlab-ci.yml': {
    scripts: gitlabScripts,
    ci: () => ({ CI_JOB_ID: '11' }),
    leaves: () => {
      const { artifacts, cache } = gitlabJob()
      return [...artifacts.paths, ...Object.values(artifacts.reports), ...cache.paths]
    },
  },
  'circleci-config.yml': {
    scripts: circleScripts,
    ci: folder => ({ CIRCLE_BUILD_NUM: '12', BASH_ENV: join(folder, '.bash-env'), INCONCLUSIVE: 'fail' }),
  },
  Jenkinsfile: {
    scripts: jenkinsScripts,
    ci: folder => ({ BUILD_NUMBER: '13', BRANCH_NAME: 'main', HISTORY: join(folder, 'history') }),
  },
  'pipeline.sh': {
    scripts: () => ({ shell: ['bash'], steps: [recipeText('pipeline.sh')], variables: {} }),
    ci: folder => ({ HISTORY: join(folder, 'history') }),
  },
}

async function carryOut({ scripts, ci }: Recipe, folder: string, own: Texts): Promise<ScriptRun> {
  const { shell, steps, variables } = scripts()
  const target = { TARGET: place.target, TARGET_HOST: '127.0.0.1' }
  const installed = { PLIMSOLL_PACKAGE: 'plimsoll.tgz', PATH: place.quickNpm }
  const all = { ...variables, ...ci(folder), ...target, ...installed, ...own }
  const once = async (): Promise<ScriptRun> => {
    await rm(join(folder, 'reports'), { recursive: true, force: true })
    return runSteps(steps, shell, { cwd: folder, variables: all })
  }
  return all.TARGET === NOBODY ? once() : untilBelieved(folder, 'reports/load.json', once)
}

/** What an earlier run has left where this one will write. */
async function leaveReport(folder: string): Promise<void> {
  await mkdir(join(folder, 'reports'))
  await writeFile(join(folder, 'reports/load.json'), '{}')
}

async function failedTests(folder: string): Promise<(string | undefined)[]> {
  const { testsuite } = (await parse(readFileSync(join(folder, 'reports/gate.xml'), 'utf8'))) as TestSuites
  return testsuite![0]!.testcase!.filter(({ failure }) => failure !== undefined).map(({ name }) => name)
}

describe.each(Object.entries(SHELL_RECIPES))('%s', (name, recipe) => {
  const left = recipe.leaves?.() ?? ['reports/load.json', 'reports/load.html', 'reports/gate.xml']

  test('exits 0, 99, 3 and 2, and keeps the run that passed', async () => {
    const folder = await place.checkout(name)
    const held = await carryOut(recipe, folder, { SCENARIO: 'held.yaml', POLICY: 'gate.yaml' })
    expect(complaintOf(held, 0)).toBeUndefined()
    // The gate says in the log what it has decided.
    expect(held.log).toContain('Passed: ')
    expect(held.log).toContain('npm install plimsoll.tgz')
    expect(reportsIn(join(folder, 'history'))).toHaveLength(1)

    const broken = await carryOut(recipe, folder, { SCENARIO: 'broken.yaml', POLICY: 'gate.yaml' })
    expect(complaintOf(broken, 99)).toBeUndefined()
    expect(broken.log).toContain('Failed: errors < 50%')
    expect(await failedTests(folder)).toEqual(['errors < 50%'])
    expect(left.filter(path => !existsSync(join(folder, path)))).toEqual([])

    const words = { SCENARIO: 'held.yaml', POLICY: 'gate.yaml', TARGET: NOBODY }
    const open = await carryOut(recipe, folder, words)
    expect(complaintOf(open, 3)).toBeUndefined()
    expect(open.log).toContain('Cannot tell: the run cannot be believed')
    expect(left.filter(path => !existsSync(join(folder, path)))).toEqual([])

    const wrong = await carryOut(recipe, folder, { SCENARIO: 'none.yaml', POLICY: 'gate.yaml' })
    expect(complaintOf(wrong, 2)).toBeUndefined()
    expect(wrong.log).toContain('none.yaml scenario/unreadable')
    // Only the first was kept: neither what failed nor what decides nothing becomes what is expected.
    expect(reportsIn(join(folder, 'history'))).toHaveLength(1)
  })
})

test.each(['circleci-config.yml', 'pipeline.sh'])(
  '%s lets a gate that cannot tell pass when asked to, and keeps nothing',
  async name => {
    const folder = await place.checkout(`${name}-warn`)
    const words = { SCENARIO: 'held.yaml', POLICY: 'gate.yaml', TARGET: NOBODY, INCONCLUSIVE: 'warn' }
    const run = await carryOut(SHELL_RECIPES[name]!, folder, words)
    expect(complaintOf(run, 0)).toBeUndefined()
    expect(run.log).toContain('Cannot tell: ')
    expect(reportsIn(join(folder, 'history'))).toEqual([])
  },
)

test('Jenkinsfile keeps no run of another branch', async () => {
  const folder = await place.checkout('jenkins-branch')
  const words = { SCENARIO: 'held.yaml', POLICY: 'gate.yaml', BRANCH_NAME: 'feature' }
  const run = await carryOut(SHELL_RECIPES['Jenkinsfile']!, folder, words)
  expect(complaintOf(run, 0)).toBeUndefined()
  expect(reportsIn(join(folder, 'history'))).toEqual([])
})

test('pipeline.sh ends with 2 where a variable is wrong', async () => {
  const folder = await place.checkout('pipeline-wrong')
  const script = (variables: Texts): Promise<ScriptRun> =>
    runScript(recipeText('pipeline.sh'), ['bash'], { cwd: folder, variables })
  expect(await script({})).toEqual({ exitCode: 2, log: 'SCENARIO is missing; name a scenario file\n' })
  expect(await script({ SCENARIO: 'held.yaml', INCONCLUSIVE: 'no' })).toEqual({
    exitCode: 2,
    log: 'INCONCLUSIVE is no; write fail or warn\n',
  })
})

test('what the recipes have npm install is a plimsoll that works', async () => {
  const folder = await place.checkout('install')
  await leaveReport(folder)
  const tarball = packPlimsoll(join(place.root, 'package'))
  const variables = { SCENARIO: 'none.yaml', PLIMSOLL_PACKAGE: tarball }
  const run = await runScript(recipeText('pipeline.sh'), ['bash'], { cwd: folder, variables })
  // It is there, and says that the scenario is not.
  expect(complaintOf(run, 2)).toBeUndefined()
  expect(run.log).toContain('none.yaml scenario/unreadable')
  expect(filesIn(join(folder, '.plimsoll/node_modules/plimsoll'))).toContain('dist')
  expect(filesIn(join(folder, 'reports'))).toEqual([])
})

describe('action.yml', () => {
  const act = async (name: string, inputs: Texts): Promise<ActionRun> => {
    const cwd = await place.checkout(name)
    const scratch = join(place.root, `${name}-temp`)
    const { target = place.target } = inputs
    const job = { inputs: { ...inputs, target }, cwd, path: place.quickNpm, scratch }
    const once = (): Promise<ActionRun> => runAction(ACTION, { ...job, actionPath: REPOSITORY })
    return target === place.target ? untilBelieved(cwd, 'reports/load.json', once) : once()
  }

  test('runs the plimsoll of its own repository: verdict, files, summary, and the run in the history', async () => {
    const flags = '--seed=1\n--workers\n1\n'
    const run = await act('action', { scenario: 'held.yaml', history: 'past/runs', 'run-flags': flags })
    expect(complaintOf(run, 0)).toBeUndefined()
    expect(run.log).toContain(`npm ci in ${REPOSITORY}\n`)
    expect(run.outputs).toMatchObject({ verdict: 'passed', trusted: 'true', 'rules-failed': '0' })
    expect(run.outputs).toMatchObject({ report: 'reports/load.json', page: 'reports/load.html' })
    // The page of the run, then the gate.
    expect(run.summary.match(/^## ✅ /gm)).toHaveLength(2)
    expect(filesIn(join(place.root, 'action/reports'))).toEqual(['gate.xml', 'load.html', 'load.json'])
    expect(reportsIn(join(place.root, 'action/past/runs'))).toEqual(['4711-1.json'])
  })

  test('fails for a broken promise, with one annotation', async () => {
    const run = await act('action-broken', { scenario: 'broken.yaml', policy: 'gate.yaml' })
    expect(complaintOf(run, 99)).toBeUndefined()
    expect(run.outputs).toMatchObject({ verdict: 'failed', 'rules-failed': '1' })
    expect(run.log.match(/^::error title=.*?(?=::)/gm)).toEqual([
      '::error title=Gate failed%3A errors < 50%25',
    ])
    expect(await failedTests(join(place.root, 'action-broken'))).toEqual(['errors < 50%'])
  })

  test('fails where the gate cannot tell, or warns when asked to', async () => {
    // Without a target it is the scenario's, where nobody listens.
    const open = { scenario: 'held.yaml', target: '', history: 'history', package: 'plimsoll.tgz' }
    const fails = await act('action-open', open)
    expect(complaintOf(fails, 3)).toBeUndefined()
    expect(fails.outputs).toMatchObject({ verdict: 'inconclusive' })
    const warns = await act('action-open', { ...open, inconclusive: 'warn' })
    expect(complaintOf(warns, 0)).toBeUndefined()
    expect(warns.outputs).toMatchObject({ verdict: 'inconclusive' })
    expect(warns.log).toContain('::warning title=')
    expect(warns.log).toContain('npm install plimsoll.tgz')
    expect(reportsIn(join(place.root, 'action-open/history'))).toEqual([])
  })

  test('compares with the baseline, here the run of the first test', async () => {
    const baseline = `${join(place.root, 'action/reports')}\n`
    const run = await act('action-baseline', { scenario: 'held.yaml', strict: 'true', baseline })
    // One run against one never decides.
    expect(complaintOf(run, 3)).toBeUndefined()
    expect(run.outputs).toMatchObject({ verdict: 'inconclusive' })
    expect(run.log).toContain('no regression against the baseline')
  })

  test('ends with 2 before anything is loaded where an input is wrong, and takes none for a command', async () => {
    const word = await act('action-wrong', { scenario: 'held.yaml', inconclusive: 'ignore' })
    expect(word).toMatchObject({ exitCode: 2, log: '::error::inconclusive is ignore; write fail or warn\n' })
    const none = await act('action-wrong', { scenario: '' })
    expect(none).toMatchObject({ exitCode: 2, log: '::error::scenario is missing; name a scenario file\n' })
    await leaveReport(join(place.root, 'action-wrong'))
    const file = await act('action-wrong', { scenario: '$(touch x); none.yaml' })
    expect(complaintOf(file, 2)).toBeUndefined()
    expect(file.log).toContain('$(touch x); none.yaml scenario/unreadable')
    const host = { scenario: 'held.yaml', target: 'http://shop.example' }
    const elsewhere = await act('action-wrong', host)
    expect(complaintOf(elsewhere, 2)).toBeUndefined()
    expect(elsewhere.log).toContain('run/host-not-allowed')
    const files = filesIn(join(place.root, 'action-wrong'))
    expect(files.filter(name => !name.endsWith('.yaml'))).toEqual(['reports'])
    expect(filesIn(join(place.root, 'action-wrong/reports'))).toEqual([])
  })
})
