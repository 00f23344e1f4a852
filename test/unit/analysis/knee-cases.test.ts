import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Capacity } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import {
  brokenRoute,
  exponential,
  fixed,
  flaky,
  frozen,
  queue,
  restarting,
  tokenBucket,
  unreachable,
  withGatewayTimeout,
} from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { hold, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const capacityOf = (stages: Plan['stages'], model: ServerModel, rest: Partial<Plan> = {}): Capacity =>
  analyse(simulateResult(planOf(stages, rest), model)).capacity

const mm1k = queue(exponential(400), 1, 100)
const d1 = queue(fixed(0.002))
const offBy = (truth: number, rps: number | null): number => Math.abs(rps! / truth - 1)

describe('a knee that was not reached', () => {
  test('is at least what was held, with nothing taken off when nothing queued', () => {
    const { knee, limitedBy, saturation } = capacityOf([hold('low', 60, 5), hold('high', 150, 20)], d1, {
      arrivals: 'even',
    })
    // 3000 even arrivals in 20 s, each served at once.
    expect(knee).toMatchObject({ bound: 'at-least', high: null })
    expect(offBy(150, knee.rps)).toBeLessThan(0.001)
    expect(knee.low).toBe(knee.rps)
    expect(limitedBy).toBeNull()
    expect(saturation).toBeNull()
  })

  test('is less than what was held where requests queued: luck with service times may have helped', () => {
    const { knee } = capacityOf([hold('low', 60, 5), hold('high', 380, 20)], queue(exponential(400)))
    expect(knee.bound).toBe('at-least')
    // 1.64·sqrt(IDC / 7600) with an IDC near 1 is 1.9 %.
    expect(knee.rps).toBeLessThan(0.99 * 380)
    expect(knee.rps).toBeGreaterThan(0.96 * 380)
  })

  test('is never claimed above the truth, however near the ramp came', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { knee } = capacityOf([stage('ramp', 50, 420, 40)], queue(exponential(400)), { seed })
      expect(knee.bound).toBe('at-least')
      expect(knee.rps).toBeLessThan(400)
      expect(knee.rps).toBeGreaterThan(300)
    }
  })

  test('survives one freeze of a second that is caught up with', () => {
    const { knee } = capacityOf([hold('steady', 250, 60)], frozen(20, 21), { arrivals: 'even' })
    expect(knee.bound).toBe('at-least')
    expect(knee.rps).toBeGreaterThan(235)
    expect(knee.rps).toBeLessThanOrEqual(250)
  })
})

describe('overload from the first second on', () => {
  test('gives a knee of at most what is worked off: 400 of 500 to 1000', () => {
    const { knee } = capacityOf([stage('ramp', 500, 1000, 30)], mm1k)
    expect(knee).toMatchObject({ bound: 'at-most', low: null })
    expect(offBy(400, knee.rps)).toBeLessThan(0.05)
  })

  test('also when one rate alone was offered and the backlog grows: 500 of 600', () => {
    const { knee, limitedBy } = capacityOf([hold('only', 600, 20)], d1)
    expect(knee).toMatchObject({ bound: 'at-most', low: null })
    expect(offBy(500, knee.rps)).toBeLessThan(0.03)
    expect(limitedBy).toBe('throughput')
  })
})

test('steps instead of a ramp: the knee lies between the hold that passed and the one that failed', () => {
  const steps = [100, 200, 300, 500].map(rate => hold(`${rate}`, rate, 10))
  const { knee } = capacityOf(steps, mm1k)
  expect(knee.bound).toBe('measured')
  expect(offBy(400, knee.rps)).toBeLessThan(0.06)
  expect(knee.low).toBeGreaterThanOrEqual(300)
  expect(knee.high).toBeLessThanOrEqual(500)
})

test('a hold that passed is the lower end, however short the overload that measured the plateau', () => {
  const steps = [hold('low', 100, 5), hold('long', 388, 80), hold('over', 520, 6)]
  const { knee } = capacityOf(steps, mm1k)
  // 6 s at 400/s alone say no more than ± 1.96·sqrt(1/2400) = 4 %: from 384.
  expect(knee.bound).toBe('measured')
  expect(knee.low).toBe(388)
})

test('a burst allowance of 150 is not capacity: the bucket lets 300/s through though 370/s pass at first', () => {
  const { knee, limitedBy } = capacityOf([stage('ramp', 50, 480, 40)], tokenBucket(300, 150))
  expect(offBy(300, knee.rps)).toBeLessThan(0.02)
  expect(knee.low).toBeLessThan(300)
  expect(knee.high).toBeGreaterThan(300)
  expect(limitedBy).toBe('errors')
})

