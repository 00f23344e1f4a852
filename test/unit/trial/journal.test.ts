import { describe, expect, test } from 'vitest'
import type { Result } from '../../../src/result/result.ts'
import { journalHeader, journalLine, readJournal } from '../../../src/trial/journal.ts'
import { launchReport } from '../../support/report-fixture.ts'

const { result }: { readonly result: Result } = launchReport()
const { endedAt: _endedAt, ...begun } = result.run
const startedAt = '2026-01-31T09:30:00.000Z'
const header = journalHeader(result.plan, { ...begun, startedAt })
const lines = result.windows.map(journalLine)

const rebuilt = (text: string): Result => {
  const read = readJournal(text, 'run.journal')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const placeOf = (text: string): unknown => {
  const read = readJournal(text, 'run.journal')
  return read.ok ? undefined : read.problems.map(({ code, at }) => ({ code, at }))
}

describe('the journal of a run', () => {
  test('gives back every window as it was measured, and the plan', () => {
    const { plan, windows, run, schema } = rebuilt(header + lines.join(''))
    expect({ plan, windows, schema }).toEqual({
      plan: result.plan,
      windows: result.windows,
      schema: 'plimsoll/result@1',
    })
    expect(run).toMatchObject({ id: begun.id, scenario: begun.scenario, workers: begun.workers })
  })

  test('ends with its last window: three windows of 1 s from 09:30:00 end at 09:30:03', () => {
    const { ended, run } = rebuilt(header + lines.slice(0, 3).join(''))
    expect(ended).toEqual({ how: 'stopped', reason: 'the run was cut off', failure: 'cut-off', at: 3e9 })
    expect(run).toMatchObject({ startedAt, endedAt: '2026-01-31T09:30:03.000Z' })
  })

  test('may be cut anywhere in its last line, which then is left out', () => {
    const whole = header + lines[0]!
    for (const cut of [1, 10, lines[1]!.length - 1]) {
      expect(rebuilt(whole + lines[1]!.slice(0, cut)).windows).toEqual(result.windows.slice(0, 1))
    }
    expect(rebuilt(whole + lines[1]!).windows).toEqual(result.windows.slice(0, 2))
  })

  test('without a window is a run that measured nothing', () => {
    expect(rebuilt(header)).toMatchObject({ windows: [], ended: { at: 0 }, samples: [] })
  })

  test('with a broken line in the middle is refused, with the number of the line', () => {
    const broken = header + lines[0]! + '{"stage":0,\n' + lines[2]!
    expect(placeOf(broken)).toEqual([{ code: 'journal/unreadable', at: { file: 'run.journal', line: 3 } }])
  })

  test('without its header is refused at its first line', () => {
    const at = [{ code: 'journal/unreadable', at: { file: 'run.journal', line: 1 } }]
    for (const text of ['', header.slice(0, -1), lines[0]!, '{"schema":"plimsoll/journal@2"}\n', 'null\n']) {
      expect(placeOf(text)).toEqual(at)
    }
  })
})
