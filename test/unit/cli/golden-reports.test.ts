import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { REPORT_FORMATS } from '../../../src/cli/report-formats.ts'
import type { Report } from '../../../src/report/report.ts'
import { GOLDEN_DEPLOYS } from '../../golden/golden-deploys.ts'
import { GOLDEN_TRIALS } from '../../golden/golden-trials.ts'
import type { GoldenReport } from '../../golden/golden-trials.ts'
import { NEUTRAL_MACHINE, NEUTRAL_PORT } from '../../golden/neutral-report.ts'
import { pageText } from '../../support/page-text.ts'
import { schemaErrors } from '../../support/published-schema.ts'
import { runInProcess } from '../../support/run-in-process.ts'

/* Reports of real runs and of runs in virtual time, and what is made of them. Paths are those from the repository, in which tests run. */
const GOLDEN = 'reports/golden'
const ALL: readonly GoldenReport[] = [...GOLDEN_TRIALS, ...GOLDEN_DEPLOYS]
const ACCEPT =
  'if that is meant: npx vitest run --project unit test/unit/cli/golden-reports.test.ts -u, then read git diff reports/golden'

/** In a journal it stands before anything was connected, as a URL. */
const NEUTRAL_ADDRESS = new RegExp(`^(?:http://)?127\\.0\\.0\\.1:${NEUTRAL_PORT}$`)

/** One way of showing something: the file that it is kept in, and how it is made. */
interface Rendering {
  readonly file: string
  readonly format: string
  readonly columns?: number
  /** What of it is kept; absent: all. */
  readonly kept?: (text: string) => string
}

const TERMINAL: readonly Rendering[] = [
  { file: 'terminal-80.txt', format: 'terminal', columns: 80 },
  { file: 'terminal-200.txt', format: 'terminal', columns: 200 },
]
const PAGE: Rendering = { file: 'page.txt', format: 'html', kept: pageText }
const MARKDOWN: Rendering = { file: 'report.md', format: 'markdown' }

const OF_A_REPORT: readonly Rendering[] = [
  ...TERMINAL,
  MARKDOWN,
  PAGE,
  { file: 'summary.json', format: 'summary' },
  { file: 'junit.xml', format: 'junit' },
  { file: 'windows.csv', format: 'csv' },
  { file: 'stages.csv', format: 'csv-stages' },
  { file: 'routes.csv', format: 'csv-routes' },
  { file: 'k6.json', format: 'k6' },
  { file: 'metrics.prom', format: 'prometheus' },
  { file: 'times.hgrm', format: 'hgrm' },
]
/** `json` is the report itself beside its summary, `hlog` the histograms of its windows as they stand in it. */
const NOT_KEPT = ['json', 'hlog']

const OF_A_COMPARISON = [...TERMINAL, MARKDOWN, PAGE, { file: 'comparison.json', format: 'json' }]
const OF_A_GATE = [
  ...TERMINAL,
  MARKDOWN,
  { file: 'gate.json', format: 'json' },
  { file: 'junit.xml', format: 'junit' },
]
const OF_A_HISTORY = [
  ...TERMINAL,
  MARKDOWN,
  PAGE,
  { file: 'history.json', format: 'json' },
  { file: 'runs.csv', format: 'csv' },
]

const fileOf = ({ name, folder = '', signal }: GoldenReport): string =>
  join(GOLDEN, folder, `${name}.json${signal?.name === 'SIGKILL' ? '.journal' : ''}`)

const deploys = (version: string): string[] =>
  [1, 2, 3].map(run => `${GOLDEN}/deploys/${version}-${run}.json`)

interface Shown {
  readonly words: readonly string[]
  readonly renderings: readonly Rendering[]
  readonly exitCode: number
}

/** Each folder of renderings, and the command that makes them. */
const SHOWN: Readonly<Record<string, Shown>> = {
  ...Object.fromEntries(
    GOLDEN_TRIALS.map(trial => [
      trial.name,
      { words: ['report', fileOf(trial)], renderings: OF_A_REPORT, exitCode: 0 },
    ]),
  ),
  equivalent: {
    words: ['compare', ...deploys('base'), '--', ...deploys('same')],
    renderings: OF_A_COMPARISON,
    exitCode: 0,
  },
  regressed: {
    words: ['compare', ...deploys('base'), '--', ...deploys('slow')],
    renderings: OF_A_COMPARISON,
    exitCode: 99,
  },
  gate: {
    words: ['gate', ...deploys('slow'), ...deploys('base').flatMap(path => ['--baseline', path])],
    renderings: OF_A_GATE,
    exitCode: 99,
  },
  history: { words: ['history', `${GOLDEN}/deploys`], renderings: OF_A_HISTORY, exitCode: 0 },
}

const withFormat = (words: readonly string[], format: string): string[] => {
  const [command = '', ...rest] = words
  return [command, '--format', format, ...rest]
}

describe.each(Object.entries(SHOWN))('%s', (name, { words, renderings, exitCode }) => {
  test.each(renderings)('reads as in $file', async ({ file, format, columns, kept = text => text }) => {
    const run = await runInProcess(withFormat(words, format), columns)
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode, stderr: '' })
    await expect(kept(run.stdout)).toMatchFileSnapshot(
      join(process.cwd(), GOLDEN, name, file),
      `${name}/${file}; ${ACCEPT}`,
    )
  })
})

test('every format of a report is kept, or is said not to be', () => {
  const formats = new Set([...OF_A_REPORT.map(({ format }) => format), ...NOT_KEPT])
  expect([...formats].toSorted()).toEqual(Object.keys(REPORT_FORMATS).toSorted())
})

test('nothing is kept that nothing is made of', () => {
  const known = [
    ...Object.entries(SHOWN).flatMap(([name, { renderings }]) =>
      renderings.map(({ file }) => join(name, file)),
    ),
    ...ALL.map(trial => fileOf(trial).slice(GOLDEN.length + 1)),
    'README.md',
  ]
  const kept = readdirSync(GOLDEN, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(GOLDEN.length + 1))
    .filter(path => !path.startsWith('old/'))
  expect(kept.toSorted()).toEqual(known.toSorted())
})

describe.each(ALL)('the report $name', trial => {
  const text = readFileSync(fileOf(trial), 'utf8')
  const isJournal = trial.signal?.name === 'SIGKILL'

  test(`shows ${trial.shows}`, () => {
    const report = isJournal ? undefined : (JSON.parse(text) as Report)
    expect(report === undefined || trial.isShown === undefined || trial.isShown(report)).toBe(true)
  })

  test('is what docs/report.schema.json describes', () => {
    expect(isJournal ? [] : schemaErrors('report', text)).toEqual([])
  })

  test('is small, and says nothing of where and when it was made', () => {
    expect(statSync(fileOf(trial)).size).toBeLessThan(300_000)
    const { run } = JSON.parse(isJournal ? text.split('\n', 1)[0]! : text) as Pick<Report, 'run'>
    expect(run).toMatchObject({
      id: `golden-${trial.name}`,
      machine: NEUTRAL_MACHINE,
      connectedTo: expect.stringMatching(NEUTRAL_ADDRESS),
    })
    expect(run.startedAt).toMatch(/^2026-01-05T/)
    const ports = [...text.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port))
    expect(new Set(ports)).toEqual(new Set([NEUTRAL_PORT]))
  })
})
