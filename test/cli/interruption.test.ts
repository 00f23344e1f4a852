import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, shortScenario, startLabProcess, startPlimsoll } from '../support/plimsoll-process.ts'
import type { LabProcess, PlimsollProcess, WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'

let folder: WorkFolder
let lab: LabProcess
beforeAll(async () => {
  folder = await makeFolder()
  lab = await startLabProcess(['D1'], folder.path)
  await folder.write('long.yaml', shortScenario(lab.url, 50))
})
afterAll(async () => {
  await lab.stop()
  await folder.remove()
})

const start = (scenario: string, out: string): PlimsollProcess =>
  startPlimsoll(['run', scenario, '--out', out], { cwd: folder.path })
const readReport = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(join(folder.path, name), 'utf8')) as Report
const has = (name: string): boolean => existsSync(join(folder.path, name))

/** Until so many windows stand in the journal: then that many seconds are measured, however slow the machine. */
async function untilWindows(out: string, count: number): Promise<void> {
  const giveUpAt = Date.now() + 40_000
  const lines = async (): Promise<number> =>
    (await readFile(join(folder.path, `${out}.journal`), 'utf8').catch(() => '')).split('\n').length - 1
  while ((await lines()) < count + 1) {
    if (Date.now() > giveUpAt) throw new Error(`no ${count} windows in the journal of ${out}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, exitCode) => {
  test(`stops sending, reports what was measured and exits ${exitCode}`, async () => {
    const out = `${signal}.json`
    const run = start('long.yaml', out)
    await untilWindows(out, 3)
    run.signal(signal)
    expect(await run.ended).toEqual({ exitCode, signal: null })
    expect(run.stderr()).toContain('stopping: waiting for answers in flight; press Ctrl-C again')
    const report = await readReport(out)
    expect(report.run.ended).toMatchObject({ how: 'interrupted', signal })
    expect(report.windows.length).toBeGreaterThanOrEqual(3)
    expect(report.windows.length).toBeLessThan(45)
    expect(has(`${out}.journal`)).toBe(false)
  })
})

describe('while answers are awaited', () => {
  let silent: Server
  const open = new Set<Socket>()
  /** Answers the first request and never again. */
  beforeAll(async () => {
    let answered = false
    silent = createServer(socket => {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('data', () => {
        if (!answered) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
        answered = true
      })
    })
    await new Promise<void>(resolve => {
      silent.listen(0, '127.0.0.1', resolve)
    })
    const { port } = silent.address() as AddressInfo
    const scenario = shortScenario(`http://127.0.0.1:${port}`, 50, 20)
    await folder.write('silent.yaml', `${scenario}deadline: 50s\n`)
  })
  afterAll(() => {
    for (const socket of open) socket.destroy()
    silent.close()
  })

  test('a second signal stops at once; what was in flight is not lost from the count', async () => {
    const run = start('silent.yaml', 'twice.json')
    await run.printed(/seed \d+/)
    while (open.size < 30) await new Promise(resolve => setTimeout(resolve, 50))
    run.signal('SIGINT')
    await run.printed(/stopping: waiting/)
    run.signal('SIGINT')
    expect(await run.ended).toEqual({ exitCode: 130, signal: null })
    const { result } = await readReport('twice.json')
    for (const { offered, series } of result.windows) {
      expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(offered)
    }
  })
})

test('a signal before the first request is obeyed too', async () => {
  const run = start('long.yaml', 'early.json')
  await run.printed(/seed \d+/)
  run.signal('SIGINT')
  expect(await run.ended).toEqual({ exitCode: 130, signal: null })
  const { windows, run: facts } = await readReport('early.json')
  expect(windows.length).toBeLessThan(45)
  expect(facts.ended).toMatchObject({ how: 'interrupted' })
})

test('a report that cannot be written in the end leaves the journal, and says how to read it', async () => {
  const run = start('long.yaml', 'taken.json')
  await untilWindows('taken.json', 1)
  await mkdir(join(folder.path, 'taken.json'))
  run.signal('SIGINT')
  expect(await run.ended).toEqual({ exitCode: 1, signal: null })
  expect(run.stderr()).toContain('plimsoll report taken.json.journal')
  expect(await readdir(folder.path)).not.toContainEqual(expect.stringMatching(/\.part$/))
  const rebuilt = await runCli(['report', 'taken.json.journal'], { cwd: folder.path })
  expect(rebuilt.exitCode).toBe(0)
})

describe('a run that is killed', () => {
  test('leaves a journal from which plimsoll report rebuilds what was measured', async () => {
    const run = start('long.yaml', 'killed.json')
    await untilWindows('killed.json', 3)
    run.signal('SIGKILL')
    expect(await run.ended).toEqual({ exitCode: null, signal: 'SIGKILL' })
    expect(has('killed.json')).toBe(false)

    const rebuilt = await runCli(
      ['report', 'killed.json.journal', '--format', 'json', '--out', 'rebuilt.json'],
      { cwd: folder.path },
    )
    expect(rebuilt).toMatchObject({ exitCode: 0, stdout: '' })
    const report = await readReport('rebuilt.json')
    expect(report.run.ended).toMatchObject({ how: 'stopped', reason: 'the run was cut off' })
    // Even arrivals: 50 in the warm-up second, 100 in each second after it, every one answered.
    const [first, second, third] = report.windows
    expect([first, second, third].map(window => window?.offered)).toEqual([50, 100, 100])
    expect([first, second, third].map(window => window?.statuses)).toEqual([
      { '200': 50 },
      { '200': 100 },
      { '200': 100 },
    ])

    const shown = await runCli(['report', 'killed.json.journal'], { cwd: folder.path })
    expect(shown.stdout).toContain('the run was cut off')
  })
})
