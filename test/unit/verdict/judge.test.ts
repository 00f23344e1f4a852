import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Findings, Onset } from '../../../src/analysis/findings.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import type { Result } from '../../../src/result/result.ts'
import { milliseconds, nanoseconds, perSecond, share } from '../../../src/units/quantity.ts'
import { judge } from '../../../src/verdict/judge.ts'
import type { PromiseVerdict, Verdict } from '../../../src/verdict/verdict.ts'
import { brokenRoute, exponential, fixed, frozen, queue } from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { hold, percentile, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const latency = (percent: number, limitMs: number, rest: Partial<PromiseClause> = {}): PromiseClause =>
  ({
    kind: 'latency',
    text: `p${percent} < ${limitMs}ms`,
    statistic: { percentile: percentile(percent) },
    limit: milliseconds(limitMs),
    ...rest,
  }) as PromiseClause
const errors = (limit: number, rest: Partial<PromiseClause> = {}): PromiseClause =>
  ({ kind: 'errors', text: `errors < ${limit * 100}%`, limit: share(limit), ...rest }) as PromiseClause
const knee = (above: number): PromiseClause => ({
  kind: 'knee',
  text: `knee > ${above}/s`,
  above: perSecond(above),
})
const onset = (above: number): PromiseClause => ({
  kind: 'onset',
  text: `502 onset > ${above}/s`,
  status: '502',
  above: perSecond(above),
})

const ramp = simulateResult(planOf([stage('ramp', 50, 640, 40)]), queue(exponential(400), 1, 100))
const rampFindings = analyse(ramp)

/** The same result under other promises: record once, judge many times. */
const verdictOn = (
  result: Result,
  promises: readonly PromiseClause[],
  findings: Findings = analyse(result),
): Verdict => judge({ ...result.plan, promises }, findings, result)
const one = (result: Result, clause: PromiseClause, findings?: Findings): PromiseVerdict =>
  verdictOn(result, [clause], findings).promises[0]!
const held = (model: ServerModel, clause: PromiseClause): boolean | null =>
  one(simulateResult(planOf([hold('steady', 250, 60)], { arrivals: 'even' }), model), clause).held

describe('a latency clause', () => {
  test('holds and breaks by the figure over all windows: M/M/1 with 400 − 250 has a p99 of ln 100 / 150 = 31 ms', () => {
    expect(held(queue(exponential(400)), latency(99, 60))).toBe(true)
    expect(held(queue(exponential(400)), latency(99, 10))).toBe(false)
  })

  test('breaks by a single window, though over all 60 the figure keeps to it: a freeze of 0.5 s is 0.8 %', () => {
    const freeze = frozen(20, 20.5)
    expect(held(freeze, latency(99, 100))).toBe(false)
    // 0.4 of the 0.5 s wait longer than 100 ms: 100 of the 250 requests of that window.
    const result = simulateResult(planOf([hold('steady', 250, 60)], { arrivals: 'even' }), freeze)
    expect(one(result, latency(99, 100)).because).toContain('100 of 250')
    expect(one(result, latency(99, 100)).measured).toContain('in the window from 20 s at 250/s')
  })

  test('does not break by what chance explains: 3 slow of 250 under p99', () => {
    const few: ServerModel = () => {
      let n = 0
      return at => ({ status: 200, endsAt: at + (n++ % 250 < 3 && at < 5 ? 0.2 : 0.001) })
    }
    expect(held(few, latency(99, 100))).toBe(true)
  })

  test('judges a mean and a maximum over all windows', () => {
    const clause = (statistic: 'mean' | 'max', ms: number): PromiseClause => latency(99, ms, { statistic })
    expect(held(queue(fixed(0.002)), clause('mean', 3))).toBe(true)
    expect(held(queue(fixed(0.002)), clause('mean', 1))).toBe(false)
    expect(held(frozen(20, 21), clause('max', 990))).toBe(false)
    expect(held(frozen(20, 21), clause('max', 1010))).toBe(true)
  })
})

describe('an error clause', () => {
  test('speaks of the one request it names', () => {
    const requests = [request('ok', 95), request('plugin', 5)]
    const result = simulateResult(
      planOf([hold('h', 200, 20)], { requests }),
      brokenRoute(queue(fixed(0.002)), 1),
    )
    expect(one(result, errors(0.01, { request: 'ok' })).held).toBe(true)
    expect(one(result, errors(0.01, { request: 'plugin' })).held).toBe(false)
    expect(one(result, errors(0.01)).held).toBe(false)
    expect(one(result, errors(0.2)).held).toBe(true)
  })

  test('breaks by a single bad window: 20 % of 250 in one of 60 seconds are 0.33 % of all', () => {
    const burst: ServerModel = random => at => ({
      status: at >= 30 && at < 31 && random.uniform() < 0.2 ? 502 : 200,
      endsAt: at + 0.001,
    })
    expect(held(burst, errors(0.01))).toBe(false)
    expect(held(burst, errors(0.4))).toBe(true)
  })

  test('reaches to the rate it names, else to the highest rate that the plan promises, else to all', () => {
    expect(one(ramp, errors(0.01), rampFindings).held).toBe(false)
    expect(one(ramp, errors(0.01, { upTo: perSecond(300) }), rampFindings).held).toBe(true)
    const [errorsUpTo] = verdictOn(ramp, [errors(0.01), knee(300)], rampFindings).promises
    expect(errorsUpTo).toMatchObject({ held: true, measured: '0 % over 17 windows up to 300/s' })
  })

  test('is not decided where nothing it speaks of was measured', () => {
    expect(one(ramp, errors(0.01, { upTo: perSecond(20) }), rampFindings).held).toBeNull()
  })
})

describe('a knee clause', () => {
  const findings = (low: number | null, high: number | null): Findings => ({
    ...rampFindings,
    capacity: {
      ...rampFindings.capacity,
      knee: {
        ...rampFindings.capacity.knee,
        rps: low ?? high,
        low,
        high,
        bound: high === null ? 'at-least' : 'measured',
      },
    },
  })

  test.each([
    [390, 410, 380, true],
    [390, 410, 400, null],
    [390, 410, 420, false],
    [390, null, 380, true],
    [390, null, 390, null],
    [390, null, 500, null],
    [null, 410, 420, false],
    [null, 410, 380, null],
  ])('from %s to %s: more than %s is %s', (low, high, above, expected) => {
    expect(one(ramp, knee(above), findings(low, high)).held).toBe(expected)
  })
})

describe('an onset clause', () => {
  const findings = (found: Partial<Onset> | null): Findings => ({
    ...rampFindings,
    onset: {
      ...rampFindings.onset,
      502: found === null ? null : { ...rampFindings.onset['502']!, rps: 400, low: 380, high: 420, ...found },
    },
  })

  test.each([
    [{}, 370, true],
    [{}, 400, null],
    [{}, 430, false],
    [{ low: null }, 370, null],
    [{ loadRelated: false, share: 0.003, low: null, high: null }, 500, true],
    [{ loadRelated: false, share: 0.003, low: null, high: null }, 700, null],
    [{ loadRelated: false, share: 0.2, firstSeenRps: 60, low: null, high: null }, 500, false],
    [{ loadRelated: false, undecided: true, low: null, high: null }, 500, null],
    [null, 500, true],
    [null, 700, null],
  ])('%o on a ramp to 640/s: beyond %s is %s', (found, above, expected) => {
    expect(one(ramp, onset(above), findings(found)).held).toBe(expected)
  })
})

describe('the verdict', () => {
  test('is inconclusive, whatever was promised or not, when not one answer was good', () => {
    const stages = rampFindings.stages.map(figures => ({ ...figures, goodRps: 0 }))
    expect(verdictOn(ramp, [], { ...rampFindings, stages }).name).toBe('inconclusive')
  })

  test('is passed when every promise held, and when none was made', () => {
    expect(verdictOn(ramp, [knee(300), onset(300), errors(0.01)], rampFindings).name).toBe('passed')
    expect(verdictOn(ramp, [], rampFindings)).toMatchObject({
      name: 'passed',
      because: 'no promises were made',
    })
  })

  test('is failed by one broken promise, which it names, whatever is undecided', () => {
    const verdict = verdictOn(ramp, [knee(600), knee(400), knee(300)], rampFindings)
    expect(verdict.promises.map(promise => promise.held)).toEqual([false, null, true])
    expect(verdict.name).toBe('failed')
    expect(verdict.because).toContain('knee > 600/s')
    expect(verdict.because).not.toContain('knee > 300/s')
  })

  test('is inconclusive when a promise is not decided', () => {
    expect(verdictOn(ramp, [knee(400), knee(300)], rampFindings).name).toBe('inconclusive')
  })

  test('is inconclusive, and decides nothing, on numbers that cannot be trusted', () => {
    const trust = { ok: false, reasons: ['the generator was the limit'], notes: [] }
    const verdict = verdictOn(ramp, [knee(600)], { ...rampFindings, trust })
    expect(verdict).toMatchObject({ name: 'inconclusive', promises: [{ held: null }] })
  })

  test('is inconclusive after an interruption, but failed if a promise was already broken', () => {
    const cut: Result = { ...ramp, ended: { how: 'interrupted', signal: 'SIGINT', at: nanoseconds(40e9) } }
    expect(verdictOn(cut, [knee(300)], rampFindings).name).toBe('inconclusive')
    expect(verdictOn(cut, [], rampFindings).name).toBe('inconclusive')
    expect(verdictOn(cut, [knee(600)], rampFindings).name).toBe('failed')
  })
})
