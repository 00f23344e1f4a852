import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, shortScenario, startLabProcess } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { selfSigned } from '../support/self-signed.ts'

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
})
afterAll(() => folder.remove())

const cli = (...words: string[]): Promise<CliRun> => runCli(words, { cwd: folder.path, within: 60_000 })
const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'utf8')
const readReport = async (name: string): Promise<Report> => JSON.parse(await read(name)) as Report

/**
 * A machine that is busy with something else makes the generator late, and its runs then are rightly not believed:
 * what the tests ask for is that verdict and exit code say the same.
 */
const EXIT_OF = { passed: 0, failed: 99, inconclusive: 3 } as const

/** Runs against a lab server of its own; gives what the server counted, too. */
async function runAgainst(
  lab: readonly string[],
  scenario: (url: string) => string,
  ...flags: string[]
): Promise<CliRun & { readonly labSaid: string }> {
  const { url, stop } = await startLabProcess(lab, folder.path)
  await folder.write('scenario.yaml', scenario(url))
  const run = await cli('run', 'scenario.yaml', ...flags)
  return { ...run, labSaid: await stop() }
}

describe('a run that goes well', () => {
  let run: Awaited<ReturnType<typeof runAgainst>>
  let report: Report
  beforeAll(async () => {
    run = await runAgainst(['D1'], url => shortScenario(url, 5), '--html', 'pages/run.html', '--seed', '7')
    const [name = ''] = await readdir(join(folder.path, 'reports'))
    report = await readReport(join('reports', name))
  })

  test('says in one line what it will do, and where the report is', async () => {
    const [first] = run.stdout.split('\n')
    // 1 s at 50/s and 5 s at 100/s: 550 requests in 6 s.
    expect(first).toMatch(/^short and gentle: http:\/\/127\.0\.0\.1:\d+, 2 stages up to 100\/s,/)
    expect(first).toMatch(/about 550 requests in 6 s, \d+ workers?, seed 7$/)
    const [name] = await readdir(join(folder.path, 'reports'))
    expect(name).toMatch(/^short-and-gentle-\d{8}-\d{6}\.json$/)
    expect(run.stdout).toContain(`report: reports/${name}`)
    expect(run.stdout).toContain('page:   pages/run.html')
  })

  test('passes: nothing was promised, so only the generator could spoil it', () => {
    const { trust, capacity } = report
    const decides = trust.ok && capacity.limitedBy !== 'generator'
    expect(report.verdict).toBe(decides ? 'passed' : 'inconclusive')
    expect(run.exitCode).toBe(EXIT_OF[report.verdict])
  })

  test('prints a summary that fits 80 columns, without a single escape code', () => {
    const [, ...summary] = run.stdout.split('\n')
    expect(Math.max(...summary.map(line => line.length))).toBeLessThanOrEqual(80)
    expect(run.stdout).not.toContain('\u001B')
  })

  test('tells its progress every five seconds, on standard error', () => {
    expect(run.stderr).toMatch(/^hold: 5 s, .*offered .*left\n/)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('counted exactly what the server counted: 550 answers', () => {
    expect(run.labSaid).toMatch(/received 550 requests\n {2}answered 200 {2}550\n$/)
    const counted = report.stages.map(({ statuses }) => statuses['200'])
    expect(counted).toEqual([50, 500])
  })

  test('leaves a page that needs no network, and no journal', async () => {
    const page = await read('pages/run.html')
    expect(page).toContain('uPlot')
    expect(page).not.toMatch(/(src|href)="?https?:/)
    expect(await readdir(join(folder.path, 'reports'))).toHaveLength(1)
  })

  test('names version, scenario and machine', () => {
    const { toolVersion, scenario, seed } = report.run
    expect(toolVersion).toMatch(/^\d+\.\d+\.\d+/)
    expect(scenario).toMatchObject({ file: 'scenario.yaml', text: expect.stringContaining('gentle') })
    expect(seed).toBe(7)
  })
})

describe('a quiet run through a broken page', () => {
  let run: Awaited<ReturnType<typeof runAgainst>>
  let report: Report
  beforeAll(async () => {
    // Six seconds: without --quiet, progress is told after five of them.
    const scenario = (url: string): string =>
      shortScenario(url, 5).replace('requests:', 'requests:\n  - { name: broken, get: /plugin }')
    run = await runAgainst(['ROUTE'], scenario, '--quiet', '--out', 'quiet.json')
    report = await readReport('quiet.json')
  })

  test('--quiet prints nothing; the exit code and the report tell', () => {
    expect(run).toMatchObject({ stdout: '', stderr: '' })
    expect(run.exitCode).toBe(EXIT_OF[report.verdict])
  })

  test('statuses of every kind are counted as the server counted them', () => {
    const sum = (status: string): number =>
      report.stages.reduce((total, { statuses }) => total + (statuses[status] ?? 0), 0)
    // 1 s at 50/s and 5 s at 100/s, half of them for the broken page.
    expect(sum('200') + sum('502')).toBe(550)
    expect(sum('502')).toBeGreaterThan(160)
    expect(run.labSaid).toContain(`answered 200  ${sum('200')}\n`)
    expect(run.labSaid).toContain(`answered 502  ${sum('502')}\n`)
  })
})

describe('a run whose promise does not hold', () => {
  let run: CliRun
  let report: Report
  beforeAll(async () => {
    // Each answer takes 50 ms.
    const scenario = (url: string): string => `${shortScenario(url, 5, 10)}promises: [p50 < 10ms]\n`
    run = await runAgainst(['D1', '--set', 'service=50ms'], scenario, '--json', '--out', 'slow.json')
    report = await readReport('slow.json')
  })

  test('exits 99', () => {
    const { verdict, trust, promises } = report
    expect(verdict).toBe(trust.ok ? 'failed' : 'inconclusive')
    expect(promises).toMatchObject([{ text: 'p50 < 10ms', held: trust.ok ? false : null }])
    expect(run.exitCode).toBe(EXIT_OF[verdict])
  })

  test('--json prints the summary on standard output and everything else on standard error', () => {
    const { windows: _windows, result: _result, ...summary } = report
    expect(JSON.parse(run.stdout)).toEqual(summary)
    // 1 s at 50/s and 5 s at 10/s.
    for (const text of ['100 requests', 'hold: 5 s', 'report: slow.json']) expect(run.stderr).toContain(text)
  })
})

describe('a target that cannot be reached ends the run early, with a clear message, and exits 3', () => {
  test('refused connections', async () => {
    const { url, stop } = await startLabProcess(['D1'], folder.path)
    await stop()
    await folder.write('refused.yaml', shortScenario(url, 60))
    const run = await cli('run', 'refused.yaml', '--out', 'refused.json')
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain('The run stopped before anything was sent:')
    expect(run.stderr).toContain(url)
    expect(run.stderr).toContain('ECONNREFUSED')
    expect(run.stderr).toContain('is the server running')
    const report = await readReport('refused.json')
    expect(report).toMatchObject({ verdict: 'inconclusive', capacity: { knee: { bound: 'none' } } })
    expect(report.run.ended).toMatchObject({ how: 'stopped', failure: 'refused' })
  })

  test('TLS spoken to a server that has none, quiet or not', async () => {
    const { port, stop } = await startLabProcess(['D1'], folder.path)
    await folder.write('tls.yaml', shortScenario(`https://127.0.0.1:${port}`, 60))
    const run = await cli('run', 'tls.yaml', '--out', 'tls.json', '--quiet')
    await stop()
    expect(run).toMatchObject({ exitCode: 3, stdout: '' })
    expect(run.stderr).toMatch(/^The run stopped before anything was sent: .*TLS/)
    expect(run.stderr).toContain('openssl s_client')
    expect((await readReport('tls.json')).run.ended).toMatchObject({ failure: 'tls' })
  })

  test('a unix socket that is not there', async () => {
    await folder.write('socket.yaml', shortScenario(`unix:${join(folder.path, 'none.sock')}`, 60))
    const run = await cli('run', 'socket.yaml', '--out', 'socket.json')
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain('ENOENT')
  })
})

describe('an https target', () => {
  const { cert, key } = selfSigned('DNS:localhost')
  let requests = 0
  const server = createServer({ cert, key }, (_, response) => {
    requests += 1
    response.end()
  })
  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await folder.write('authority.pem', cert)
    const { port } = server.address() as AddressInfo
    await folder.write('https.yaml', shortScenario(`https://localhost:${port}`, 1, 50))
  })
  afterAll(() => void server.close())

  test('that signed its own certificate is refused, with what to do', async () => {
    const run = await cli('run', 'https.yaml', '--out', 'refused-tls.json')
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain('--ca FILE')
    expect(requests).toBe(0)
  })

  test.each(['--ca authority.pem', '--insecure'])('%s takes it', async flags => {
    const before = requests
    const run = await cli('run', 'https.yaml', '--out', 'tls-run.json', ...flags.split(' '))
    const { verdict, result } = await readReport('tls-run.json')
    expect(run.exitCode).toBe(EXIT_OF[verdict])
    expect(result.plan.transport?.tls.verify).toBe(flags !== '--insecure')
    // Evenly 50/s for a second, twice.
    expect(requests - before).toBe(100)
  })
})

describe('--calibrate', () => {
  test('alone measures what this machine makes, and sends nothing anywhere', async () => {
    const run = await cli('run', '--calibrate', '--workers', '1', '--json')
    expect(run.exitCode).toBe(0)
    const { calibration, usableRps } = JSON.parse(run.stdout) as {
      readonly calibration: { readonly ceilingRps: number; readonly workers: number }
      readonly usableRps: number
    }
    expect(calibration.workers).toBe(1)
    expect(calibration.ceilingRps).toBeGreaterThan(500)
    expect(usableRps).toBe(Math.floor(calibration.ceilingRps * 0.7))
    expect(run.stderr).toMatch(
      /this machine, with 1 worker, makes [\d ]+ requests\/s .* plan for at most 70 %/,
    )
  })

  test('before a scenario that no machine can make sends nothing and exits 3', async () => {
    const { url, stop } = await startLabProcess(['D1'], folder.path)
    await folder.write('huge.yaml', shortScenario(url, 5, 500_000_000))
    const run = await cli('run', 'huge.yaml', '--calibrate', '--out', 'huge.json')
    expect(await stop()).toContain('received 0 requests')
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain('Nothing was sent: the scenario goes up to 500 000 000/s')
    await expect(read('huge.json')).rejects.toThrow('ENOENT')
  })

  test('before a scenario within reach is a fact of its report, and so is --low-cpu', async () => {
    const flags = ['--calibrate', '--low-cpu', '--workers', '1', '--out', 'within.json']
    const run = await runAgainst(['D1'], url => shortScenario(url, 1), ...flags)
    expect(run.stdout).toContain('low-CPU pacing')
    const report = await readReport('within.json')
    expect(report.run).toMatchObject({ pacing: 'timer', calibration: { workers: 1 } })
    expect(run.labSaid).toContain('received 150 requests')
    expect(run.exitCode).toBe(EXIT_OF[report.verdict])
  })
})
