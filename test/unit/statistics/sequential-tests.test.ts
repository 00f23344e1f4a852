import { describe, expect, test } from 'vitest'
import { changePoint } from '../../../src/statistics/change-point.ts'
import { coverage } from '../../../src/statistics/coverage.ts'
import { alarms, logEValue, observeBin, startECusum } from '../../../src/statistics/e-cusum.ts'
import {
  errorDecision,
  errorLogRatio,
  observeErrors,
  startErrorSprt,
} from '../../../src/statistics/error-sprt.ts'
import { flowDecision, observeFlow, startFlowSprt } from '../../../src/statistics/flow-sprt.ts'
import { normalQuantile } from '../../../src/statistics/normal-quantile.ts'
import { createRandom } from '../../../src/units/random.ts'

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

describe('the test of a flow', () => {
  const start = startFlowSprt({ rate: 1000, omega: 0.03, variance: 2, base: 0, alpha: 0.05 })
  const ln20OverDrift = 2.9957 / ((0.03 / 2) * 15) // ln(1/α) over (ω/v)·ωλ/2 per second: 13.3 s

  test('clears a load without deficit when ω²λt/2v exceeds ln 20: after 13.3 s', () => {
    expect(flowDecision(observeFlow(start, ln20OverDrift - 0.1, 13_000, 13_000))).toBe('undecided')
    expect(flowDecision(observeFlow(start, ln20OverDrift + 0.1, 13_000, 13_000))).toBe('clear')
  })

  test('fails one with the deficit ω as soon', () => {
    const withDeficit = (seconds: number): string =>
      flowDecision(observeFlow(start, seconds, 1000 * seconds, 970 * seconds))
    expect([13, 14].map(withDeficit)).toEqual(['undecided', 'fail'])
  })

  test('does not count what fails at any load', () => {
    const flaky = startFlowSprt({ ...start, base: 0.1 })
    expect(flowDecision(observeFlow(flaky, 14, 14_000, 12_600))).toBe('clear')
  })

  test('adds up, and goes on after JSON', () => {
    const parts = observeFlow(throughJson(observeFlow(start, 3, 3000, 2990)), 4, 4000, 3995)
    expect(parts).toEqual(observeFlow(start, 7, 7000, 6985))
  })

  test.each([
    ['fails', 'without a deficit', 0, 'fail'],
    ['clears', 'with the deficit ω', 0.03, 'clear'],
  ])('%s a load %s in at most 5 %% of 2000 runs', (_, __, deficit, wrong) => {
    const random = createRandom(4)
    let errors = 0
    for (let run = 0; run < 2000; run += 1) {
      let sprt = start
      while (flowDecision(sprt) === 'undecided') {
        // Half a second: 500 come, what goes differs by a normal variable of variance v·500.
        const noise = Math.sqrt(2 * 500) * normalQuantile(random.uniform() * (1 - 1e-12))
        sprt = observeFlow(sprt, 0.5, 500, 500 - deficit * 500 + noise)
      }
      if (flowDecision(sprt) === wrong) errors += 1
    }
    expect(errors).toBeLessThanOrEqual(100)
    expect(errors).toBeGreaterThan(20)
  })
})

describe('the test of an error share', () => {
  const start = startErrorSprt({ epsilon: 0.01, base: 0, alpha: 0.05 })

  test('clears after 648 without an error: n·ln(0.9875/0.992) < −ln 19', () => {
    expect(errorDecision(observeErrors(start, 647, 0))).toBe('undecided')
    expect(errorDecision(observeErrors(start, 648, 0))).toBe('clear')
  })

  test('fails after 7 errors in a row: 7·ln(1.25/0.8) > ln 19', () => {
    expect(errorDecision(observeErrors(start, 6, 6))).toBe('undecided')
    expect(errorDecision(observeErrors(start, 7, 7))).toBe('fail')
  })

  test('adds up, and goes on after JSON', () => {
    const parts = observeErrors(throughJson(observeErrors(start, 100, 1)), 50, 2)
    expect(parts).toEqual(observeErrors(start, 150, 3))
  })

  test('moves its limit up by the base: 3 % of errors on top of 2 % are too many, on top of 3 % not', () => {
    expect(errorDecision(observeErrors({ ...start, base: 0.02 }, 20_000, 700))).toBe('fail')
    expect(errorDecision(observeErrors({ ...start, base: 0.03 }, 20_000, 700))).toBe('clear')
  })

  test('stays finite where nearly everything fails at any load', () => {
    for (const base of [0.99, 0.999, 1]) {
      expect(Number.isFinite(errorLogRatio(observeErrors({ ...start, base }, 1000, 990)))).toBe(true)
    }
  })

  test.each([
    ['fails', 0.008, 'fail'],
    ['clears', 0.0125, 'clear'],
  ])('wrongly %s a share of %s in about 1/20 of 400 runs', (_, share, wrong) => {
    const random = createRandom(9)
    let errors = 0
    for (let run = 0; run < 400; run += 1) {
      let [sprt, trials, hits] = [start, 0, 0]
      while (errorDecision(sprt) === 'undecided') {
        trials += 1
        if (random.pick() < share) hits += 1
        if (trials % 10 === 0) sprt = observeErrors(start, trials, hits)
      }
      if (errorDecision(sprt) === wrong) errors += 1
    }
    // 1/20 is 20 runs, give or take 4.4.
    expect(errors).toBeLessThanOrEqual(29)
    expect(errors).toBeGreaterThanOrEqual(7)
  })
})

