import { expect, test } from 'vitest'
import { rulesOf } from '../../../src/report/named-rules.ts'
import type { Report } from '../../../src/report/report.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { emptyReport, launchReport, untouchedReport, untrustedReport } from '../../support/report-fixture.ts'

const heldOf = (report: Report): Readonly<Record<string, boolean | null>> =>
  Object.fromEntries(rulesOf(viewReport(report)).map(({ name, held }) => [name, held]))

test('a report has a rule for each promise, after the two about the run', () => {
  expect(heldOf(launchReport())).toEqual({
    'the run can be believed': true,
    'the run decides': true,
    'p99 < 300ms up to 800/s': true,
    'errors < 0.1% up to 800/s': null,
    'knee > 900/s': false,
  })
})

test('where every promise held, so did all rules', () => {
  expect(Object.values(heldOf(untouchedReport()))).toEqual([true, true, true])
})

test('a run that cannot be believed does not decide either', () => {
  expect(heldOf(untrustedReport())).toMatchObject({
    'the run can be believed': null,
    'the run decides': null,
  })
})

test('a run that is believed and does not decide is no passed one, even without a promise', () => {
  const report: Report = {
    ...untouchedReport(),
    verdict: 'inconclusive',
    because: 'the load generator gave out before the target did',
    promises: [],
  }
  expect(heldOf(report)).toEqual({ 'the run can be believed': true, 'the run decides': null })
})

test('a run that was cut short does not decide, and says how it ended', () => {
  const { ended } = emptyReport().run
  const whole = untouchedReport()
  const rules = rulesOf(viewReport({ ...whole, run: { ...whole.run, ended } }))
  const decides = rules.find(({ name }) => name === 'the run decides')
  expect(decides).toMatchObject({ held: null, because: expect.stringContaining('Interrupted by SIGINT') })
})
