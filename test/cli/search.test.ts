import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { makeFolder, startLabProcess, startPlimsoll } from '../support/plimsoll-process.ts'
import type { LabProcess, WorkFolder } from '../support/plimsoll-process.ts'

/*
 * Searches with a budget of a few seconds: enough for a baseline, never for a knee, whatever else the machine does. What
 * a search finds is measured elsewhere.
 */

let folder: WorkFolder
let lab: LabProcess
beforeAll(async () => {
  folder = await makeFolder()
  lab = await startLabProcess(['D1'], folder.path)
})
afterAll(async () => {
  await lab?.stop()
  await folder?.remove()
})

const cli = (...words: readonly string[]): Promise<CliRun> =>
  runCli(words, { cwd: folder.path, within: 60_000 })
const read = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(join(folder.path, name), 'utf8')) as Report

/**
 * Windows follow each other, each in its own stage and from a whole second on; only where a run was cut off is there
 * nothing in between.
 */
function expectOneTimeLine({ result: { windows, plan } }: Report): void {
  let [end, begin] = [0, 0]
  const begins = plan.stages.map(stage => (begin += stage.for) - stage.for)
  for (const { from, to, stage } of windows) {
    expect(from).toBeGreaterThanOrEqual(Math.max(end, begins[stage]!))
    expect(from % 1e9).toBe(0)
    expect(to).toBeLessThanOrEqual(begins[stage]! + plan.stages[stage]!.for)
    end = to
  }
}

describe('a bare URL', () => {
  let run: CliRun
  let report: Report
  beforeAll(async () => {
    const bounds = ['--from', '100/s', '--to', '900/s', '--budget', '6s', '--seed', '5']
    run = await cli(
      'run',
      `${lab.url}/page?x=1`,
      ...bounds,
      '--promise',
      'p99 < 5s',
      '--out',
      'url.json',
      '--json',
    )
    report = await read('url.json')
  })

  test('is searched without a scenario file, and the report says what was asked for', () => {
    const { scenario } = report.run
    expect(scenario).toMatchObject({ file: null, url: `${lab.url}/page?x=1`, text: null })
    expect(scenario.flags?.join(' ')).toBe('--seed 5 --from 100/s --to 900/s --budget 6s --promise p99 < 5s')
    const { plan } = report.result
    expect(plan.requests).toMatchObject([{ method: 'GET', path: '/page?x=1' }])
    expect(plan.search).toMatchObject({ from: 100, to: 900, budget: 6e9, slow: { within: 5e9 } })
    expect(plan.stages[0]).toMatchObject({ from: 100, to: 100 })
    expectOneTimeLine(report)
  })

  test('takes no more load than its budget', () => {
    expect(report.result.search?.conclusion.loadSeconds).toBeLessThanOrEqual(6)
    expect(report.result.windows.at(-1)!.to).toBeLessThanOrEqual(6e9)
  })

  test('ends inconclusive when it was too short to tell', () => {
    expect(run.exitCode).toBe(3)
    expect(report.verdict).toBe('inconclusive')
  })

  test('says before the first request what it will do, and each decision on a line of its own', () => {
    const plan = run.stderr.indexOf('Searching from 100/s up to at most 900/s, with at most 6 s of load.')
    const first = run.stderr.search(/^ {3}0 s {2}100\/s /m)
    expect(plan).toBeGreaterThan(-1)
    expect(first).toBeGreaterThan(plan)
    expect(run.stderr.slice(first)).toMatch(/^ +→ {2}\S/m)
    // The outlook is a paragraph, a decision begins with a time or an arrow; lines of the log are as long as they are.
    const outlook = run.stderr.slice(plan, first).split('\n')
    const decisions = run.stderr.match(/^ +(?:\d+ s|→) {2}.*$/gm) ?? []
    const tooWide = [...outlook, ...decisions].filter(line => line.length > 79)
    expect(tooWide).toEqual([])
  })

  test('with --json, nothing but JSON goes to standard output', () => {
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 'plimsoll/report@1', verdict: 'inconclusive' })
  })
})

test('a scenario with search: is carried out in the same way, quietly if that is asked for', async () => {
  const text = `target: ${lab.url}\nsearch: { from: 100/s, budget: 1h }\n`
  await folder.write('capacity.yaml', text)
  const run = await cli('run', 'capacity.yaml', '--budget', '5s', '--quiet', '--out', 'file.json')
  expect(run).toEqual({ exitCode: 3, stdout: '', stderr: '' })
  const { run: facts, result } = await read('file.json')
  expect(facts.scenario).toMatchObject({
    file: 'capacity.yaml',
    text,
    flags: expect.arrayContaining(['--budget']),
  })
  expect(result.plan.search).toMatchObject({ from: 100, budget: 5e9 })
})

test('a server that is down is told in seconds', async () => {
  const began = performance.now()
  const run = await cli('run', 'http://127.0.0.1:9/', '--out', 'down.json')
  expect(run.exitCode).toBe(3)
  expect(run.stderr).toContain(
    'The run stopped before anything was sent: http://127.0.0.1:9 refuses connections',
  )
  expect(run.stdout).not.toContain('--resume')
  // Nothing is waited for; a process starts within that time on any machine.
  expect(performance.now() - began).toBeLessThan(20_000)
})

test('validate says what a search will do and how precise it can be', async () => {
  await folder.write('whole.yaml', `target: ${lab.url}\nsearch: { to: 5000/s }\n`)
  const { exitCode, stdout } = await cli('validate', 'whole.yaml')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('from 20/s to at most 5 000/s, to within ±3 %')
  expect(stdout).toContain('3 min reach ±3 % at 1 000/s, ±3.5 % at 200/s')
})

describe('a search that is cut off', () => {
  const begun = /^ +\d+ s {2}100\/s /m

  test('by Ctrl-C, and then killed, goes on each time, and nothing is left behind in the end', async () => {
    const first = startPlimsoll(['run', lab.url, '--from', '100/s', '--budget', '6s', '--out', 'cut.json'], {
      cwd: folder.path,
    })
    await first.printed(begun)
    first.signal('SIGINT')
    expect((await first.ended).exitCode).toBe(130)
    expect(first.stdout()).toContain('go on:  plimsoll run --resume cut.json\n')
    const cut = await read('cut.json')
    expect(cut.result.search?.conclusion.complete).toBe(false)

    const second = startPlimsoll(['run', '--resume', 'cut.json'], { cwd: folder.path })
    await second.printed(begun)
    second.signal('SIGKILL')
    await second.ended
    expect(await readdir(folder.path)).toContain('cut.json.journal')
    expect(await read('cut.json')).toEqual(cut)

    const third = await cli('run', '--resume', 'cut.json.journal')
    expect(third.exitCode).toBe(3)
    const whole = await read('cut.json')
    expectOneTimeLine(whole)
    expect(whole.result.windows[0]).toEqual(cut.result.windows[0])
    expect(whole.run).toMatchObject({ seed: cut.run.seed, scenario: cut.run.scenario })
    expect(whole.run.resumedFrom).toHaveLength(2)
    expect((await readdir(folder.path)).filter(name => /journal/.test(name))).toEqual([])
  })
})
