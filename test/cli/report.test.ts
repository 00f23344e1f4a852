import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { launchReport } from '../support/report-fixture.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

/** A ramp from 50/s to 1500/s through a capacity of 842/s, by formula. */
const recorded = launchReport()

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  await folder.write('launch.json', renderJson(recorded))
})
afterAll(() => folder.remove())

const cli = (...words: string[]): Promise<CliRun> =>
  runCli(['report', ...words], { cwd: folder.path, within: 30_000 })
const summaryOf = async (...flags: string[]): Promise<Report> => {
  const { stdout } = await cli('launch.json', '--format', 'summary', ...flags)
  return JSON.parse(stdout) as Report
}

describe('plimsoll report', () => {
  test('shows the report on the terminal, in 80 columns', async () => {
    const { exitCode, stdout, stderr } = await cli('launch.json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('storefront launch')
    expect(stdout).toMatch(/knee +8[2-6]\d\/s/)
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('judges what was measured anew, and keeps it as it is', async () => {
    const { stdout } = await cli('launch.json', '--format', 'json')
    const again = JSON.parse(stdout) as Report
    expect(again.result).toEqual(JSON.parse(JSON.stringify(recorded.result)))
    // The fixture's verdict was written by hand, for promises that its plan does not have.
    expect(recorded.verdict).toBe('failed')
    expect(again).toMatchObject({ verdict: 'passed', promises: [] })
    const { windows: _windows, result: _result, ...rest } = again
    expect(await summaryOf()).toEqual(rest)
  })

  test('sizes the same run for another peak', async () => {
    const { sizing, capacity } = await summaryOf('--peak', '4000/s', '--backends', '2', '--headroom', '50%')
    expect(sizing).toMatchObject({ peakRps: 4000, backendsNow: 2, headroom: 0.5 })
    // n backends carry n/2 of what 2 do, of which half may be used: n = ⌈4000 / (C/2 · 0.5)⌉, C about 842.
    const low = capacity.knee.low ?? Number.NaN
    expect(sizing.backends?.pessimistic).toBe(Math.ceil(4000 / ((low / 2) * 0.5)))
    expect(sizing.safeRps).toBeCloseTo(low * 0.5, 6)
  })

  test('writes a page that needs no network', async () => {
    const { exitCode, stdout, stderr } = await cli('launch.json', '--format', 'html', '-o', 'out/page.html')
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: 'wrote out/page.html\n' })
    const page = await readFile(join(folder.path, 'out/page.html'), 'utf8')
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).not.toMatch(/(src|href)="?https?:/)
  })
})

describe('plimsoll report refuses, with its reason,', () => {
  const damaged = renderJson(recorded).replaceAll(
    /"(response|service)TimesUs":"[^"]+"/g,
    '"$1TimesUs":"HISTxx"',
  )
  test.each([
    [
      'a report of a version that does not exist yet',
      '{"schema":"plimsoll/report@2"}',
      'unknown-schema',
      'report@2',
    ],
    ['JSON of another kind', '[1,2]', 'unknown-schema', 'no report of plimsoll'],
    ['null', 'null', 'unknown-schema', 'no report of plimsoll'],
    ['a text that is no JSON', 'name: a scenario', 'not-json', 'not JSON'],
    [
      'a report that was copied only in part',
      '{"schema":"plimsoll/report@1","run":{"id":"a',
      'not-json',
      'after 44 characters',
    ],
    ['a report without its measurements', '{"schema":"plimsoll/report@1"}', 'damaged', 'not whole'],
    ['one whose histograms are damaged', damaged, 'damaged', 'cannot be worked with'],
  ])('%s', async (_, text, code, reason) => {
    await folder.write('odd.json', text)
    const run = await cli('odd.json')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain(`odd.json report/${code}\n`)
    expect(run.stderr).toContain(reason)
  })

  test('a file that is not there, a format that is unknown and a wrong peak, all at once', async () => {
    const run = await cli('none.json', '--format', 'pdf', '--peak', '5000')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    for (const code of ['report/unreadable', '--format usage/wrong-value', '--peak usage/wrong-value']) {
      expect(run.stderr).toContain(code)
    }
    expect(run.stderr).toContain('terminal, html, json, summary')
  })
})
