import { expect, test } from 'vitest'
import { expectKnee } from '../../../src/gate/expect-knee.ts'
import type { NextKnee } from '../../../src/history/expect-next.ts'
import { runsOf } from '../../../src/history/history.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import type { Report } from '../../../src/report/report.ts'
import { dailyRuns, day, historyReport } from '../../support/history-report.ts'

const row = (report: Report) => rowOf(report)!
const ask = (candidate: Report, stored: readonly Report[], asking: readonly string[] = []): NextKnee =>
  expectKnee(row(candidate), runsOf(stored.map((report, i) => ({ file: `${i}.json`, row: row(report) }))), [
    candidate.run.id,
    ...asking,
  ])

const eight = dailyRuns(8, () => 800)
const candidate = historyReport({ id: 'new', startedAt: day(100), kneeRps: 10 })

test('eight comparable runs say what one more is expected to find', () => {
  const next = ask(candidate, eight)
  expect(next).toMatchObject({ is: 'expected', runs: 8 })
  if (next.is !== 'expected') return
  // x̄ ± t(0.975, 7)·s·√(1 + 1/8) on the logarithm; t = 2.3646.
  const logs = eight.map(({ capacity }) => Math.log(capacity.knee.rps!))
  const mean = logs.reduce((sum, log) => sum + log) / 8
  const s = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 7)
  expect(Math.log(next.low)).toBeCloseTo(mean - 2.3646 * s * Math.sqrt(1 + 1 / 8), 4)
})

test('a run that lies in the folder already says nothing of itself', () => {
  expect(ask(candidate, [...eight, candidate])).toEqual(ask(candidate, eight))
  expect(ask(eight[7]!, eight)).toEqual({ is: 'too-few', runs: 7, needed: 8 })
})

test('nor does another candidate, or a run that went on from one', () => {
  const other = historyReport({ id: 'other', startedAt: day(101) })
  const further = historyReport({
    id: 'further',
    startedAt: day(102),
    resumedFrom: [{ id: 'new', startedAt: day(100), loadSeconds: 5 }] as never,
  })
  expect(ask(candidate, [...eight, other, further], ['other'])).toEqual(ask(candidate, eight))
})

test.each([
  ['another scenario', { digest: 'b'.repeat(64) }],
  ['other settings', { flags: ['--set', 'stages.0.rate=5/s'] }],
  ['another host', { host: 'shop.test' }],
  ['another machine', { cpus: 8 }],
  ['a run that is not believed', { trusted: false }],
  ['a knee that is only a bound', { bound: 'at-least' }],
] as const)('%s does not count', (_, run) => {
  const stored = dailyRuns(8, () => 800, run)
  expect(ask(candidate, stored)).toEqual({ is: 'too-few', runs: 0, needed: 8 })
})

test('another port of this machine and another seed do not matter', () => {
  expect(ask(historyReport({ id: 'new', port: 9999, flags: ['--seed', '7'] }), eight)).toEqual(
    ask(candidate, eight),
  )
})

test('after a change only what came since counts', () => {
  expect(
    ask(
      candidate,
      dailyRuns(40, i => (i < 20 ? 812 : 640)),
    ),
  ).toMatchObject({ runs: 20 })
  expect(
    ask(
      candidate,
      dailyRuns(26, i => (i < 20 ? 812 : 640)),
    ),
  ).toMatchObject({ is: 'too-few', runs: 6 })
})
