import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSchedule } from '../../../src/pacing/schedule.ts'
import type { PlanShare } from '../../../src/pacing/schedule.ts'
import type { Arrivals, Plan } from '../../../src/plan/plan.ts'
import { hold, planOf, request, stage } from '../../support/simulate-result.ts'

interface Arrival {
  readonly at: number
  readonly request: number
  readonly stage: number
}

const WHOLE: PlanShare = { index: 0, count: 1 }

function arrivalsOf(plan: Plan, share: PlanShare = WHOLE): Arrival[] {
  const schedule = createSchedule(plan, share)
  const arrivals: Arrival[] = []
  for (; schedule.at < Infinity; schedule.advance()) {
    arrivals.push({ at: schedule.at, request: schedule.request, stage: schedule.stage })
  }
  return arrivals
}

const even = (...stages: Plan['stages'][number][]): Plan => planOf(stages, { arrivals: 'even' })
/** To the nanosecond. */
const secondsOf = (plan: Plan): number[] => arrivalsOf(plan).map(({ at }) => Math.round(at) / 1e9)

/** How many of the instants (in ns) lie in each whole second. */
function countsBySecond(instants: readonly number[], seconds: number): number[] {
  const counts = Array.from({ length: seconds }, () => 0)
  for (const at of instants) counts[Math.floor(at / 1e9)]! += 1
  return counts
}

/** Variance over mean. */
function dispersion(counts: readonly number[]): number {
  const mean = counts.reduce((sum, x) => sum + x, 0) / counts.length
  return counts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (counts.length - 1) / mean
}

/** Largest distance between the distribution of the gaps and 1 − e^(−r·gap), times √n. */
function kolmogorovSmirnov(instants: readonly number[], ratePerSecond: number): number {
  const gaps = instants.map((at, i) => (at - (instants[i - 1] ?? 0)) / 1e9).sort((a, b) => a - b)
  const n = gaps.length
  const distances = gaps.map((gap, i) => {
    const expected = 1 - Math.exp(-ratePerSecond * gap)
    return Math.max(Math.abs((i + 1) / n - expected), Math.abs(i / n - expected))
  })
  return Math.max(...distances) * Math.sqrt(n)
}

describe('even arrivals', () => {
  test('lie in the middle of their gaps', () => {
    expect(secondsOf(even(hold('h', 2, 3)))).toEqual([0.25, 0.75, 1.25, 1.75, 2.25, 2.75])
  })

  test('250/s for 60 s are 250 in every second, 4 ms apart', () => {
    const instants = arrivalsOf(even(hold('h', 250, 60))).map(({ at }) => at)
    expect(countsBySecond(instants, 60)).toEqual(Array.from({ length: 60 }, () => 250))
    for (const [i, at] of instants.entries()) expect(Math.abs(at - (i + 0.5) * 4e6)).toBeLessThan(1)
  })

  test('a ramp from 10/s to 1/s over 10 s makes (10 + 1) / 2 × 10 = 55 arrivals, and no 56th', () => {
    const instants = secondsOf(even(stage('ramp', 10, 1, 10)))
    expect(instants).toHaveLength(55)
    // The area under 10 − 0.9 t is ½ for the first: t = (10 − √(100 − 0.9)) / 0.9.
    expect(instants[0]).toBeCloseTo((10 - Math.sqrt(99.1)) / 0.9, 9)
    expect(instants[54]).toBeLessThan(10)
    for (let i = 2; i < 55; i += 1) {
      expect(instants[i]! - instants[i - 1]!).toBeGreaterThan(instants[i - 1]! - instants[i - 2]!)
    }
  })

  test('a stage goes on where the one before stopped: no arrival is lost or doubled at the edge', () => {
    // Areas 1.25 and 1.75: arrivals at areas 0.5, 1.5 and 2.5, so after 0.2 s, then 0.25/3.5 and 1.25/3.5 s into stage 2.
    const plan = even(hold('a', 2.5, 0.5), hold('b', 3.5, 0.5))
    const arrivals = arrivalsOf(plan)
    expect(arrivals.map(({ stage }) => stage)).toEqual([0, 1, 1])
    const expected = [0.2, 0.5 + 0.25 / 3.5, 0.5 + 1.25 / 3.5]
    for (const [i, { at }] of arrivals.entries()) expect(at / 1e9).toBeCloseTo(expected[i]!, 9)
  })

  test('a stage of rate 0 is silence', () => {
    const plan = even(hold('a', 2, 1), hold('silence', 0, 5), hold('b', 2, 1))
    expect(secondsOf(plan)).toEqual([0.25, 0.75, 6.25, 6.75])
    expect(arrivalsOf(plan).map(({ stage }) => stage)).toEqual([0, 0, 2, 2])
  })

  test('silence alone has no arrivals', () => expect(secondsOf(even(hold('silence', 0, 5)))).toEqual([]))
})

