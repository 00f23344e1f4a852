import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, startLabProcess } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

/** A saturation probe as a user types it: D1 takes 2 ms for each request, one at a time. */
describe('model: closed', () => {
  let folder: WorkFolder
  let run: CliRun
  let report: Report
  let counted: Readonly<Record<string, number>>
  beforeAll(async () => {
    folder = await makeFolder()
    const { url, stop } = await startLabProcess(['D1'], folder.path)
    const load = 'model: closed\nconnections: [1, 8, 16]\nfor: 1s\npromises:\n  - errors < 1%\n'
    await folder.write('probe.yaml', `name: probe\ntarget: ${url}\n${load}`)
    run = await runCli(['run', 'probe.yaml', '--out', 'report.json', '--workers', '2'], { cwd: folder.path })
    const counts = (await (await fetch(`${url}/.lab/counts`)).json()) as { byStatus: typeof counted }
    counted = counts.byStatus
    await stop()
    report = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8')) as Report
  })
  afterAll(() => folder.remove())

  test('counts every answer that the server gave, once', () => {
    const reported = report.stages.reduce((sum, { statuses }) => sum + (statuses['200'] ?? 0), 0)
    expect({ 200: reported }).toEqual(counted)
    expect(report.routes[0]?.statuses).toEqual(counted)
  })

  test('reports each rung, and no knee', () => {
    expect(report.saturation?.rungs.map(({ connections }) => connections)).toEqual([1, 8, 16])
    expect(report.capacity.knee).toMatchObject({ bound: 'none', rps: null })
    // One server of 2 ms each does 500/s; a stall of this machine puts some of them into the next second.
    expect(report.saturation?.highest?.throughputRps).toBeLessThan(750)
    expect(report.sizing.safeRps).toBeNull()
  })

  test('shows the table of rungs, says why there is no knee, and which open ramp would find it', () => {
    expect(run.stdout).toMatch(/throughput +(at least|not trustworthy)/)
    expect(run.stdout).toMatch(/a closed model cannot show a knee/)
    expect(run.stdout).toMatch(/stage +connections +/)
    expect(run.stdout).toMatch(/16 connections/)
  })

  test('renders the same report again from its file', async () => {
    const again = await runCli(['report', 'report.json'], { cwd: folder.path })
    expect(again.exitCode).toBe(0)
    expect(again.stdout).toContain('a closed model cannot show a knee')
  })
})