test('a gateway timeout collapses goodput; the knee is the plateau before it: 500', () => {
  const { knee, limitedBy } = capacityOf([stage('ramp', 50, 800, 40)], withGatewayTimeout(d1, 1))
  expect(offBy(500, knee.rps)).toBeLessThan(0.04)
  expect(knee.because).toContain('collapse')
  expect(limitedBy).toBe('errors')
})

test('a loss system without a queue has its knee where 1 % is lost: Erlang-B of 8 slots of 20 ms, 156.4/s', () => {
  for (const seed of [1, 2, 3]) {
    const { knee, limitedBy } = capacityOf([stage('ramp', 50, 250, 60)], queue(exponential(50), 8, 8), {
      seed,
    })
    expect(offBy(156.4, knee.rps)).toBeLessThan(0.15)
    expect(knee.low).toBeLessThan(156.4)
    expect(knee.high).toBeGreaterThan(156.4)
    expect(limitedBy).toBe('errors')
  }
})

test('errors at any load do not move the knee: 5 % of the requests fail, the others have 500/s: 526', () => {
  const requests = [request('ok', 95), request('plugin', 5)]
  const { knee } = capacityOf([stage('ramp', 50, 840, 40)], brokenRoute(d1, 1), { requests })
  expect(offBy(526.3, knee.rps)).toBeLessThan(0.03)
})

test('sporadic errors do not either: 0.3 % and outages of 0.3 s, 400/s served', () => {
  const model = flaky(queue(exponential(100), 4), 0.003, { every: 30, seconds: 0.3, share: 0.6 })
  const { knee } = capacityOf([stage('ramp', 50, 640, 40)], model, { seed: 3 })
  expect(offBy(401, knee.rps)).toBeLessThan(0.04)
})

test.each([
  ['below saturation', 20],
  ['in the middle of it', 30],
])('a restart of 3 s %s is left out: 400', (_, from) => {
  const model = restarting(queue(exponential(100), 4), from, from + 3)
  const { knee } = capacityOf([stage('ramp', 50, 640, 40)], model)
  expect(knee.bound).toBe('measured')
  expect(offBy(400, knee.rps)).toBeLessThan(0.04)
  expect(knee.because).not.toContain('collapse')
})

test('a crash for good puts the knee at the rate at which it happened: 50 + 20·14.75 = 345', () => {
  const crash: ServerModel = random => {
    const server = d1(random)
    return (at, of) => (at > 20 ? { status: 502, endsAt: at + 0.001 } : server(at, of))
  }
  const { knee } = capacityOf([stage('ramp', 50, 640, 40)], crash)
  expect(offBy(345, knee.rps)).toBeLessThan(0.05)
})

test('no knee where nothing answers', () => {
  const { knee, limitedBy } = capacityOf([stage('ramp', 50, 150, 20)], unreachable('refused'))
  expect(knee).toMatchObject({ rps: null, low: null, high: null, bound: 'none' })
  expect(limitedBy).toBeNull()
})

test('what comes after the highest rate does not count: only the rising part is read', () => {
  const rising = [stage('ramp', 50, 640, 40)]
  const alone = capacityOf(rising, mm1k).knee
  const { knee } = capacityOf([...rising, hold('recovery', 100, 10)], mm1k)
  expect(knee).toEqual(alone)
})

test('even arrivals leave only the service to scatter: 500 to within 0.5 %', () => {
  const { knee } = capacityOf([stage('ramp', 50, 800, 40)], d1, { arrivals: 'even' })
  expect(offBy(500, knee.rps)).toBeLessThan(0.005)
})

describe('a slow target is not an overloaded one: every answer takes 5 s, however many are asked for', () => {
  const slow: ServerModel = () => at => ({ status: 200, endsAt: at + 5 })

  test('one constant rate was sustained, though its first five seconds brought no answer', () => {
    const { knee } = capacityOf([hold('only', 100, 30)], slow)
    expect(knee.bound).toBe('at-least')
    // A lower bound: the five seconds without answers count as scatter.
    expect(knee.rps).toBeGreaterThan(80)
    expect(knee.rps).toBeLessThan(106)
  })

  test('a ramp to 1000/s met no limit, though its answers always trail behind by 5 · 24 = 120', () => {
    const { knee, limitedBy } = capacityOf([stage('ramp', 40, 1000, 40)], slow)
    expect(knee.bound).toBe('at-least')
    expect(knee.rps).toBeGreaterThan(850)
    expect(limitedBy).toBeNull()
  })
})

test('overload from the first second is never sustained: 900/s for 4 s on a server of 500/s, with a timeout or without', () => {
  for (const server of [d1, withGatewayTimeout(d1, 1)]) {
    const { knee } = capacityOf([hold('only', 900, 4)], server)
    expect(knee.low ?? 0).toBeLessThan(515)
    expect(knee.bound).not.toBe('at-least')
  }
})