describe('the alarm', () => {
  test('after one hit in one trial has M = 2, 4, 8, 16, 32 and, half way from 1 % to 100 %, 50.5: mean 18.75', () => {
    expect(Math.exp(logEValue(observeBin(startECusum(0.01), 1, 1)))).toBeCloseTo(18.75, 10)
  })

  test('forgets a quiet time', () => {
    let quiet = startECusum(0.01)
    for (let bin = 0; bin < 1000; bin += 1) quiet = observeBin(quiet, 100, 0)
    const [soon, late] = [startECusum(0.01), quiet].map(detector => logEValue(observeBin(detector, 100, 9)))
    expect(late).toBe(soon)
  })

  test('goes on after JSON, even when M has left the range of a double', () => {
    let detector = startECusum(0.002)
    for (let bin = 0; bin < 20; bin += 1) detector = observeBin(detector, 1000, 1000)
    expect(throughJson(detector)).toEqual(detector)
    expect(alarms(detector)).toBe(true)
    expect(logEValue(detector)).toBeGreaterThan(710)
  })

  const binomial = (trials: number, p: number, uniform: () => number): number => {
    let hits = 0
    for (let i = 0; i < trials; i += 1) if (uniform() < p) hits += 1
    return hits
  }
  const binsUntilAlarm = (p: number, runLength: number, uniform: () => number): number => {
    let detector = startECusum(0.02)
    let bins = 0
    while (!alarms(detector, runLength)) {
      detector = observeBin(detector, 10, binomial(10, p, uniform))
      bins += 1
    }
    return bins
  }

  test('with a run length of 100 is false after 100 quiet bins or more, on average', () => {
    const random = createRandom(2)
    const runs = Array.from({ length: 300 }, () => binsUntilAlarm(0.02, 100, () => random.uniform()))
    expect(runs.reduce((sum, bins) => sum + bins, 0) / runs.length).toBeGreaterThan(100)
  })

  test('comes within ln(60 000)/KL(20 %‖2 %) = 41 trials of tenfold errors, three times that at most', () => {
    // KL = 0.2·ln 10 + 0.8·ln(0.8/0.98) = 0.298
    const random = createRandom(2)
    const runs = Array.from({ length: 100 }, () => binsUntilAlarm(0.2, 60_000, () => random.uniform()))
    const median = runs.toSorted((a, b) => a - b)[50]!
    expect(median * 10).toBeGreaterThan(30)
    expect(median * 10).toBeLessThan(123)
  })
})

describe('the coverage of bins by hits', () => {
  const bins = (hits: readonly number[], trials = 500): Parameters<typeof coverage>[0] =>
    hits.map(count => ({ trials, hits: count }))

  test('counts those that reach 5 where one hit is expected', () => {
    expect(coverage(bins([5, 4, 6, 0, 1]), 0.002)).toBeCloseTo(2 / 5, 12)
  })

  test('is 1 for 60 hits that are spread, 1/10 for 60 in one bin', () => {
    expect(coverage(bins(Array.from({ length: 10 }, () => 6)), 0.002)).toBe(1)
    expect(coverage(bins([60, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 0.002)).toBeCloseTo(0.1, 12)
  })

  test('takes one hit at least, however few are expected, and no bins cover nothing', () => {
    expect(coverage(bins([0, 1], 1), 0.0005)).toBe(0.5)
    expect(coverage([], 0.01)).toBe(0)
  })
})

describe('the change point', () => {
  const tenEach = [...Array.from({ length: 10 }, () => -1), ...Array.from({ length: 10 }, () => 1)]

  test('is where the signs change, give or take the bins that 1.92 allows', () => {
    expect(changePoint(tenEach)).toEqual({ at: 10, from: 9, to: 11 })
  })

  test('is less certain when the bins scatter more: 2 · 1.92 allows three bins', () => {
    expect(changePoint(tenEach, 2)).toEqual({ at: 10, from: 7, to: 13 })
  })

  test('is not there when nothing speaks for a change', () => {
    expect(changePoint([-1, -2, -0.5])).toBeUndefined()
    expect(changePoint([])).toBeUndefined()
  })
})
