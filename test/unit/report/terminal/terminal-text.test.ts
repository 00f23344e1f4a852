import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderGateTerminal } from '../../../../src/gate/render-gate-terminal.ts'
import { viewGate } from '../../../../src/gate/view-gate.ts'
import { judgeGate } from '../../../../src/gate/judge-gate.ts'
import { historyOf, runsOf } from '../../../../src/history/history.ts'
import { rowOf } from '../../../../src/history/row-of.ts'
import { renderHistory } from '../../../../src/history/terminal/render-history.ts'
import { viewHistory } from '../../../../src/history/view/view-history.ts'
import { renderComparisonTerminal } from '../../../../src/report/compare/render-comparison-terminal.ts'
import { viewComparison } from '../../../../src/report/compare/view-comparison.ts'
import { renderTerminal } from '../../../../src/report/terminal/render-terminal.ts'
import { terminalText } from '../../../../src/report/terminal/terminal-text.ts'
import { textWidth } from '../../../../src/report/terminal/text-width.ts'
import { viewReport } from '../../../../src/report/view/view-report.ts'
import {
  candidateOf,
  comparisonOf,
  historyOf as expecting,
  questionOf,
  tooFew,
} from '../../../support/gate-fixture.ts'
import { dailyRuns } from '../../../support/history-report.ts'
import { reportOfNames } from '../hostile-report.ts'
import { commandOf, commandsOf } from './runner-commands.ts'

test('the runner would carry these out', () => {
  expect(commandOf('  ::error file=a::b')).toBe('error file=a')
  expect(commandOf(':\u200b:error\u00ad::b')).toBe('error')
  expect(commandOf('a name ##[add-mask]b')).toBe('add-mask')
  expect(commandOf('##vso[task.setvariable]b')).toBe('task.setvariable')
})

test.each([
  ['::error::x', '∶:error::x'],
  ['    ::add-mask::x', '    ∶:add-mask::x'],
  ['a ##[error]x', 'a ♯#[error]x'],
  ['##vso[task.complete]x', '♯#vso[task.complete]x'],
  ['###[error]', '#♯#[error]'],
])('%j becomes %j: another sign that looks like it', (line, printed) => {
  expect(terminalText([line])).toBe(`${printed}\n`)
})

test.each(['knee > 900/s: 842/s', 'a::b', '[::1]:8080', '## heading', 'issue #12 [a]', ''])(
  '%j stays',
  line => {
    expect(terminalText([line])).toBe(`${line}\n`)
  },
)

test('no line is a command whatever stands in it, and none is wider for it', () => {
  const part = oneof(
    constantFrom(...Array.from(':#[]\u200b\u00ad\u2060\u001b \u3000\ufeff'), 'error', 'vso'),
    string(),
  )
  assert(
    property(array(part, { maxLength: 12 }), parts => {
      const line = parts.join('').replaceAll('\n', ' ')
      const printed = terminalText([line])
      expect(commandsOf(printed)).toEqual([])
      expect(textWidth(printed)).toBe(textWidth(`${line}\n`))
    }),
    { numRuns: 3000 },
  )
})

/** So long that it is cut on any terminal, and a command begins wherever it is cut. */
const LONG = '::error::x'.repeat(40)

describe.each(['::error::x', '##[add-mask]x', `${LONG} ##[error]x`])('names of %j', name => {
  const report = reportOfNames(name)
  const runs = dailyRuns(12, () => 100, { name, host: name })

  test.each([40, 80, 200])(
    'are no command at %i columns, in a report, a comparison, a gate or a history',
    columns => {
      const layout = { columns, colour: false }
      const compared = comparisonOf([800, 804, 796], [701, 702, 698])
      const side = {
        ...compared.base,
        runs: compared.base.runs.map(run => ({ ...run, label: name, name, target: name })),
      }
      const gate = judgeGate(
        questionOf({
          candidates: [candidateOf(report, name), candidateOf(report, `${name}2`)],
          comparison: { ...compared, base: side },
          history: { ...expecting(tooFew, tooFew), folder: name },
        }),
      )
      const history = historyOf({
        folder: name,
        runs: runsOf(runs.map((run, i) => ({ file: `${name}${i}.json`, row: rowOf(run)! }))),
        setAside: [{ file: name, is: 'damaged' }],
        isWhole: true,
      })
      const texts = [
        renderTerminal(viewReport(report), layout),
        renderComparisonTerminal(viewComparison({ ...compared, base: side }), layout),
        renderGateTerminal(viewGate(gate), layout),
        renderHistory(viewHistory(history), layout),
      ]
      for (const text of texts) {
        expect(text).toMatch(/∶:error|♯#\[/)
        expect(commandsOf(text)).toEqual([])
        expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(columns)
      }
    },
  )
})
