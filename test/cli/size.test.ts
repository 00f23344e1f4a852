import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import { pretendedReport } from '../support/compare-fixture.ts'
import { stage } from '../support/fixture-result.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { emptyReport, untouchedReport } from '../support/report-fixture.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

/** As `plimsoll run --backends` leaves it. */
const behind = (backends: number, report: Report): Report => ({
  ...report,
  sizing: { ...report.sizing, backendsNow: backends },
})

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await mkdir(join(folder.path, 'reports'))
  const reports: Readonly<Record<string, Report>> = {
    one: pretendedReport({ label: 'one', capacity: 800 }),
    two: behind(2, pretendedReport({ label: 'two', capacity: 800 })),
    three: pretendedReport({ label: 'three', capacity: 1100 }),
    near: pretendedReport({
      label: 'near',
      capacity: 800,
      plan: {
        stages: [stage('low', 240, 240, 6), stage('near', 700, 790, 20), stage('over', 790, 1500, 20)],
      },
    }),
    untouched: untouchedReport(),
    empty: emptyReport(),
  }
  for (const [name, report] of Object.entries(reports)) await folder.write(`${name}.json`, renderJson(report))
  const line = (minute: number, second: number): string =>
    `192.0.2.1 - - [10/Oct/2026:13:0${minute}:${String(second).padStart(2, '0')} +0000] "GET / HTTP/1.1" 200 512\n`
  const busy = Array.from({ length: 1200 }, (_, i) => line(1, i % 60))
  await folder.write('access.log', `${line(0, 5)}not a line\n${busy.join('')}${line(2, 9)}`)
  await folder.write('more.log', busy.join(''))
  await folder.write('junk.log', 'one\ntwo\n')
})
afterAll(() => folder.remove())

const size = (words: string): Promise<CliRun> =>
  runCli(['size', ...words.split(' ')], { cwd: folder.path, within: 60_000 })
const told = ({ stderr }: CliRun): string[] =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('  '))

interface Written {
  readonly verdict: string
  readonly question: { readonly peakRps: { readonly low: number; readonly high: number } }
  readonly reports: readonly { readonly backends: number }[]
  readonly sized: {
    readonly scaling: { readonly kind: string }
    readonly rows: readonly { readonly backends: number }[]
  }
}
const written = async (words: string): Promise<Written> =>
  JSON.parse((await size(`${words} --format json`)).stdout) as Written

describe('plimsoll size', () => {
  test('answers in one sentence and 80 columns, and exits 0 where an option holds', async () => {
    const { exitCode, stdout, stderr } = await size('one.json --peak 5000/s')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    // 5000/(0.7·800) = 8.9, so 9 by any reading of 800/s ± 4 %, and one to lose; at the lowest end 10.
    expect(stdout).toMatch(/^Run 1[01] backends \(now 1\): a peak of 5 000\/s holds with over 99\.9 %/)
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('takes the number of backends from the report, and from --backends where that is given', async () => {
    const backends = async (words: string): Promise<readonly number[]> =>
      (await written(`${words} --peak 5000/s`)).reports.map(report => report.backends)
    expect(await backends('one.json two.json')).toEqual([1, 2])
    expect(await backends('one.json two.json --backends 3')).toEqual([3, 3])
    expect(await backends('one.json three.json --backends 1,2')).toEqual([1, 2])
  })

  test('sees in reports at one and two backends what they take from one another: 2·800/1100 − 1 = 45 %', async () => {
    const { stdout } = await size('one.json three.json --backends 1,2 --peak 1000/s')
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /α \+ 2β = 2 × C₁ \/ X\(2\) − 1 = 2 × \d+\/s \/ 1 \d+\/s − 1 = 0\.4/,
    )
  })

  test('takes the peak from the busiest minute of access logs: 1200 lines are 20/s, of two 40/s', async () => {
    const one = await size('one.json --peak-from access.log --format json')
    expect((JSON.parse(one.stdout) as Written).question.peakRps).toEqual({ low: 20, high: 20 })
    expect(one.stderr).toBe(
      'peak 20/s: 1 200 requests in the minute from 2026-10-10T13:01Z, the busiest of 1 202 lines; left out: 1 line that is no log line\n',
    )
    const both = await written('one.json --peak-from access.log --peak-from more.log')
    expect(both.question.peakRps).toEqual({ low: 40, high: 40 })
  })

  test('takes a peak between two rates, and room to spare', async () => {
    const { question, sized } = await written('one.json --peak 2000..8000/s --headroom 50% --survive 2')
    expect(question).toMatchObject({ peakRps: { low: 2000, high: 8000 }, headroom: 0.5, survive: 2 })
    // 8000/400 = 20 and 4000/400 = 10 and 2000/400 = 5, each and the two spare ones, give or take one for the knee's interval.
    const [most = 0, median = 0, least = 0] = sized.rows.map(({ backends }) => backends)
    expect([Math.abs(most - 22), Math.abs(median - 12), Math.abs(least - 7)].every(off => off <= 1)).toBe(
      true,
    )
  })

  test('exits 3 where nothing can be said, and says what to measure', async () => {
    const { exitCode, stdout } = await size('empty.json --peak 5000/s')
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^Nothing can be sized: /)
    expect(stdout).toContain('Not used')
    // Beside a report that says something, it is merely left out.
    const beside = await size('empty.json one.json --peak 5000/s')
    expect(beside.exitCode).toBe(0)
    expect(beside.stdout).toContain('- empty.json: ')
  })

  test('of a knee that is only known from below says what is enough', async () => {
    const { exitCode, stdout } = await size('untouched.json --peak 5000/s')
    expect(exitCode).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'less may do, as one backend is only known to carry at least',
    )
  })

  test('writes configuration for the limits that it prints, and says so', async () => {
    const run = await size(
      'near.json --peak 2000/s --config out/config --address 10.1.2.3:9000 --format json',
    )
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toMatch(/^wrote out\/config\/haproxy\.cfg, /)
    const { sized } = JSON.parse(run.stdout) as { sized: { limits: { maxConcurrent: { value: number } } } }
    const haproxy = await readFile(join(folder.path, 'out/config/haproxy.cfg'), 'utf8')
    expect(haproxy).toContain('10.1.2.3:9000')
    expect(haproxy).toMatch(new RegExp(`maxconn ${sized.limits.maxConcurrent.value}\\b`))
    const without = await size('untouched.json --peak 2000/s --config none')
    expect(without.exitCode).toBe(3)
    expect(without.stderr).toMatch(/^no configuration was written: the capacity is only known to be at least/)
  })

  test('works out a cache, and simulates the peak', async () => {
    const { stdout } = await size(
      'near.json --peak 2000/s --ttl home=60s --objects product=1000,0.9 --simulate',
    )
    expect(stdout).toContain('A cache before them')
    expect(stdout).toMatch(/^The peak, simulated\n {2}option +p50 +p99 +good +502 +503 +504$/m)
  })

  test('writes to a file, in another form', async () => {
    const run = await size('one.json --peak 5000/s --format markdown -o out/size.md')
    expect(run).toEqual({ exitCode: 0, stdout: '', stderr: 'wrote out/size.md\n' })
    expect(await readFile(join(folder.path, 'out/size.md'), 'utf8')).toMatch(/^## ✅ Run /)
  })
})

