import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'junit2json'
import type { TestSuites } from 'junit2json'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import { perSecond } from '../../src/units/quantity.ts'
import { tokensOf } from '../support/markdown-tokens.ts'
import { makeFolder, shortScenario, startLabProcess, startPlimsoll } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { launchReport, refusedReport, untrustedReport } from '../support/report-fixture.ts'
import type { CliRun } from '../support/run-cli.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await folder.write('launch.json', renderJson(promising(launchReport())))
  await folder.write('untrusted.json', renderJson(untrustedReport()))
  await folder.write('refused.json', renderJson(refusedReport()))
})
afterAll(() => folder.remove())

/** A ramp through a capacity of 842/s that was promised to carry 900/s. */
function promising(report: Report): Report {
  const promises = [{ kind: 'knee', above: perSecond(900), text: 'knee > 900/s' }] as const
  return { ...report, result: { ...report.result, plan: { ...report.result.plan, promises } } }
}

async function cli(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliRun> {
  const process = startPlimsoll(words, { cwd: folder.path, env })
  const { exitCode } = await process.ended
  return { exitCode, stdout: process.stdout(), stderr: process.stderr() }
}
const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'utf8')

/** As the runner of GitHub reads `GITHUB_OUTPUT`. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const values = [...text.matchAll(/^(.+)<<(.+)\n([^]*?)\n\2$/gm)]
  return Object.fromEntries(values.map(([, name, , value]) => [name, value]))
}

describe('plimsoll report --format', () => {
  const formatted = async (format: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await cli(['report', 'launch.json', '--format', format])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return stdout
  }

  test('markdown is a comment that begins with the verdict', async () => {
    const markdown = await formatted('markdown')
    expect(markdown).toMatch(/^## ❌ Failed: knee &gt; 900\/s does not hold: 84\d\/s /)
    expect(tokensOf(markdown).filter(({ type }) => type === 'table_open').length).toBeGreaterThan(2)
  })

  test('junit has a failed test for the broken promise, as a parser reads it', async () => {
    const { testsuite } = (await parse(await formatted('junit'))) as TestSuites
    expect(testsuite).toMatchObject([{ tests: 3, failures: 1, errors: 0 }])
    const [broken] = testsuite![0]!.testcase!.filter(({ failure }) => failure !== undefined)
    expect(broken).toMatchObject({ classname: 'storefront launch.promises', name: 'knee > 900/s' })
  })

  test('k6 has the figures that the widget of GitLab reads', async () => {
    const { metrics } = JSON.parse(await formatted('k6')) as {
      metrics: Record<string, Record<string, number>>
    }
    expect(metrics['checks']).toMatchObject({ passes: 2, fails: 1 })
    expect(metrics['http_reqs']?.['rate']).toBeGreaterThan(600)
    expect(metrics['http_req_waiting']).toMatchObject({
      'p(90)': expect.any(Number),
      'p(95)': expect.any(Number),
    })
  })
})

describe('plimsoll report in a step of GitHub Actions', () => {
  test('appends summary and outputs, and annotates the broken promise', async () => {
    await folder.write('summary.md', 'what an earlier step wrote')
    await folder.write('outputs', 'earlier=1\n')
    const run = await cli(['report', 'launch.json', '--format', 'json'], {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(folder.path, 'outputs'),
      GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md'),
    })
    expect(run.exitCode).toBe(0)
    // What was asked for stays as it is: annotations are on standard error.
    expect((JSON.parse(run.stdout) as Report).schema).toBe('plimsoll/report@1')
    expect(run.stderr).toMatch(/^::error title=Promise broken%3A knee > 900\/s::[^\n]+\n$/)
    const summary = await read('summary.md')
    expect(summary).toMatch(/^what an earlier step wrote\n## ❌ Failed: /)
    expect(summary).toContain('</details>')
    const outputs = await read('outputs')
    expect(outputs).toMatch(/^earlier=1\nverdict<<plimsoll-[\da-f-]{36}\nfailed\n/)
    expect(outputsIn(outputs)).toMatchObject({
      verdict: 'failed',
      trusted: 'true',
      report: 'launch.json',
      page: '',
    })
    const { knee, 'onset-502': onset } = outputsIn(outputs)
    expect(Number(knee)).toBeGreaterThan(800)
    expect(Number(onset)).toBeGreaterThan(800)
  })

  test('a path with lines of its own makes no output of its own', async () => {
    const path = 'odd\nverdict<<EOF\npassed\nEOF\nx.json'
    await folder.write('plain.json', renderJson(promising(launchReport())))
    await writeFile(join(folder.path, path), await read('plain.json'))
    await cli(['report', path], { GITHUB_OUTPUT: join(folder.path, 'odd-outputs') })
    expect(outputsIn(await read('odd-outputs'))).toMatchObject({ verdict: 'failed', report: path })
  })

  test.each([
    ['cannot be believed', 'refused.json', 'These numbers cannot be believed.'],
    ['does not decide', 'untrusted.json', 'This run does not decide'],
  ])('warns of a run that %s', async (_, file, title) => {
    const { stderr } = await cli(['report', file, '-o', 'out.txt'], { GITHUB_ACTIONS: 'true' })
    const [wrote, warning, ...rest] = stderr.split('\n')
    expect(wrote).toBe('wrote out.txt')
    expect(warning).toContain(`::warning title=${title}::`)
    expect(rest).toEqual([''])
  })

  test('a file that cannot be appended to is told of; output and exit code are what they were', async () => {
    await mkdir(join(folder.path, 'a-folder'))
    const nowhere = join(folder.path, 'a-folder')
    const plain = await cli(['report', 'launch.json'])
    const run = await cli(['report', 'launch.json'], { GITHUB_OUTPUT: nowhere, GITHUB_STEP_SUMMARY: nowhere })
    expect({ ...run, stderr: '' }).toEqual(plain)
    expect(run.stderr).toMatch(/^The job summary for GitHub could not be appended: EISDIR/)
    expect(run.stderr).toContain('\nThe outputs for GitHub could not be appended: EISDIR')
  })

  test('is as anywhere else where the variables are not set, or are empty', async () => {
    expect((await cli(['report', 'launch.json'])).stderr).toBe('')
    expect((await cli(['report', 'launch.json'], { GITHUB_ACTIONS: 'false' })).stderr).toBe('')
  })
})

describe('plimsoll run in a step of GitHub Actions', () => {
  let run: CliRun
  let report: Report
  beforeAll(async () => {
    const lab = await startLabProcess(['ROUTE'], folder.path)
    // The server of the lab answers /plugin with errors, whatever the load.
    const broken = 'requests:\n  - { name: broken, get: /plugin }'
    const scenario = shortScenario(lab.url).replace('requests:', broken)
    await folder.write('scenario.yaml', `${scenario}promises:\n  - errors < 0.1%\n`)
    run = await cli(
      ['run', 'scenario.yaml', '--quiet', '--json', '--out', 'run.json', '--html', 'run.html'],
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: join(folder.path, 'run-outputs'),
        GITHUB_STEP_SUMMARY: join(folder.path, 'run-summary.md'),
      },
    )
    await lab.stop()
    report = JSON.parse(await read('run.json')) as Report
  })

  test('ends as it does anywhere, and standard output is the summary alone', () => {
    // On a busy machine the generator may be late, and the run then is rightly not believed.
    expect(['failed', 'inconclusive']).toContain(report.verdict)
    expect(run.exitCode).toBe(report.verdict === 'failed' ? 99 : 3)
    expect((JSON.parse(run.stdout) as Report).verdict).toBe(report.verdict)
  })

  test('leaves a summary, outputs and an annotation', async () => {
    expect(await read('run-summary.md')).toMatch(
      report.verdict === 'failed' ? /^\n## ❌ Failed: / : /^\n## ⚠️ Cannot tell: /,
    )
    expect(outputsIn(await read('run-outputs'))).toMatchObject({
      verdict: report.verdict,
      report: 'run.json',
      page: 'run.html',
    })
    expect(run.stderr).toMatch(
      report.verdict === 'failed' ? /^::error title=Promise broken/ : /^::warning title=/,
    )
  })
})
