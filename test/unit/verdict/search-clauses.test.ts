import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import type { SearchConclusion, SearchEstimate } from '../../../src/result/search-record.ts'
import { milliseconds, perSecond, share } from '../../../src/units/quantity.ts'
import { judge } from '../../../src/verdict/judge.ts'
import type { Verdict } from '../../../src/verdict/verdict.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'
import { fixed, queue } from '../../support/servers.ts'

/** One server of 2 ms: at 575/s and 600/s requests wait for seconds, below 500/s for a few service times. */
function judged(clauses: readonly PromiseClause[], rest: Partial<SearchConclusion> = {}): Verdict {
  const result = scriptedSearch(pathAround(500), concluded(500, rest), queue(fixed(0.002)), {
    promises: clauses,
  })
  return judge(result.plan, analyse(result), result)
}

const p99 = (limitMs: number): Extract<PromiseClause, { kind: 'latency' }> => ({
  kind: 'latency',
  text: `p99 < ${limitMs}ms`,
  statistic: { percentile: share(0.99) },
  limit: milliseconds(limitMs),
})
const slo = (rest: Partial<SearchEstimate>): Partial<SearchConclusion> => ({
  slo: {
    rps: 480,
    low: 470,
    high: 490,
    confidence: 0.95,
    bound: 'measured',
    because: 'at 494/s more were slower',
    promise: 'p99 < 200ms',
    ...rest,
  },
})

describe('the latency promise that a search looked for the limit of', () => {
  test('holds up to C_slo', () => {
    expect(judged([p99(200)], slo({})).promises[0]).toEqual({
      text: 'p99 < 200ms',
      held: true,
      measured: 'holds up to 480/s (470/s to 490/s)',
      because: 'at 494/s more were slower',
    })
    expect(judged([p99(200)], slo({ bound: 'at-least', high: null })).promises[0]!.measured).toBe(
      'holds up to 480/s at least',
    )
  })

  test('is broken when the lowest rate broke it, and not decided when nothing is known', () => {
    const broken = judged([p99(200)], slo({ rps: 100, low: null, high: 100, bound: 'at-most' }))
    expect(broken.name).toBe('failed')
    expect(broken.promises[0]!.measured).toBe('broken at 100/s already')
    const unknown = judged([p99(200)], slo({ rps: null, low: null, high: null, bound: 'none' }))
    expect(unknown.name).toBe('inconclusive')
  })

  test('is judged in the windows up to the rate that it names', () => {
    const [held] = judged([{ ...p99(200), upTo: perSecond(480) }], slo({})).promises
    expect(held!.held).toBe(true)
    expect(held!.measured).toContain('windows up to 480/s')
  })
})

describe('promises that name no rate', () => {
  test('speak of the rates that held, not of the overload that a search makes on purpose', () => {
    // No C_slo: up to 490/s, the lower end of the knee. Above it waits reach seconds.
    const [held] = judged([p99(500)]).promises
    expect(held).toMatchObject({ held: true })
    expect(held!.measured).toContain('windows up to 490/s')
  })

  test('leave out what an overload left behind at low rates', () => {
    // After 8 s at 600/s 1 000 requests wait; the first second of 150/s sees waits of up to 2 s.
    const clause: PromiseClause = { ...p99(500), upTo: perSecond(200) }
    expect(judged([clause]).promises[0]).toMatchObject({ held: true })
  })
})

test('a knee is judged by the interval of the search', () => {
  const above = (rate: number): PromiseClause => ({
    kind: 'knee',
    text: `knee > ${rate}/s`,
    above: perSecond(rate),
  })
  expect(judged([above(480)]).name).toBe('passed')
  expect(judged([above(520)]).name).toBe('failed')
  expect(judged([above(500)]).name).toBe('inconclusive')
})

test('where the generator gave out the verdict is inconclusive, and says from where on', () => {
  const knee: SearchEstimate = {
    rps: 485,
    low: 485,
    high: null,
    confidence: 0.95,
    bound: 'at-least',
    because: 'no more could be offered',
  }
  expect(judged([], { knee, flags: ['generator-limited'] })).toMatchObject({
    name: 'inconclusive',
    because: 'the load generator gave out before the target did; the knee is at least 485/s',
  })
})