describe('plimsoll size refuses, with its reason,', () => {
  test('everything that is wrong at once', async () => {
    const run = await size(
      'one.json gone.json --peak 5000 --growth much --headroom 0% --survive -1 --zones 0 --cache-hit 100% --retries x ' +
        '--retry-budget 20 --scale-time 90 --queue-budget 0s --cost-per-backend $2 --peak-lasts 1 --backends 1,2,3 --format pdf --peek 3',
    )
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    const flags =
      'growth headroom survive zones cache-hit retries retry-budget queue-budget cost-per-backend peak-lasts scale-time peak format'
    for (const flag of flags.split(' ')) expect(told(run)).toContain(`--${flag} usage/wrong-value`)
    expect(told(run)).toContain('--peek usage/unknown-flag')
    expect(told(run)).toContain('--backends size/backends-of-each')
    expect(told(run)).toContain('gone.json report/unreadable')
  })

  test('no peak, or two', async () => {
    expect(told(await size('one.json'))).toEqual(['--peak size/no-peak'])
    expect(told(await size('one.json --peak 3/s --peak-from access.log'))).toEqual([
      '--peak-from size/two-peaks',
    ])
    expect(told(await size('one.json --peak 9..3/s'))).toEqual(['--peak usage/wrong-value'])
  })

  test('logs that are none', async () => {
    expect(told(await size('one.json --peak-from junk.log'))).toEqual(['junk.log size/no-log-lines'])
    expect(told(await size('one.json --peak-from gone.log'))).toEqual(['gone.log size/unreadable-log'])
    expect(told(await size('one.json --peak-from reports'))).toEqual(['reports size/unreadable-log'])
  })

  test('what only goes with something else, and names that no report has', async () => {
    expect(told(await size('one.json --peak 3/s --listen :80 --health-path /up'))).toEqual([
      '--listen size/only-with-config',
      '--health-path size/only-with-config',
    ])
    expect(told(await size('one.json --peak 3/s --gateway-timeout 30s'))).toEqual([
      '--gateway-timeout size/only-with-simulate',
    ])
    expect(told(await size('one.json --peak 3/s --simulate --gateway-timeout 30'))).toEqual([
      '--gateway-timeout usage/wrong-value',
    ])
    expect(told(await size('one.json --peak 3/s --ttl hone=60s --objects home=many --edges 0'))).toEqual([
      '--edges usage/wrong-value',
      '--objects usage/wrong-value',
      '--ttl size/unknown-request',
    ])
    expect(
      told(await size('one.json --peak 3/s --config c --address nowhere --listen 80 --health-path up')),
    ).toEqual([
      '--listen usage/wrong-value',
      '--health-path usage/wrong-value',
      '--address usage/wrong-value',
    ])
  })

  test('half of what autoscaling is judged by', async () => {
    expect(told(await size('one.json --peak 3/s --scale-time 90s'))).toEqual([
      '--scale-time size/half-of-autoscaling',
    ])
    expect((await size('one.json --peak 3/s --scale-time 90s --load-growth 30%/min')).exitCode).toBe(0)
  })

  test('to write where a folder stands', async () => {
    expect(told(await size('one.json --peak 3/s -o reports'))).toEqual(['--out size/cannot-write'])
  })
})
