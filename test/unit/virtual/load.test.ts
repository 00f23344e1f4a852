import { expect, test } from 'vitest'
import { VirtualLoad } from '../../../src/virtual/load.ts'
import { encodedResult, evidenceOf } from '../../../src/virtual/result.ts'
import { answerTimes, countWhere, readWindows } from '../../../src/analysis/window-record.ts'
import type { WindowRecord } from '../../../src/analysis/window-record.ts'
import { addCounts, meanUs } from '../../../src/result/counts.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { carriedOut, fixedPlan, labModel } from '../../support/fixed-plan.ts'

const meanMs = (records: readonly WindowRecord[]): number =>
  meanUs(addCounts(records.map(({ series }) => answerTimes(series))))! / 1000

function answersBy(records: readonly WindowRecord[], kind: string): number {
  return countWhere(
    records.flatMap(({ series }) => series),
    ({ outcome }) => outcome.kind === kind,
  )
}

test('requests stay in an M/M/1 queue for 1/(µ − λ) on average', () => {
  const plan = fixedPlan({ rate: 250, for: 400 })
  const { records } = evidenceOf(carriedOut(plan, labModel('MM1', ['rate=500/s'])), plan)
  // 1/(500 − 250) s = 4 ms; 100 000 requests scatter by about 1 %.
  expect(meanMs(records) / 4).toBeCloseTo(1, 1)
})

test('requests stay in a processor that is shared for 1/(γ − λ), although each arrival delays the others', () => {
  const plan = fixedPlan({ rate: 50, for: 1000 })
  // With α = 1 and next to no β the law of scalability is X(n) = γ: M/M/1 with processor sharing.
  const model = labModel('RETRO', ['gamma=100/s', 'alpha=1', 'beta=1e-9'])
  const { records } = evidenceOf(carriedOut(plan, model), plan)
  expect(meanMs(records) / 20).toBeCloseTo(1, 1)
})

test('eight slots without a queue turn away what Erlang says', () => {
  const plan = fixedPlan({ rate: 400, for: 250 })
  const model = labModel('ERLANG', ['slots=8', 'service=20ms'])
  const { records } = evidenceOf(carriedOut(plan, model), plan)
  const bad = countWhere(
    records.flatMap(({ series }) => series),
    ({ good }) => !good,
  )
  const offered = records.reduce((sum, { window }) => sum + window.offered, 0)
  // B(8, 400·0.02 = 8) = 0.2356 by the recursion B(k) = aB(k − 1)/(k + aB(k − 1)).
  expect(bad / offered).toBeCloseTo(0.2356, 2)
})

test('the backlog of a server that does 500/s grows by 50 a second under 550/s', () => {
  const plan = fixedPlan({ rate: 550, for: 10, arrivals: 'even' })
  const load = carriedOut(plan, labModel('D1', ['service=2ms']))
  const backlog = evidenceOf(load, plan).result.windows.map(({ inFlight }) => inFlight.atEnd)
  backlog.forEach((present, second) => expect(Math.abs(present - 50 * (second + 1))).toBeLessThanOrEqual(1))
})

test('whoever would be answered after the deadline has timed out, and the server works on', () => {
  // The k-th request (from 0) arrives at 0.25 + 0.5k s and would leave at 1.25 + k s: 3 s are over for k > 4.
  const plan = fixedPlan({ rate: 2, for: 10, arrivals: 'even', deadline: 3 })
  const { records } = evidenceOf(carriedOut(plan, labModel('D1', ['service=1s'])), plan)
  expect(answersBy(records, 'answered')).toBe(5)
  expect(answersBy(records, 'timed-out')).toBe(15)
})

test('a load that grows second by second is the one that was known from the start', () => {
  const whole = fixedPlan({ rate: 300, for: 20 })
  const grown = new VirtualLoad(fixedPlan({ rate: 300, for: 1 }), labModel('MM1', []))
  for (let second = 1; second < 20; second += 1) {
    grown.extend([{ ...whole.stages[0]!, for: seconds(second + 1) }])
    grown.runWindow()
  }
  grown.runWindow()
  grown.finish()
  const atOnce = carriedOut(whole, labModel('MM1', []))
  expect(encodedResult(grown, whole)).toEqual(encodedResult(atOnce, whole))
})

test('the short way to the records leads where encoding and decoding leads', () => {
  const plan = fixedPlan({ rate: 600, for: 5, deadline: 0.05 })
  const load = carriedOut(plan, labModel('MM1K', ['rate=400/s', 'limit=20']))
  expect(withoutWindows(evidenceOf(load, plan).records)).toEqual(
    withoutWindows(readWindows(encodedResult(load, plan))),
  )
})

test('the first answer of each kind is kept as it would have come over the wire', () => {
  const plan = fixedPlan({ rate: 400, for: 5, arrivals: 'even' })
  const { samples } = carriedOut(plan, labModel('BUCKET', ['rate=300/s', 'burst=150']))
  expect(samples.map(({ outcome }) => outcome)).toEqual([
    { kind: 'answered', status: 200 },
    { kind: 'answered', status: 503 },
  ])
  expect(samples[1]!.head).toContain('HTTP/1.1 503 Service Unavailable\r\n')
  expect(samples[1]!.head).toContain('\r\nretry-after: 1\r\n')
  // The bucket is empty after b/(λ − r) = 1.5 s.
  expect(samples[1]!.at / 1e9).toBeCloseTo(1.5, 1)
})

/** Counts as lists, whatever kind of array they came in; the text of the histograms is what one way does without. */
const withoutWindows = (records: readonly WindowRecord[]): unknown =>
  JSON.parse(JSON.stringify(records.map(record => ({ ...record, window: null }))))
