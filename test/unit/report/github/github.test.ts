import { array, assert, constantFrom, dictionary, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { annotations } from '../../../../src/report/github/annotations.ts'
import { outputLines, stepOutputs } from '../../../../src/report/github/step-outputs.ts'
import { workflowCommand } from '../../../../src/report/github/workflow-command.ts'
import { viewReport } from '../../../../src/report/view/view-report.ts'
import {
  launchReport,
  pageReport,
  untouchedReport,
  untrustedReport,
} from '../../../support/report-fixture.ts'

const nasty = constantFrom('%', '%0A', '\n', '\r', '::', ':', ',', '::error::x', '=', '<<EOF', 'EOF', '%25')
const texts = array(oneof(nasty, string()), { maxLength: 8 }).map(parts => parts.join(''))

/** As the runner takes a line apart (actions/runner, `ActionCommand.TryParseV2`). */
function readCommand(line: string): { kind: string; title: string; message: string } {
  const [, kind = '', title = '', message = ''] = /^::(\w+) title=([^:,\n]*)::(.*)$/.exec(line) ?? []
  const unescape = (text: string): string =>
    [
      ['%2C', ','],
      ['%3A', ':'],
      ['%0A', '\n'],
      ['%0D', '\r'],
      ['%25', '%'],
    ].reduce((sofar, [code, character]) => sofar.replaceAll(code!, character!), text)
  return { kind, title: unescape(title), message: unescape(message) }
}

describe('a workflow command', () => {
  test('escapes as GitHub documents it', () => {
    expect(workflowCommand('error', 'a: b, 5 %', 'c: d\ne, 5 %')).toBe(
      '::error title=a%3A b%2C 5 %25::c: d%0Ae, 5 %25\n',
    )
  })

  test('is one line, and says what was said, whatever that is', () => {
    assert(
      property(texts, texts, (title, message) => {
        const line = workflowCommand('warning', title, message)
        expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1)
        expect(readCommand(line.slice(0, -1))).toEqual({ kind: 'warning', title, message })
      }),
    )
  })
})

describe('annotations', () => {
  test('are an error for each broken promise, and none for what held or is undecided', () => {
    expect(annotations(viewReport(launchReport()))).toBe(
      '::error title=Promise broken%3A knee > 900/s::842/s (826/s to 858/s). Even its upper end is below 900/s.\n',
    )
    expect(annotations(viewReport(untouchedReport()))).toBe('')
  })

  test('warn of a run that cannot be believed, with the reason', () => {
    expect(annotations(viewReport(untrustedReport()))).toBe(
      '::warning title=These numbers cannot be believed.::The load generator was the limit in 22 of 30 windows%3A'.replace(
        '%3A',
        ':',
      ) + ' its event loop was busy 100 %25 of the time.\n',
    )
  })

  test('warn of a run that can be believed and does not decide', () => {
    const report = {
      ...untouchedReport(),
      verdict: 'inconclusive' as const,
      because: 'the run was interrupted',
    }
    expect(annotations(viewReport(report))).toBe(
      '::warning title=This run does not decide::the run was interrupted.\n',
    )
  })

  test('are ten at most; the last one names those that did not fit', () => {
    const [broken] = viewReport(pageReport()).promises
    const view = {
      ...viewReport(pageReport()),
      promises: Array.from({ length: 12 }, (_, index) => ({ ...broken!, text: `promise ${index + 1}` })),
    }
    const lines = annotations(view).trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[8]).toContain('promise 9')
    expect(lines[9]).toBe('::error title=3 more promises broken::promise 10; promise 11; promise 12')
  })
})

describe('outputs of the step', () => {
  test('are plain numbers, and empty where there is none', () => {
    expect(stepOutputs(launchReport(), { report: 'reports/a.json', page: 'a.html' })).toEqual({
      verdict: 'failed',
      trusted: 'true',
      knee: '842',
      'knee-low': '826',
      'knee-high': '858',
      'knee-bound': 'measured',
      'limited-by': 'throughput',
      'onset-502': '851',
      'onset-503': '',
      'onset-504': '',
      'onset-any': '851',
      report: 'reports/a.json',
      page: 'a.html',
    })
  })

  test('have no rate where the run cannot be believed', () => {
    expect(stepOutputs(untrustedReport(), {})).toMatchObject({
      verdict: 'inconclusive',
      trusted: 'false',
      knee: '',
      'knee-low': '',
      'knee-bound': 'none',
      report: '',
    })
  })

  test('have no onset for a status that came at no particular rate', () => {
    expect(stepOutputs(pageReport(), {})['onset-502']).toBe('')
  })

  test('come back as they were, whatever lines they have', () => {
    assert(
      property(
        dictionary(
          string({ minLength: 1 }).filter(name => !/[\n\r<]/.test(name)),
          texts,
        ),
        values => {
          const lines = outputLines(values, 'plimsoll-5d7c')
          expect(Object.fromEntries(readOutputs(lines))).toEqual(values)
        },
      ),
    )
  })
})

/** As the runner reads the file: `name<<delimiter`, lines, `delimiter`. */
function readOutputs(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n')
  const found: [string, string][] = []
  while (lines.length > 1) {
    const [, name = '', delimiter = ''] = /^(.+?)<<(.+)$/.exec(lines.shift()!) ?? []
    const end = lines.indexOf(delimiter)
    found.push([name, lines.splice(0, end).join('\n')])
    lines.shift()
  }
  return found
}
