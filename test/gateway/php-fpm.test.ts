import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { CHILDREN, SLEEP_MS, phpFpmPrograms, startPhpFpmStack } from '../support/php-fpm-stack.ts'
import type { PhpFpmStack } from '../support/php-fpm-stack.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'
import { measureSaturation } from '../support/saturation.ts'

const programs = phpFpmPrograms()
if (programs === undefined)
  process.stderr.write('SKIPPED: no nginx and php-fpm here, and no right to install them\n')

/** From half the capacity to well above it; at 18.75/s² the second in which it is crossed is 5 % of it wide. */
const scenario = (origin: string): string => `
name: nginx and php-fpm
target: ${origin}
stages:
  - { name: warm-up, rate: 200/s, for: 3s, warmup: true }
  - { name: ramp, from: 200/s, to: 650/s, for: 24s }
requests:
  - { name: page, get: /, deadline: 10s }
`

/** All good answers per second that four children can give, each 10 ms an answer and nothing besides. */
const CEILING = (CHILDREN * 1000) / SLEEP_MS

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Share by which `measured` is off from `truth`. */
const deviation = (measured: number | null, truth: number): number => Math.abs((measured ?? NaN) / truth - 1)

describe.skipIf(programs === undefined)('a ramp through the capacity of a real nginx and php-fpm', () => {
  let folder: WorkFolder
  let stack: PhpFpmStack
  let truth: number
  let run: CliRun
  /** The last of them; the others were not believed, because the machine was busy with something else. */
  let report: Report
  const reports: Report[] = []
  let logged: Record<string, number>

  /**
   * 16 in a closed loop keep the 4 children busy and never fill the queue of 32. In 2 s they answer about 750; up to 4
   * of those began before or end after, which is 0.5 %.
   */
  const saturation = (): Promise<number> => measureSaturation(`${stack.origin}/uncounted`, 16, 2)

  beforeAll(async () => {
    folder = await makeFolder()
    stack = await startPhpFpmStack(programs!)
    await folder.write('scenario.yaml', scenario(stack.origin))
    const decides = (report: Report | undefined): boolean =>
      report?.trust.ok === true && report.capacity.limitedBy !== 'generator'
    while (!decides(reports.at(-1)) && reports.length < 3) {
      const before = await saturation()
      const out = `report-${reports.length}.json`
      run = await runCli(['run', 'scenario.yaml', '--seed', '1', '--out', out, '--quiet'], {
        cwd: folder.path,
      })
      truth = (before + (await saturation())) / 2
      report = JSON.parse(await readFile(join(folder.path, out), 'utf8')) as Report
      reports.push(report)
    }
    logged = await stack.countsByStatus()
  }, 240_000)

  afterAll(async () => {
    await stack?.stop()
    await folder?.remove()
  })

  test('the stack carries what it was built for: below 400/s by what PHP and nginx cost on top of the sleep', () => {
    expect(truth).toBeLessThan(CEILING)
    expect(truth).toBeGreaterThan(CEILING * 0.85)
  })

  test('the run ends well and its numbers may be believed', () => {
    expect(run).toMatchObject({ exitCode: 0, stdout: '' })
    expect(report.trust).toMatchObject({ ok: true, reasons: [] })
  })

  test('the knee is the saturation throughput, within 8 %', () => {
    expect(report.capacity.knee.bound).toBe('measured')
    expect(deviation(report.capacity.knee.rps, truth)).toBeLessThan(0.08)
  })

  /**
   * The queue holds 33 (Linux lets one more than the backlog in), so hardly anything is lost until the children
   * are all but saturated: the loss law starts at the knee. On a ramp of r = 18.75/s² the queue fills by
   * C + √(2·33·r) ≈ C + 35/s, 9 % above C; and where another process holds the machine up for a tenth of a second
   * below C, the queue fills too, and the 502s are real. Hence 20 % for the figure, and 5 % for its interval.
   */
  test('502 begins near it and comes from the load', () => {
    const onset = report.onset['502']
    expect(onset).toMatchObject({ loadRelated: true })
    expect(deviation(onset?.rps ?? null, truth)).toBeLessThan(0.2)
    expect(onset?.low).toBeLessThan(truth * 1.05)
    expect(onset?.high).toBeGreaterThan(truth * 0.95)
    expect(report.onset['503']).toBeNull()
    expect(report.onset['504']).toBeNull()
  })

  test('every 502 that nginx logged stands in the report, and every 200', () => {
    const counted: Record<string, number> = {}
    for (const { statuses } of reports.flatMap(({ stages }) => stages)) {
      for (const [status, count] of Object.entries(statuses)) counted[status] = (counted[status] ?? 0) + count
    }
    expect(counted).toEqual(logged)
    expect(Object.keys(counted).toSorted()).toEqual(['200', '502'])
  })

  test('every intended request ended as exactly one outcome', () => {
    for (const { offered, statuses, failures, neverSent } of reports.flatMap(({ stages }) => stages)) {
      expect(sumOf(statuses) + sumOf(failures) + neverSent).toBe(offered)
    }
  })

  test('nginx says why: the listen queue of php-fpm is full', async () => {
    const errors = await stack.errors()
    const full =
      /connect\(\) to unix:.* failed \(11: Resource temporarily unavailable\) while connecting to upstream/
    expect(errors.filter(line => full.test(line))).toHaveLength(errors.length)
    expect(errors.length).toBe(logged['502'])
  })
})
