import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { RUNNER_BASH } from '../support/composite-action.ts'
import {
  ACTION,
  RECIPES,
  circleJob,
  circleScripts,
  gitlabJob,
  gitlabScripts,
  jenkinsScripts,
  recipeText,
} from '../support/recipe-scripts.ts'

const YAML = ['../action.yml', ...readdirSync(RECIPES).filter(file => /\.ya?ml$/.test(file))]

test.each(YAML)('%s is YAML without a fault, and no key stands twice', file => {
  const documents = parseAllDocuments(readFileSync(join(RECIPES, file), 'utf8'), { uniqueKeys: true })
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
})

/** Every script of a recipe, with the shell that its CI starts. */
const SCRIPTS: readonly (readonly [name: string, shell: string, text: string])[] = [
  ...ACTION.runs.steps.flatMap(({ name, run }) =>
    run === undefined ? [] : [[`action.yml: ${name}`, RUNNER_BASH[0]!, run] as const],
  ),
  ...Object.entries({
    'gitlab-ci.yml': gitlabScripts(),
    'circleci-config.yml': circleScripts(),
    Jenkinsfile: jenkinsScripts(),
  }).flatMap(([name, { shell, steps }]) =>
    steps.map((text, i) => [`${name}: script ${i + 1}`, shell[0]!, text] as const),
  ),
  ['pipeline.sh', 'bash', recipeText('pipeline.sh')],
  ['Dockerfile: RUN', 'sh', /^RUN (.+)$/m.exec(recipeText('Dockerfile'))?.[1] ?? 'exit ('],
]

const HAS_SHELLCHECK = spawnSync('shellcheck', ['--version']).status === 0
// A skipped test is easily overlooked among hundreds.
if (!HAS_SHELLCHECK)
  console.warn('shellcheck is not installed: the scripts of recipes/ are not checked by it')

