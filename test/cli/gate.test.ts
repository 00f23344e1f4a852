import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'junit2json'
import type { TestSuites } from 'junit2json'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderJson } from '../../src/report/render-json.ts'
import { pretendedReport } from '../support/compare-fixture.ts'
import type { RunWish } from '../support/compare-fixture.ts'
import { FACTS } from '../support/fixture-result.ts'
import { makeFolder, startPlimsoll } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import { refusedReport } from '../support/report-fixture.ts'
import type { CliRun } from '../support/run-cli.ts'

/** Runs of targets that carry what is given, in the hours given: base and candidates lie ABBA AB in time. */
const RUNS: Readonly<Record<string, Partial<RunWish>>> = {
  'base/0': { capacity: 800, hour: 0 },
  'base/1': { capacity: 804, hour: 3 },
  'base/2': { capacity: 796, hour: 4 },
  same0: { capacity: 801, hour: 1 },
  same1: { capacity: 802, hour: 2 },
  same2: { capacity: 798, hour: 5 },
  worse0: { capacity: 701, hour: 1 },
  worse1: { capacity: 702, hour: 2 },
  worse2: { capacity: 698, hour: 5 },
  elsewhere: { hour: 1, run: { machine: { ...FACTS.machine, cpus: 8 } } },
}
/** Eight runs that scatter by half a percent. */
const PAST = [800, 804, 796, 802, 798, 806, 794, 800]

const LENIENT = `promises: [knee > 600/s]
margins: { knee: 50%, saturation: 50%, onset: 50%, p50: 90%, p95: 90%, p99: 90% }
baseline: [../base]
`

let folder: WorkFolder
beforeAll(async () => {
  folder = await makeFolder()
  for (const path of ['base', 'past', 'ci', 'empty', 'young']) await mkdir(join(folder.path, path))
  for (const [label, wish] of Object.entries(RUNS))
    await folder.write(`${label}.json`, renderJson(pretendedReport({ label, ...wish })))
  for (const [i, capacity] of PAST.entries()) {
    const text = renderJson(pretendedReport({ label: `past${i}`, capacity, hour: i + 6 }))
    await folder.write(`past/${i}.json`, text)
    if (i < 7) await folder.write(`young/${i}.json`, text)
  }
  await folder.write('refused.json', renderJson(refusedReport()))
  await folder.write('ci/lenient.yaml', LENIENT)
  await folder.write('ci/high.yaml', 'promises: [knee > 900/s]\n')
})
afterAll(() => folder.remove())

async function gate(words: string, env: NodeJS.ProcessEnv = {}): Promise<CliRun> {
  const process = startPlimsoll(['gate', ...words.split(' ')], { cwd: folder.path, env })
  const { exitCode } = await process.ended
  return { exitCode, stdout: process.stdout(), stderr: process.stderr() }
}
const exitOf = async (words: string): Promise<number | null> => (await gate(words)).exitCode
const told = ({ stderr }: CliRun): string[] =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('  '))
const SAME = 'same0.json same1.json same2.json'
const WORSE = 'worse0.json worse1.json worse2.json'

