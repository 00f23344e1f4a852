import { describe, expect, test } from 'vitest'
import { judgeGate } from '../../../src/gate/judge-gate.ts'
import type { GateQuestion, GateRule } from '../../../src/gate/gate.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import { parsePromise } from '../../../src/scenario/promise.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { pretendedReport } from '../../support/compare-fixture.ts'
import {
  candidateOf,
  comparisonOf,
  expected,
  historyOf,
  plainReport,
  questionOf,
  tooFew,
} from '../../support/gate-fixture.ts'
import { launchReport, untouchedReport, untrustedReport } from '../../support/report-fixture.ts'

function clause(text: string): PromiseClause {
  const parsed = parsePromise(text, [])
  if ('fault' in parsed) throw new Error(parsed.fault.message)
  return parsed.clause
}

const answers = (wish: Partial<GateQuestion>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    judgeGate(questionOf(wish)).rules.map(({ group, name, verdict, warned }: GateRule) => [
      `${group}: ${name}`,
      warned ? `${verdict}, warned` : verdict,
    ]),
  )
const verdictOf = (wish: Partial<GateQuestion>): string => judgeGate(questionOf(wish)).verdict

describe('the run and its own promises', () => {
  test('each promise of the scenario is a rule, after the two about the run', () => {
    expect(answers({ candidates: [candidateOf(launchReport())] })).toEqual({
      'run: the run can be believed': 'passed',
      'run: the run decides': 'passed',
      'promises: p99 < 300ms up to 800/s': 'passed',
      'promises: errors < 0.1% up to 800/s': 'inconclusive',
      'promises: knee > 900/s': 'failed',
    })
  })

  test('what failed comes before what is open, and both before what passed', () => {
    const [passing, failing, open] = [untouchedReport(), launchReport(), untrustedReport()].map((report, i) =>
      candidateOf(report, `${i}.json`),
    ) as [ReturnType<typeof candidateOf>, ReturnType<typeof candidateOf>, ReturnType<typeof candidateOf>]
    expect(verdictOf({ candidates: [passing] })).toBe('passed')
    expect(verdictOf({ candidates: [passing, open] })).toBe('inconclusive')
    expect(verdictOf({ candidates: [open, failing, passing] })).toBe('failed')
  })

  test('a run that cannot be believed never passes, whatever else holds', () => {
    const candidates = [candidateOf(untrustedReport())]
    const rest = {
      comparison: comparisonOf([800, 804, 796], [801, 802, 798]),
      history: historyOf(expected(1, 2)),
    }
    const gate = judgeGate(questionOf({ candidates, ...rest }))
    expect(gate.verdict).toBe('inconclusive')
    // Once, with the reason; not again for each promise that follows from it.
    expect(gate.because).toBe(
      'the run cannot be believed: the load generator was the limit in 22 of 30 windows: its event loop was busy 100 % of the time',
    )
  })

  test('nor does one that was cut short, though it promises nothing', () => {
    const report = plainReport()
    const ended = { how: 'interrupted', signal: 'SIGINT', at: seconds(5) } as const
    const cut = { ...report, run: { ...report.run, ended } }
    expect(verdictOf({})).toBe('passed')
    expect(judgeGate(questionOf({ candidates: [candidateOf(cut)] }))).toMatchObject({
      verdict: 'inconclusive',
      because:
        'the run does not decide: Interrupted by SIGINT after 5 s; the figures speak of what was measured until then',
    })
  })

  test('a run that does not decide is told once, and what is open besides it as well', () => {
    const run = {
      ...launchReport(),
      verdict: 'inconclusive' as const,
      because: 'errors < 0.1% is not decided: 0 %',
    }
    const open = { ...run, promises: run.promises.filter(({ held }) => held === null) }
    const comparison = comparisonOf([800], [700])
    const { because } = judgeGate(questionOf({ candidates: [candidateOf(open)], comparison, strict: true }))
    expect(because).toMatch(
      /^the run does not decide: errors < 0\.1% is not decided: 0 %; “no regression against the baseline” is not decided: inconclusive, knee 800\/s → 700\/s/,
    )
  })

  test('of more than three reasons the others are counted', () => {
    const candidates = ['a', 'b', 'c', 'd', 'e'].map(label => candidateOf(plainReport(), label))
    const history = historyOf(...candidates.map(() => expected(900, 1000)))
    expect(judgeGate(questionOf({ candidates, history })).because).toMatch(/^“a: .*; “c: [^;]*; and 2 more$/)
  })
})