describe.each(SCRIPTS)('%s', (_, shell, text) => {
  test('is a script to its shell', () => {
    const { status, stderr } = spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test.skipIf(!HAS_SHELLCHECK)('has nothing that shellcheck complains of', () => {
    const { stdout } = spawnSync('shellcheck', [`--shell=${shell}`, '-'], { input: text, encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})

describe('action.yml', () => {
  const { inputs, outputs, runs } = ACTION

  test('is a composite action: a step is a script that names its shell, or a version of another action', () => {
    expect(runs.using).toBe('composite')
    const scripts = runs.steps.filter(({ run }) => run !== undefined)
    expect(scripts.map(({ shell, uses }) => ({ shell, uses }))).toEqual(
      scripts.map(() => ({ shell: 'bash', uses: undefined })),
    )
    const others = runs.steps.filter(({ run }) => run === undefined)
    expect(others.filter(({ uses = '' }) => !/^[\w-]+\/[\w-]+@v\d+$/.test(uses))).toEqual([])
  })

  test('puts no expression into a script, where what an input says could become a command', () => {
    expect(runs.steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })

  test('describes each input and output, and uses each input', () => {
    const described = [...Object.values(inputs), ...Object.values(outputs)]
    expect(described.filter(({ description }) => !description)).toEqual([])
    const text = JSON.stringify(runs)
    const used = Object.keys(inputs).filter(
      name => text.includes(`inputs.${name} }}`) || text.includes(`inputs.${name} !=`),
    )
    expect(used).toEqual(Object.keys(inputs))
  })
})

test('github-workflow.yml gives the action inputs that it has, and reads outputs that it has', () => {
  const text = recipeText('github-workflow.yml')
  const { jobs } = parse(text) as {
    jobs: { 'load-test': { steps: { uses?: string; with?: Record<string, unknown> }[] } }
  }
  const action = jobs['load-test'].steps.find(({ uses }) => uses?.includes('/plimsoll@'))
  expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(Object.keys(action?.with ?? {})))
  expect(Object.keys(action?.with ?? {})).toContain('scenario')
  const read = [...text.matchAll(/steps\.load\.outputs\.([\w-]+)/g)].map(([, name]) => name!)
  expect(Object.keys(ACTION.outputs)).toEqual(expect.arrayContaining(read))
})

test('gitlab-ci.yml warns for exit code 3 alone, keeps its files always, and writes the history on main alone', () => {
  const { allow_failure, artifacts, cache, rules, variables } = gitlabJob()
  expect(allow_failure).toEqual({ exit_codes: [3] })
  expect(artifacts.when).toBe('always')
  expect(cache.policy).toBe('$HISTORY_POLICY')
  expect(variables['HISTORY_POLICY']).toBe('pull')
  expect(rules.filter(rule => rule.variables !== undefined)).toEqual([
    { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', variables: { HISTORY_POLICY: 'pull-push' } },
  ])
})

test('circleci-config.yml keeps reports as artifacts and test results, and writes the history on main alone', () => {
  const steps = circleJob().steps.filter(step => typeof step !== 'string')
  const paths = steps.map(step => [Object.keys(step)[0], Object.values(step)[0]?.path])
  expect(paths).toContainEqual(['store_test_results', 'reports/gate.xml'])
  expect(paths).toContainEqual(['store_artifacts', 'reports'])
  expect(steps.find(step => 'when' in step)).toMatchObject({
    when: { condition: { equal: ['main', '<< pipeline.git.branch >>'] }, steps: [{ save_cache: {} }] },
  })
})

describe('Jenkinsfile', () => {
  const text = recipeText('Jenkinsfile')

  test('has three scripts, and no backslash, which Groovy would take out of them', () => {
    expect(jenkinsScripts().steps).toHaveLength(3)
    expect(jenkinsScripts().steps.filter(step => step.includes('\\'))).toEqual([])
  })

  test('is unstable for exit code 3, fails for all others, and keeps its files always', () => {
    expect(text).toMatch(/int code = sh\(returnStatus: true/)
    expect(text).toMatch(/if \(code == 3\) \{ unstable\(.+\) \}\n\s+else if \(code != 0\) \{ error\(/)
    const [, always] = /post \{\n\s+always \{\n([^]*?)\n {4}\}/.exec(text) ?? []
    expect(always).toContain("junit testResults: 'reports/gate.xml', allowEmptyResults: true")
    expect(always).toContain("archiveArtifacts artifacts: 'reports/**', allowEmptyArchive: true")
  })

  test('closes each brace and bracket that it opens', () => {
    let marks = text.replaceAll(/'''[^]*?'''|'[^'\n]*'|"[^"\n]*"|\/\/.*/g, '').replaceAll(/[^(){}[\]]/g, '')
    expect(marks.length).toBeGreaterThan(40)
    for (let length = Infinity; marks.length < length; marks = marks.replaceAll(/\(\)|\{\}|\[\]/g, ''))
      length = marks.length
    expect(marks).toBe('')
  })
})

test('the Dockerfile has one instruction a line, and copies files that stand beside it', () => {
  const instructions = recipeText('Dockerfile')
    .split('\n')
    .filter(line => !/^(#.*)?$/.test(line))
  const known = /^(FROM|ARG|RUN|COPY|USER|WORKDIR|CMD) \S/
  expect(instructions.filter(line => !known.test(line))).toEqual([])
  const copied = [...recipeText('Dockerfile').matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, them]) =>
    them!.split(' '),
  )
  expect(copied).toEqual(['pipeline.sh', 'flagger-webhook.mjs'])
  expect(readdirSync(RECIPES)).toEqual(expect.arrayContaining(copied))
})

test('each recipe has npm install what it is told to, in the same words', () => {
  const install = 'npm install --no-save --no-audit --no-fund --prefix .plimsoll "$PLIMSOLL_PACKAGE"'
  const names = ['gitlab-ci.yml', 'circleci-config.yml', 'Jenkinsfile', 'pipeline.sh']
  expect(names.filter(name => !recipeText(name).includes(install))).toEqual([])
})

// On npm's public registry the name belongs to another program.
test('no recipe lets npm find plimsoll by its name', () => {
  const texts = [...readdirSync(RECIPES), '../action.yml'].map(file => [file, recipeText(file)] as const)
  const asks = /\b(npx|npm (install|i|exec|x))( -\S+)* plimsoll\b/
  expect(texts.filter(([file, text]) => file !== 'README.md' && asks.test(text))).toEqual([])
})
