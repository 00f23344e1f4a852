import { parse } from 'csv-parse/sync'
import { mkdir, readFile, readdir, rm, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import { dailyRuns, historyReport, reportText } from '../support/history-report.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

const CACHE = 'reports/.plimsoll-history.json'
const shop = dailyRuns(40, i => (i < 20 ? 812 : 640), { name: 'shop' })
const api = dailyRuns(9, () => 1500, { name: 'api', digest: 'b'.repeat(64), seed: 2 })
const page = dailyRuns(2, () => 90, { name: 'page', digest: 'c'.repeat(64), seed: 3 })

/** Not one of them is a report that can be read. */
const ODD = {
  'reports/broken.json': reportText(historyReport()).slice(0, 3000),
  'reports/notes.json': '{"name":"notes"}',
  'reports/later.json': '{"schema":"plimsoll/report@9"}',
  'reports/cut.json.journal': '{"schema":"plimsoll/journal@1"}\n',
}

const folders: WorkFolder[] = []
let folder: WorkFolder
beforeEach(async () => {
  folder = await makeFolder()
  folders.push(folder)
  await mkdir(join(folder.path, 'reports/ci'), { recursive: true })
  const two = (i: number): string => String(i).padStart(2, '0')
  for (const [i, report] of shop.entries())
    await folder.write(`reports/shop-${two(i)}.json`, reportText(report))
  for (const [i, report] of api.entries()) await folder.write(`reports/ci/api-${i}.json`, reportText(report))
  for (const [i, report] of page.entries()) await folder.write(`reports/page-${i}.json`, reportText(report))
  for (const [name, text] of Object.entries(ODD)) await folder.write(name, text)
})
afterEach(() => folder.remove())
afterAll(() => Promise.all(folders.map(one => one.remove())))

const cli = (...words: string[]): Promise<CliRun> =>
  runCli(['history', ...words], { cwd: folder.path, within: 60_000 })
const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'utf8')
const reportsLeft = async (prefix: string): Promise<string[]> =>
  (await readdir(join(folder.path, 'reports'), { recursive: true }))
    .filter(name => name.startsWith(prefix))
    .toSorted()
/** A whole second: some file systems keep no more. */
const touch = (name: string, later = 0): Promise<void> =>
  utimes(join(folder.path, name), 1_780_000_000 + later, 1_780_000_000 + later)
const told = ({ stderr }: CliRun): string[] =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('  '))

describe('plimsoll history', () => {
  test('shows three scenarios, where one changed, and names what it could not read', async () => {
    const { exitCode, stdout, stderr } = await cli()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const words = stdout.replaceAll(/\s+/g, ' ')
    expect(words).toContain('51 runs in 3 groups of comparable runs.')
    expect(words).toContain(
      'Set aside: 1 journal of a run that was cut off (cut.json.journal), 1 report of another schema (later.json), ' +
        '1 JSON file that is no report (notes.json) and 1 damaged report (broken.json).',
    )
    expect(words).toMatch(
      /The knee fell from 8\d\d\/s to 6\d\d\/s between 2026-01-20 10:00 \(shop-19\.json\) and 2026-01-21 10:00 \(shop-20\.json\) \(−2\d %, p < 0\.0001\)\./,
    )
    expect(words).toContain('9 runs are too few to see a change; that takes 10.')
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('shows one scenario, its newest runs, in the form that is wanted', async () => {
    const { stdout } = await cli('reports', '--name', 'api', '--last', '4', '--format', 'csv')
    const rows = parse<Record<string, string>>(stdout, { columns: true })
    expect(rows.map(row => row['report'])).toEqual([5, 6, 7, 8].map(n => `ci/api-${n}.json`))
    expect(rows.map(row => Number(row['kneeRps']))).toEqual(
      api.slice(5).map(({ capacity }) => capacity.knee.rps),
    )
    const written = await cli('--format', 'html', '-o', 'out/trend.html')
    expect(written).toEqual({ exitCode: 0, stdout: '', stderr: 'wrote out/trend.html\n' })
    expect(await read('out/trend.html')).toMatch(/^<!doctype html>/)
  })

  test('of a folder without reports says so, and exits 0', async () => {
    await mkdir(join(folder.path, 'empty'))
    const { exitCode, stdout } = await cli('empty')
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout:
        'History of empty\nNo report of plimsoll in empty. Name the folder that plimsoll run writes to:\nplimsoll history FOLDER.\n',
    })
  })
})

describe('what was read is kept beside the reports', () => {
  test('and used again: a file of the same size and time is not read once more', async () => {
    await touch('reports/page-0.json')
    await cli()
    const text = await read('reports/page-0.json')
    await folder.write('reports/page-0.json', text.replaceAll('"page"', '"pegg"'))
    await touch('reports/page-0.json')
    expect((await cli('--format', 'csv')).stdout).not.toContain('pegg')
    await touch('reports/page-0.json', 1)
    expect((await cli('--format', 'csv')).stdout).toContain('pegg')
  })

  test('until it is gone', async () => {
    await cli()
    await rm(join(folder.path, 'reports/page-1.json'))
    expect((await cli('--format', 'csv')).stdout).not.toContain('page-1.json')
    expect(await read(CACHE)).not.toContain('page-1.json')
  })

  test('and is of no weight: damaged, missing or foreign, the history is the same', async () => {
    const { stdout } = await cli('--format', 'json')
    const cache = await read(CACHE)
    for (const damaged of [cache.slice(0, -200), cache.replace('shop-10', 'shop-99'), 'not JSON', '']) {
      await folder.write(CACHE, damaged)
      expect((await cli('--format', 'json')).stdout).toBe(stdout)
      expect(await read(CACHE)).toBe(cache)
    }
  })

  test('by two at once: both tell the same, and a whole file is left', async () => {
    const runs = await Promise.all([
      cli('--format', 'json'),
      cli('--format', 'json'),
      cli('--format', 'json'),
    ])
    for (const run of runs) expect(run).toEqual({ exitCode: 0, stdout: runs[0].stdout, stderr: '' })
    const [head = '', body = ''] = (await read(CACHE)).split('\n')
    expect(JSON.parse(head)).toMatchObject({ schema: 'plimsoll/history-cache@1' })
    // 51 reports, and the three other JSON files and the journal.
    expect(JSON.parse(body)).toHaveLength(55)
    const hidden = (await readdir(join(folder.path, 'reports'))).filter(name => name.startsWith('.'))
    expect(hidden).toEqual(['.plimsoll-history.json'])
  })
})