describe('the promises of the policy', () => {
  // Carries 800/s; at 480/s M/M/1 takes 1000/320 = 3.1 ms on average, p99 is 4.6 times that: 14 ms. Beyond, 150 ms.
  const report = pretendedReport({ label: 'a' })
  const policy = (text: string, promises: readonly PromiseClause[] = []): string | undefined => {
    const { result } = report
    const promising = { ...report, result: { ...result, plan: { ...result.plan, promises } } }
    return answers({ candidates: [candidateOf(promising)], promises: [clause(text)] })[`policy: ${text}`]
  }

  test.each([
    ['knee > 700/s', 'passed'],
    ['knee > 900/s', 'failed'],
    ['p99 < 30ms up to 480/s', 'passed'],
    ['p99 < 5ms up to 480/s', 'failed'],
    ['errors < 0.1% up to 480/s', 'passed'],
    ['p99 < 100ms', 'failed'],
    ['p99 of nothing < 1s', 'inconclusive'],
  ])('%s is judged anew over the run: %s', (text, verdict) => {
    expect(policy(text)).toBe(verdict)
  })

  test('without a rate they have to hold up to the one that the scenario promises', () => {
    expect(policy('p99 < 100ms', [clause('knee > 480/s')])).toBe('passed')
  })
})

describe('the comparison with the baseline', () => {
  const rule = 'comparison: no regression against the baseline'
  test.each([
    ['regressed', comparisonOf([800, 804, 796], [701, 702, 698]), 'failed', 'failed'],
    ['improved', comparisonOf([701, 702, 698], [800, 804, 796]), 'passed', 'passed'],
    ['equivalent', comparisonOf([800, 804, 796], [801, 802, 798]), 'passed', 'passed'],
    ['one run on each side', comparisonOf([800], [700]), 'passed, warned', 'inconclusive'],
  ])('%s', (_, comparison, verdict, whenStrict) => {
    expect(answers({ comparison })[rule]).toBe(verdict)
    expect(answers({ comparison, strict: true })[rule]).toBe(whenStrict)
  })

  test('that was forced passes with a warning that says what differs', () => {
    const comparison = comparisonOf([800, 804, 796], [801, 802, 798], { cpus: 8, force: true })
    const { rules } = judgeGate(questionOf({ comparison }))
    expect(rules.at(-1)).toMatchObject({ verdict: 'passed', warned: true })
    expect(rules.at(-1)!.because).toContain('the runs differ in cores')
  })
})

describe('the history', () => {
  test('is asked of each candidate', () => {
    const candidates = ['a.json', 'b.json'].map(label => candidateOf(plainReport(), label))
    // The plain run has a knee of 800/s.
    const gate = judgeGate(
      questionOf({ candidates, history: historyOf(expected(750, 900), expected(900, 1000)) }),
    )
    const rules = gate.rules.filter(({ group }) => group === 'history')
    expect(rules.map(({ run, verdict }) => [run, verdict])).toEqual([
      ['a.json', 'passed'],
      ['b.json', 'failed'],
    ])
    expect(gate.because).toBe('“b.json: the knee is no lower than the history expects” does not hold: 800/s')
  })

  test('that is too short is a note, and open when strict', () => {
    const history = historyOf(tooFew)
    expect(judgeGate(questionOf({ history }))).toMatchObject({
      verdict: 'passed',
      because: '3 rules hold, one of them with a warning',
    })
    expect(verdictOf({ history, strict: true })).toBe('inconclusive')
  })
})
