import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import hdr from 'hdr-histogram-js'
import parsePrometheusTextFormat from 'parse-prometheus-text-format'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import type { Report } from '../../src/report/report.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { FIXTURES } from '../support/report-fixture.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

const FORMATS = ['csv', 'csv-stages', 'csv-routes', 'hlog', 'hgrm', 'prometheus']

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  for (const name of ['launch', 'closed', 'empty', 'hostile']) {
    await folder.write(`${name}.json`, renderJson(FIXTURES[name]!()))
  }
})
afterAll(() => folder.remove())

const report = (...words: string[]): Promise<CliRun> =>
  runCli(['report', ...words], { cwd: folder.path, within: 60_000 })
const inFormat = async (name: string, format: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await report(`${name}.json`, '--format', format)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}
const summaryOf = async (name: string): Promise<Report> =>
  JSON.parse(await inFormat(name, 'summary')) as Report

describe('a ramp through 842/s, in the formats for data,', () => {
  test('is a row for each stage with the figures of the JSON', async () => {
    const { stages } = await summaryOf('launch')
    const rows = parse<Record<string, string>>(await inFormat('launch', 'csv-stages'), { columns: true })
    expect(rows.map(row => [row['name'], Number(row['goodRps']), Number(row['responseTimeMs.p99'])])).toEqual(
      stages.map(({ name, goodRps, responseTimeMs }) => [name, goodRps, responseTimeMs.p99]),
    )
  })

  test('is a row for each of its 90 windows, and for each of its 3 requests', async () => {
    const windows = parse<Record<string, string>>(await inFormat('launch', 'csv'), { columns: true })
    expect(windows.map(row => Number(row['fromSeconds']))).toEqual(Array.from({ length: 90 }, (_, i) => i))
    const routes = parse<Record<string, string>>(await inFormat('launch', 'csv-routes'), { columns: true })
    expect(routes.map(row => row['name'])).toEqual(['home', 'product', 'checkout'])
  })

  test('is a log with a tag for each stage', async () => {
    const log = await inFormat('launch', 'hlog')
    expect(hdr.listTags(log)).toEqual(['warm-up', 'ramp', 'recovery'])
    expect(new hdr.HistogramLogReader(log).nextIntervalHistogram()?.totalCount).toBe(50)
  })

  test('is a percentile distribution up to its slowest request', async () => {
    const { stages } = await summaryOf('launch')
    const slowestMs = Math.max(...stages.slice(1).map(({ responseTimeMs }) => responseTimeMs.max ?? 0))
    const rows = (await inFormat('launch', 'hgrm')).split('\n').filter(line => /^ *\d/.test(line))
    expect(Number(rows.at(-1)?.trim().split(/ +/)[0])).toBe(slowestMs)
  })

  test('is metrics with the knee of the JSON', async () => {
    const { capacity } = await summaryOf('launch')
    const families = parsePrometheusTextFormat(await inFormat('launch', 'prometheus'))
    const knee = families.find(({ name }) => name === 'plimsoll_knee_requests_per_second')
    expect(Number(knee?.metrics[0]?.value)).toBe(capacity.knee.rps)
  })

  test('goes into a file', async () => {
    const { exitCode, stdout } = await report(
      'launch.json',
      '--format',
      'prometheus',
      '-o',
      'out/launch.prom',
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
    const text = await readFile(join(folder.path, 'out/launch.prom'), 'utf8')
    expect(text).toMatch(/^# HELP plimsoll_run_info /)
    expect(text).toMatch(/\n$/)
  })
})

describe.each(['closed', 'empty', 'hostile'])('the %s report', name => {
  test.each(FORMATS)('is shown as %s', async format => {
    expect(await inFormat(name, format)).toMatch(/\S.*\n$/)
  })
})

test('a closed model has no response times in any format', async () => {
  expect(await inFormat('closed', 'hlog')).not.toMatch(/^Tag=/m)
  expect(await inFormat('closed', 'hgrm')).not.toMatch(/^ *\d/m)
  expect(await inFormat('closed', 'prometheus')).not.toContain('plimsoll_response_time_seconds')
  const rows = parse<Record<string, string>>(await inFormat('closed', 'csv'), { columns: true })
  expect(rows).toHaveLength(25)
  expect(new Set(rows.map(row => row['responseTimeMs.p99']))).toEqual(new Set(['']))
})

test('the formats are named where they are chosen', async () => {
  const { stdout } = await runCli(['report', '--help'])
  const { stderr } = await report('launch.json', '--format', 'pdf')
  for (const format of FORMATS) {
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(format)
    expect(stderr).toContain(format)
  }
})
