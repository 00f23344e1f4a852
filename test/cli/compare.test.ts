import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/compare/comparison.ts'
import { renderJson } from '../../src/report/render-json.ts'
import { pretendedReport } from '../support/compare-fixture.ts'
import type { RunWish } from '../support/compare-fixture.ts'
import { FACTS } from '../support/fixture-result.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

/** Runs of targets that carry what is given, in the hours given: base and candidates lie ABBA AB in time. */
const RUNS: Readonly<Record<string, Partial<RunWish>>> = {
  base0: { capacity: 800, hour: 0 },
  base1: { capacity: 804, hour: 3 },
  base2: { capacity: 796, hour: 4 },
  same0: { capacity: 801, hour: 1 },
  same1: { capacity: 802, hour: 2 },
  same2: { capacity: 798, hour: 5 },
  worse0: { capacity: 701, hour: 1 },
  worse1: { capacity: 702, hour: 2 },
  worse2: { capacity: 698, hour: 5 },
  elsewhere: { hour: 1, run: { machine: { ...FACTS.machine, cpus: 8, node: '22.1.0' } } },
}

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  for (const [label, wish] of Object.entries(RUNS))
    await folder.write(`${label}.json`, renderJson(pretendedReport({ label, ...wish })))
})
afterAll(() => folder.remove())

const compare = (words: string): Promise<CliRun> =>
  runCli(['compare', ...words.split(' ')], { cwd: folder.path, within: 60_000 })
const BASE = 'base0.json base1.json base2.json'
const SAME = 'same0.json same1.json same2.json'
const WORSE = 'worse0.json worse1.json worse2.json'

describe('plimsoll compare', () => {
  test('of runs that carry the same exits 0', async () => {
    const { exitCode, stdout, stderr } = await compare(`${BASE} -- ${SAME}`)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^Equivalent: the knee is/)
    expect(stdout).toContain('Paired because the runs were interleaved in time')
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('of runs that carry an eighth less exits 99, and the other way round 0', async () => {
    const there = await compare(`${BASE} -- ${WORSE}`)
    expect(there.exitCode).toBe(99)
    expect(there.stdout).toMatch(/^Regressed: the knee is 12 % lower/)
    const back = await compare(`${WORSE} -- ${BASE}`)
    expect(back.exitCode).toBe(0)
    // 800/700 − 1.
    expect(back.stdout).toMatch(/^Improved: the knee is 14 % higher/)
  })

  test('of one run on each side exits 3: run-to-run variance is unknown', async () => {
    const { exitCode, stdout } = await compare('base0.json -- worse0.json')
    expect(exitCode).toBe(3)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('run-to-run variance unknown')
  })

  test('gives every number as JSON', async () => {
    const { stdout } = await compare(`--format json --confidence 90% ${BASE} -- ${WORSE}`)
    const comparison = JSON.parse(stdout) as Comparison
    expect(comparison).toMatchObject({
      schema: 'plimsoll/comparison@1',
      verdict: 'regressed',
      primary: 'knee',
    })
    expect(comparison.confidence).toBeCloseTo(0.9, 12)
    expect(comparison.metrics.find(({ id }) => id === 'knee')?.change).toBeCloseTo(Math.log(800 / 700), 2)
  })

  test('judges against the margins given', async () => {
    const margins = ['knee', 'saturation', 'onset', 'p50', 'p95', 'p99'].map(name => `--margin ${name}=90%`)
    const { exitCode, stdout } = await compare(`${margins.join(' ')} ${BASE} -- ${WORSE}`)
    expect(exitCode).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('within the margin of 90 %')
  })

  test('writes a page that needs no network, and a comment', async () => {
    const page = await compare(`--format html -o out/page.html ${BASE} -- ${WORSE}`)
    expect(page).toMatchObject({ exitCode: 99, stdout: '', stderr: 'regressed; wrote out/page.html\n' })
    const html = await readFile(join(folder.path, 'out/page.html'), 'utf8')
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).not.toMatch(/(src|href)="?https?:/)
    const comment = await compare(`--format markdown ${BASE} -- ${SAME}`)
    expect(comment.stdout).toMatch(/^## ✅ Equivalent: storefront launch\n/)
  })
})

describe('plimsoll compare refuses, with every reason,', () => {
  test('runs from different machines, unless it is forced', async () => {
    const refused = await compare(`${BASE} -- elsewhere.json`)
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('compare/different-cores\n')
    expect(refused.stderr).toContain('2 in base0.json, base1.json, base2.json; 8 in elsewhere.json')
    expect(refused.stderr).toContain('compare/different-node-version\n')
    const forced = await compare(`--force ${BASE} -- elsewhere.json`)
    expect(forced.exitCode).toBe(3)
    expect(forced.stdout).toContain('Not the same in all runs (--force)')
  })

  test('what is missing, unreadable or wrong, all at once', async () => {
    const words =
      '--margin kne=5% --margin p95=5 --confidence 2 --format pdf base0.json -- none.json --paired'
    const { exitCode, stdout, stderr } = await compare(words)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    for (const code of [
      'compare/unknown-margin',
      'write knee',
      'compare/wrong-margin',
      '--confidence usage/wrong-value',
      '--format usage/wrong-value',
      'none.json report/unreadable',
      '--paired usage/flag-behind-dashes',
    ])
      expect(stderr).toContain(code)
  })

  test('one side alone', async () => {
    const { exitCode, stderr } = await compare('base0.json same0.json')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('usage/missing-operand')
    expect(stderr).toContain('<candidate.json>... after --')
    expect(stderr).toContain('fix: write plimsoll compare <baseline.json>... -- <candidate.json>...;')
  })

  test('a run that is given twice', async () => {
    const { exitCode, stderr } = await compare('base0.json -- base0.json')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('compare/same-run')
  })
})

describe('plimsoll compare --run refuses, before anything is sent,', () => {
  const A = 'http://127.0.0.1:1/shop'

  test('words that are not two URLs of the same page, and flags that mean nothing then', async () => {
    const { exitCode, stdout, stderr } = await compare(
      `--run --paired --pairs 1 --knee 5 base0.json ${A} http://127.0.0.1:1/`,
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    for (const part of [
      'base0.json series/no-url',
      '--run compare/not-two',
      '3 are given',
      '--paired compare/paired-anyway',
      '--pairs usage/wrong-value',
      '--knee usage/wrong-value',
    ])
      expect(stderr).toContain(part)
    const paths = await compare(`--run ${A} http://127.0.0.1:1/`)
    expect(paths.exitCode).toBe(2)
    expect(paths.stderr).toContain('--run series/other-path')
  })

  test('a host that is not this machine, unless it is named', async () => {
    const { exitCode, stderr } = await compare(`--run ${A} http://shop.example/shop`)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--allow-host shop.example')
  })

  test('a scenario with problems, at its line', async () => {
    await folder.write('wrong.yaml', 'target: http://127.0.0.1:1\nstages:\n  - { rate: 5, for: 1s }\n')
    const { exitCode, stderr } = await compare(`--run --scenario wrong.yaml ${A} ${A}`)
    expect(exitCode).toBe(2)
    expect(stderr.match(/wrong\.yaml:3/g)).toHaveLength(1)
  })

  test('its flags beside reports', async () => {
    const { exitCode, stderr } = await compare(`--pairs 5 --low-cpu ${BASE} -- ${SAME}`)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--pairs compare/without-run')
    expect(stderr).toContain('--low-cpu compare/without-run')
  })
})
