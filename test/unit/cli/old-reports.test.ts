import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMPARISON_FORMATS } from '../../../src/cli/comparison-formats.ts'
import { GATE_FORMATS } from '../../../src/cli/gate-formats.ts'
import { HISTORY_FORMATS } from '../../../src/cli/history-formats.ts'
import { REPORT_FORMATS } from '../../../src/cli/report-formats.ts'
import type { Report } from '../../../src/report/report.ts'
import { pageText } from '../../support/page-text.ts'
import { schemaErrors } from '../../support/published-schema.ts'
import { runInProcess } from '../../support/run-in-process.ts'

/* Reports that earlier versions wrote, one for each shape that plimsoll/report@1 has had. */
const OLD = 'reports/golden/old'
const files = readdirSync(OLD).map(name => join(OLD, name))
const reports = files.filter(file => file.endsWith('.json'))

/** Of a page what is read on it: scripts have words of their own. */
const wordsOf = (text: string): string => (text.startsWith('<!doctype html>') ? pageText(text) : text)

/** What a field that is not there reads like. */
const WRONG = /\bNaN\b|\bundefined\b|\[object /

/** Passed, failed, cannot tell: in each case the files were read and judged. */
const JUDGED = [0, 99, 3]

test.each(reports)('%s is what docs/report.schema.json describes', file => {
  expect(schemaErrors('report', readFileSync(file, 'utf8'))).toEqual([])
})

describe.each(files)('%s', file => {
  test.each(Object.keys(REPORT_FORMATS))('opens as %s', async format => {
    const { exitCode, stdout, stderr } = await runInProcess(['report', '--format', format, file])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(wordsOf(stdout)).not.toMatch(WRONG)
  })

  test('makes a report of the present schema', async () => {
    const { stdout } = await runInProcess(['report', '--format', 'json', file])
    expect(schemaErrors('report', stdout)).toEqual([])
  })

  test.each(Object.keys(COMPARISON_FORMATS))('compares as %s', async format => {
    const other = file.includes('first') ? 'undecided' : 'first'
    const words = ['compare', '--force', '--format', format, file, '--', `${OLD}/${other}.json`]
    const { exitCode, stdout, stderr } = await runInProcess(words)
    expect(stderr).toBe('')
    expect(JUDGED).toContain(exitCode)
    expect(wordsOf(stdout)).not.toMatch(WRONG)
  })

  test.each(Object.keys(GATE_FORMATS))('is judged by a gate as %s', async format => {
    const other = file.includes('first') ? 'undecided' : 'first'
    const words = ['gate', '--format', format, file, '--baseline', `${OLD}/${other}.json`, '--force']
    const { exitCode, stdout } = await runInProcess(words)
    expect(JUDGED).toContain(exitCode)
    expect(stdout).not.toBe('')
    expect(wordsOf(stdout)).not.toMatch(WRONG)
  })
})

describe('the history of all of them', () => {
  test.each(Object.keys(HISTORY_FORMATS))('opens as %s', async format => {
    const { exitCode, stdout, stderr } = await runInProcess(['history', '--format', format, OLD])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(wordsOf(stdout)).not.toMatch(WRONG)
  })

  test('has each report as a run; only journals are set aside', async () => {
    const { stdout } = await runInProcess(['history', '--format', 'json', OLD])
    const history = JSON.parse(stdout) as Written
    expect(history.groups.flatMap(({ runs }) => runs)).toHaveLength(reports.length)
    expect(new Set(history.setAside.map(({ is }) => is))).toEqual(new Set(['journal']))
  })
})

interface Written {
  readonly groups: readonly { readonly runs: readonly unknown[] }[]
  readonly setAside: readonly { readonly is: string }[]
}

test('what was measured then is read as it was meant: 8 slots of 75 ms in the mean carry 107/s', async () => {
  for (const name of ['first', 'undecided']) {
    const { stdout } = await runInProcess(['report', '--format', 'summary', `${OLD}/${name}.json`])
    const { knee } = (JSON.parse(stdout) as Pick<Report, 'capacity'>).capacity
    expect(knee).toMatchObject({ bound: 'measured' })
    expect(knee.low).toBeLessThan(8 / 0.075)
    expect(knee.high).toBeGreaterThan(8 / 0.075)
  }
})
