import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/compare/comparison.ts'
import type { Report } from '../../src/report/report.ts'
import { makeFolder, startLabProcess, startPlimsoll } from '../support/plimsoll-process.ts'
import type { LabProcess, WorkFolder } from '../support/plimsoll-process.ts'
import { runCli } from '../support/run-cli.ts'
import type { CliRun } from '../support/run-cli.ts'

/** Two versions of a page: 2 ms, and 20 ms, at which 40/s are four fifths of what it carries. */
let folder: WorkFolder
let fast: LabProcess
let slow: LabProcess
beforeAll(async () => {
  folder = await makeFolder()
  fast = await startLabProcess(['D1'], folder.path)
  slow = await startLabProcess(['D1', '--set', 'service=20ms'], folder.path)
  await folder.write(
    'short.yaml',
    `target: http://127.0.0.1:1
stages:
  - { rate: 40/s, for: 1s, warmup: true }
  - { rate: 40/s, for: 6s }
`,
  )
})
afterAll(async () => {
  await Promise.all([fast.stop(), slow.stop()])
  await folder.remove()
})

const run = (words: string): Promise<CliRun> =>
  runCli(words.split(' '), { cwd: folder.path, within: 170_000 })
const report = async (path: string): Promise<Report> =>
  JSON.parse(await readFile(join(folder.path, path), 'utf8')) as Report

describe('plimsoll compare --run', () => {
  test('loads both in turn with the same arrivals, and finds that a page ten times slower is worse', async () => {
    const { exitCode, stdout, stderr } = await run(
      `compare --run ${fast.url} ${slow.url} --scenario short.yaml --pairs 3 --seed 7 --reports series --format json`,
    )
    const comparison = JSON.parse(stdout) as Comparison
    expect(comparison.verdict).toBe('regressed')
    expect(exitCode).toBe(99)
    expect(comparison.design).toMatchObject({
      kind: 'paired',
      because: expect.stringContaining('made in pairs'),
    })
    expect(comparison.design.pairs).toHaveLength(3)
    expect(comparison.base.runs.map(({ target }) => target)).toEqual([fast.url, fast.url, fast.url])
    expect(comparison.candidate.runs.map(({ target }) => target)).toEqual([slow.url, slow.url, slow.url])
    expect(comparison.base.runs.map(({ seed }) => seed)).toEqual(
      comparison.candidate.runs.map(({ seed }) => seed),
    )
    expect(new Set(comparison.base.runs.map(({ seed }) => seed)).size).toBe(3)
    expect(stderr).toContain(
      `base ${fast.url}, candidate ${slow.url}: at most 3 pairs of runs, 7 s each, seed 7`,
    )
    // Runs that the machine disturbed are made again, beside their first try.
    const names = (await readdir(join(folder.path, 'series'))).filter(name => !name.includes('again'))
    expect(names.sort()).toEqual(
      ['1-base', '1-candidate', '2-base', '2-candidate', '3-base', '3-candidate'].map(name => `${name}.json`),
    )
    const starts = await Promise.all(
      ['1-base', '1-candidate', '2-candidate', '2-base', '3-candidate', '3-base'].map(
        async name => (await report(`series/${name}.json`)).run.startedAt,
      ),
    )
    expect(starts).toEqual([...starts].sort())
  })

  test('compares the pairs that are whole when it is interrupted, and says so with its exit code', async () => {
    const series = startPlimsoll(
      ['compare', '--run', fast.url, slow.url, '--scenario', 'short.yaml', '--reports', 'cut'],
      { cwd: folder.path },
    )
    await series.printed(/^pair {2}2 /m)
    series.signal('SIGINT')
    expect((await series.ended).exitCode).toBe(130)
    // One pair only: nothing is decided, but what it measured is told.
    expect(series.stdout()).toMatch(/^Cannot tell|^Inconclusive/)
    expect((await report('cut/1-base.json')).run.ended.how).toBe('completed')
  })

  test('of a target that is down says so in seconds, and what to check', async () => {
    const { exitCode, stdout, stderr } = await run(
      `compare --run http://127.0.0.1:1/ ${fast.url}/ --reports down`,
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toContain('is the server running')
  })

  test('without a scenario makes one for the knee, which any run can be repeated with', async () => {
    const series = startPlimsoll(
      ['compare', '--run', `${fast.url}/x`, `${slow.url}/x`, '--knee', '100/s', '--reports', 'made'],
      { cwd: folder.path },
    )
    await series.printed(/at most 12 pairs of runs, 53 s each/)
    const journal = join(folder.path, 'made/1-base.json.journal')
    await expect
      .poll(() =>
        stat(journal).then(
          ({ size }) => size,
          () => 0,
        ),
      )
      .toBeGreaterThan(0)
    series.signal('SIGINT')
    expect((await series.ended).exitCode).toBe(130)
    const made = await run('validate made/trial.yaml')
    expect(made.exitCode).toBe(0)
    expect(made.stdout).toContain('/x')
  })
})

describe('plimsoll aa', () => {
  test('of a target compares it with itself, and tells how far its runs scatter', async () => {
    const { exitCode, stdout } = await run(
      `aa ${slow.url} --scenario short.yaml --pairs 2 --reports aa --quiet`,
    )
    expect([0, 99]).toContain(exitCode)
    expect(stdout).toContain('against itself, 1 comparison of 2 pairs')
    expect(stdout).toMatch(/regressed +[01] +\(chance allows 0\)/)
    expect(stdout).toMatch(exitCode === 0 ? /The verdicts hold/ : /The verdicts do not hold/)
  })

  test('without one compares a server in virtual time with itself and with a slower one, always the same', async () => {
    const words = 'aa -n 3 --seed 3'
    const { exitCode, stdout, stderr } = await run(words)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('A server in virtual time against itself, 3 comparisons of 5 pairs, seed 3')
    expect(stdout).toContain('12 % more service time')
    expect((await run(words)).stdout).toBe(stdout)
  })

  test('refuses flags that mean nothing without a target', async () => {
    const { exitCode, stderr } = await run('aa --knee 400/s --low-cpu')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--knee aa/without-url')
    expect(stderr).toContain('--low-cpu aa/without-url')
  })
})