describe('Poisson arrivals at 200/s for 100 s', () => {
  const plan = planOf([hold('h', 200, 100)], { seed: 1 })
  const instants = arrivalsOf(plan).map(({ at }) => at)

  test('are 20 000, give or take 3 √20 000', () => {
    expect(Math.abs(instants.length - 20_000)).toBeLessThan(3 * Math.sqrt(20_000))
  })

  test('have exponential gaps (Kolmogorov-Smirnov, p > 0.001)', () => {
    expect(kolmogorovSmirnov(instants, 200)).toBeLessThan(1.949)
  })

  test('have an index of dispersion of 1 ± 3 √(2/99) over seconds', () => {
    expect(Math.abs(dispersion(countsBySecond(instants, 100)) - 1)).toBeLessThan(3 * Math.sqrt(2 / 99))
  })

  test('differ with the seed and repeat with it', () => {
    expect(arrivalsOf({ ...plan, seed: 1 })).toEqual(arrivalsOf(plan))
    expect(arrivalsOf({ ...plan, seed: 2 })[0]!.at).not.toBe(instants[0])
  })

  test.each([0, 1, 2])('share %s of 3 is a Poisson process of a third of the rate', index => {
    const part = arrivalsOf(plan, { index, count: 3 }).map(({ at }) => at)
    expect(Math.abs(part.length - 20_000 / 3)).toBeLessThan(3 * Math.sqrt(20_000 / 3))
    expect(kolmogorovSmirnov(part, 200 / 3)).toBeLessThan(1.949)
    expect(Math.abs(dispersion(countsBySecond(part, 100)) - 1)).toBeLessThan(3 * Math.sqrt(2 / 99))
  })

  test('the shares are independent: their counts by second are uncorrelated', () => {
    const [a, b] = [0, 1].map(index =>
      countsBySecond(
        arrivalsOf(plan, { index, count: 2 }).map(({ at }) => at),
        100,
      ),
    )
    // Both have mean and variance 100, so the mean product of deviations has standard deviation 100/√100.
    const covariance = a!.reduce((sum, x, i) => sum + (x - 100) * (b![i]! - 100), 0) / 100
    expect(Math.abs(covariance)).toBeLessThan(3 * 10)
  })
})

test('a Poisson ramp 0 → 200/s over 100 s puts a quarter of its arrivals into its first half', () => {
  const instants = arrivalsOf(planOf([stage('ramp', 0, 200, 100)], { seed: 3 })).map(({ at }) => at)
  const early = instants.filter(at => at < 50e9).length
  // Poisson counts of mean 2500 and 7500.
  expect(Math.abs(early - 2500)).toBeLessThan(3 * Math.sqrt(2500))
  expect(Math.abs(instants.length - early - 7500)).toBeLessThan(3 * Math.sqrt(7500))
})

describe('any plan', () => {
  const rate = constantFrom(0, 0, 0.7, 3, 40, 250)
  const stages = array(
    tuple(rate, rate, integer({ min: 1, max: 4000 })).map(([from, to, ms]) =>
      stage('s', from, to, ms / 1000),
    ),
    { minLength: 1, maxLength: 5 },
  )
  const requests = array(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }).map(weights =>
    weights.map((weight, i) => request(`r${i}`, weight)),
  )
  const plans = tuple(
    stages,
    requests,
    constantFrom<Arrivals>('even', 'poisson'),
    integer({ min: 0, max: 2 ** 40 }),
  ).map(([stages, requests, arrivals, seed]) => planOf(stages, { requests, arrivals, seed }))

  test('is carried out alike by any number of shares: together they are the whole, each arrival once', () => {
    assert(
      property(plans, integer({ min: 1, max: 7 }), (plan, count) => {
        const parts = Array.from({ length: count }, (_, index) => arrivalsOf(plan, { index, count }))
        expect(parts.flat().sort((a, b) => a.at - b.at)).toEqual(arrivalsOf(plan))
      }),
    )
  })

  test('gives every share its turn when arrivals are even', () => {
    assert(
      property(plans, integer({ min: 1, max: 7 }), (plan, count) => {
        const sizes = Array.from(
          { length: count },
          (_, index) => arrivalsOf({ ...plan, arrivals: 'even' }, { index, count }).length,
        )
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('has its arrivals in order, each inside the stage it names, none in a silent one', () => {
    assert(
      property(plans, plan => {
        const starts: number[] = []
        let end = 0
        for (const { for: duration } of plan.stages) {
          starts.push(end)
          end += duration
        }
        let before = 0
        for (const { at, stage, request } of arrivalsOf(plan)) {
          expect(at).toBeGreaterThanOrEqual(before)
          expect(at).toBeGreaterThanOrEqual(starts[stage]!)
          expect(at).toBeLessThanOrEqual(starts[stage]! + plan.stages[stage]!.for)
          expect(plan.stages[stage]!.from + plan.stages[stage]!.to).toBeGreaterThan(0)
          expect(plan.requests[request]).toBeDefined()
          before = at
        }
      }),
    )
  })

  test('with even arrivals has as many as the area under its rate, to the nearest', () => {
    assert(
      property(stages, stages => {
        const area = stages.reduce(
          (sum, { from, to, for: duration }) => sum + ((from + to) / 2) * (duration / 1e9),
          0,
        )
        expect(Math.abs(secondsOf(even(...stages)).length - area)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })
})

test('requests are chosen by weight: 8, 3 and 1 of 12', () => {
  const requests = [request('home', 8), request('product', 3), request('checkout', 1)]
  const arrivals = arrivalsOf(even(hold('h', 1000, 120)))
  const chosen = arrivalsOf(planOf([hold('h', 1000, 120)], { arrivals: 'even', requests }))
  const n = 120_000
  for (const [i, { weight }] of requests.entries()) {
    const p = weight / 12
    const count = chosen.filter(({ request }) => request === i).length
    expect(Math.abs(count - n * p)).toBeLessThan(4 * Math.sqrt(n * p * (1 - p)))
  }
  // The choice of requests does not touch the times.
  expect(chosen.map(({ at }) => at)).toEqual(arrivals.map(({ at }) => at))
})

test('after the last arrival the schedule stays at its end', () => {
  const schedule = createSchedule(even(hold('h', 1, 1)), WHOLE)
  expect(schedule.at).toBeCloseTo(0.5e9, 3)
  schedule.advance()
  expect(schedule.at).toBe(Infinity)
  schedule.advance()
  expect(schedule.at).toBe(Infinity)
})