describe('plimsoll gate exits', () => {
  test('0 where every rule holds', async () => {
    const { exitCode, stdout, stderr } = await gate(`${SAME} --baseline base --history past`)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    // Two about each run, the comparison, and the history for each.
    expect(stdout).toMatch(/^Passed: 10 rules hold\.\n/)
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  })

  test('0 with a warning, or 3 when strict, where one run is compared with one', async () => {
    const words = 'worse0.json --baseline base/0.json'
    const lenient = await gate(words)
    expect(lenient.exitCode).toBe(0)
    expect(lenient.stdout).toMatch(/^Passed: 3 rules hold, one of them with a warning\.\n/)
    expect(lenient.stderr).toMatch(
      /^warning: no regression against the baseline: [^\n]+run-to-run variance unknown\.\n$/,
    )
    const strict = await gate(`${words} --strict`)
    expect(strict).toMatchObject({ exitCode: 3, stderr: '' })
    expect(strict.stdout).toMatch(/^Cannot tell: “no regression against the baseline” is not decided: /)
  })

  test('99 where the candidate regressed', async () => {
    const repeated = [0, 1, 2].map(n => `--baseline base/${n}.json`).join(' ')
    const { exitCode, stdout } = await gate(`${WORSE} ${repeated}`)
    expect(exitCode).toBe(99)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /^Failed: “no regression against the baseline” does not hold: regressed, knee 800\/s → 70\d\/s \(−12 %\)\./,
    )
  })

  test('99 where the policy is broken, 0 where it is kept', async () => {
    expect(await exitOf('same0.json --policy ci/high.yaml')).toBe(99)
    expect(await exitOf(`${WORSE} --policy ci/lenient.yaml`)).toBe(0)
  })

  test('99 where the knee is lower than eight runs before lead to expect; fewer warn, or are open', async () => {
    expect(await exitOf('same0.json --history past')).toBe(0)
    expect(await exitOf('worse0.json --history past')).toBe(99)
    const young = await gate('worse0.json --history young')
    expect(young.exitCode).toBe(0)
    expect(young.stderr).toContain('The history has 7 comparable runs that can be believed')
    expect(await exitOf('worse0.json --history young --strict')).toBe(3)
  })

  test('a run that lies in its own history counts there no more', async () => {
    expect((await gate('past/0.json --history past')).stderr).toContain('has 7 comparable runs')
  })

  test('3 where the run cannot be believed, whatever is asked', async () => {
    expect(await exitOf('refused.json')).toBe(3)
    expect(await exitOf(`${SAME} refused.json`)).toBe(3)
  })

  test('2 with every problem of words and files at once', async () => {
    await folder.write('ci/wrong.yaml', 'promisses: []\nmargins: { kne: 5% }\n')
    const run = await gate(
      'none.json --baseline nowhere.json --baseline empty --history nowhere --policy ci/wrong.yaml --margin knee=5 --format pdf',
    )
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(run).toSorted()).toEqual(
      [
        '--format usage/wrong-value',
        '--margin compare/wrong-margin',
        'none.json report/unreadable',
        'nowhere.json report/unreadable',
        'empty gate/empty-baseline',
        'ci/wrong.yaml:1:1 policy/unknown-key',
        'ci/wrong.yaml:2:12 policy/unknown-key',
        'nowhere history/no-folder',
      ].toSorted(),
    )
    expect(run.stderr).toContain('fix: write promises')
  })

  test('2 for a policy that is not there, a promise of a request that no run has, a run given twice', async () => {
    await folder.write('ci/typo.yaml', 'promises: [p99 of chekout < 1s]\n')
    expect(told(await gate('same0.json --policy gate.yaml'))).toEqual(['gate.yaml policy/unreadable'])
    const typo = await gate('same0.json --policy ci/typo.yaml')
    expect(told(typo)).toEqual(['ci/typo.yaml:1:12 policy/promise-request'])
    expect(typo.stderr).toContain('fix: write checkout')
    expect(told(await gate('same0.json same0.json'))).toEqual(['same0.json compare/same-run'])
  })

  test('2 where the machines differ, unless it is forced, and then with a warning', async () => {
    const refused = await gate('elsewhere.json --baseline base')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(told(refused)).toContain('elsewhere.json compare/different-cores')
    const forced = await gate('elsewhere.json --baseline base --force')
    expect(forced.exitCode).toBe(0)
    expect(forced.stderr).toContain('Compared by force: the runs differ in cores.')
  })
})

test('flags win over the policy', async () => {
  expect(await exitOf(`${WORSE} --policy ci/lenient.yaml --margin knee=5%`)).toBe(99)
  expect(await exitOf(`${WORSE} --policy ci/lenient.yaml --baseline worse0.json`)).toBe(2)
})

describe('plimsoll gate shows its rules', () => {
  test('as JUnit, Markdown and JSON', async () => {
    const words = `${WORSE} --baseline base`
    const { testsuite } = (await parse((await gate(`${words} --format junit`)).stdout)) as TestSuites
    expect(testsuite).toMatchObject([{ tests: 7, failures: 1, errors: 0 }])
    expect((await gate(`${words} --format markdown`)).stdout).toMatch(/^## ❌ Failed: “no regression/)
    expect(JSON.parse((await gate(`${words} --format json`)).stdout)).toMatchObject({
      schema: 'plimsoll/gate@1',
      verdict: 'failed',
      comparison: { verdict: 'regressed' },
    })
  })

  test('in a file, and the verdict in a line', async () => {
    expect(await gate('same0.json --format junit -o out/gate.xml')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'passed; wrote out/gate.xml\n',
    })
    expect(await readFile(join(folder.path, 'out/gate.xml'), 'utf8')).toMatch(/^<\?xml/)
    expect(told(await gate('same0.json -o base'))).toEqual(['--out gate/cannot-write'])
  })

  test('to GitHub: summary, outputs and annotations', async () => {
    const run = await gate('worse0.json --baseline base/0.json --policy ci/high.yaml', {
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: join(folder.path, 'outputs'),
      GITHUB_STEP_SUMMARY: join(folder.path, 'summary.md'),
    })
    expect(run.exitCode).toBe(99)
    expect(run.stderr.match(/^::\w+ title=.+?(?=::)/gm)).toEqual([
      '::error title=Gate failed%3A knee > 900/s',
      '::warning title=Gate warns%3A no regression against the baseline',
    ])
    expect(await readFile(join(folder.path, 'summary.md'), 'utf8')).toMatch(
      /^\n## ❌ Failed: knee &gt; 900\/s/,
    )
    expect(await readFile(join(folder.path, 'outputs'), 'utf8')).toMatch(/^verdict<<(.+)\nfailed\n\1$/m)
  })
})