describe('plimsoll history prune', () => {
  test('with --dry-run names what would go, and deletes nothing', async () => {
    const before = await reportsLeft('')
    const { exitCode, stdout } = await cli('prune', '--keep', '5', '--dry-run')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('reports/ci/api-3.json (2026-01-04 10:00 UTC, api, knee')
    expect(stdout).toContain('would delete')
    expect((await reportsLeft('')).filter(name => !name.startsWith('.'))).toEqual(before)
  })

  test('keeps the newest of each group and those around a change, and deletes pages with their reports', async () => {
    for (const name of ['shop-00', 'shop-39', 'lonely'])
      await folder.write(`reports/${name}.html`, '<!doctype html>')
    await symlink('shop-39.json', join(folder.path, 'reports/shop-link.json'))
    const { exitCode, stdout, stderr } = await cli('prune', '--keep', '5')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    // Of 40: the 10 around the change at 20, and the last 5. Of 9 the last 5, of 2 both.
    const kept = [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 35, 36, 37, 38, 39].map(n => `shop-${n}.json`)
    expect(await reportsLeft('shop')).toEqual([...kept, 'shop-39.html', 'shop-link.json'].toSorted())
    expect(await reportsLeft('ci/')).toEqual([4, 5, 6, 7, 8].map(n => `ci/api-${n}.json`))
    expect(await reportsLeft('page')).toHaveLength(2)
    expect(await reportsLeft('lonely')).toHaveLength(1)
    for (const [name, text] of Object.entries(ODD)) expect(await read(name)).toBe(text)
    expect(stdout).toContain('reports/shop-00.json and its page (')
    expect(stdout.match(/^reports\//gm)).toHaveLength(29)
    expect(stdout).toMatch(
      /^deleted 29 reports and 1 page; 22 runs kept, 10 of them because a change is near$/m,
    )
    expect((await cli()).stdout.replaceAll(/\s+/g, ' ')).toContain('2026-01-21 10:00 (shop-20.json)')
  })

  test('by age, of one scenario', async () => {
    await folder.write(
      'reports/young.json',
      reportText(
        historyReport({ id: 'y', name: 'page', digest: 'c'.repeat(64), startedAt: new Date().toISOString() }),
      ),
    )
    const { stdout } = await cli('prune', '--older-than', '1d', '--name', 'page')
    expect(stdout).toContain('deleted 2 reports; 1 run kept')
    expect(await reportsLeft('page')).toEqual([])
    expect(await reportsLeft('young')).toHaveLength(1)
    expect(await reportsLeft('shop')).toHaveLength(40)
  })

  test('looks at each file once more: one that became something else since it was last read stays', async () => {
    await touch('reports/page-0.json')
    await cli()
    const bytes = Buffer.byteLength(await read('reports/page-0.json'))
    await folder.write('reports/page-0.json', '{}'.padEnd(bytes))
    await touch('reports/page-0.json')
    const { exitCode, stderr } = await cli('prune', '--keep', '1', '--name', 'page')
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'reports/page-0.json has changed meanwhile and is kept\n',
    })
    expect(await reportsLeft('page-0')).toEqual(['page-0.json'])
  })
})

describe('plimsoll history refuses, with its reason,', () => {
  test('what is no folder, an unknown scenario, wrong values and flags of the other half, all at once', async () => {
    expect(told(await cli('nowhere', '--last', '0', '--keep', '3', '--format', 'pdf'))).toEqual([
      '--format usage/wrong-value',
      '--last usage/wrong-value',
      '--keep history/only-with-prune',
      'nowhere history/no-folder',
    ])
    expect(told(await cli('reports/shop-00.json'))).toEqual(['reports/shop-00.json history/no-folder'])
    const near = await cli('--name', 'shup')
    expect(near).toMatchObject({ exitCode: 2, stdout: '' })
    expect(near.stderr).toContain('did you mean "shop"?')
    expect(told(await cli('a', 'b', 'c'))).toContain('plimsoll history usage/extra-operand')
  })

  test('to prune without a rule, or by one that is no age, and deletes nothing', async () => {
    expect(told(await cli('prune'))).toEqual(['plimsoll history prune history/prune-without-rule'])
    expect(told(await cli('prune', '--older-than', '90', '--last', '2'))).toEqual([
      '--older-than usage/wrong-value',
      '--last history/not-with-prune',
    ])
    expect(await reportsLeft('shop')).toHaveLength(40)
  })

  test('to write where a folder stands', async () => {
    const run = await cli('-o', 'reports')
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run)).toEqual(['--out history/cannot-write'])
  })
})
