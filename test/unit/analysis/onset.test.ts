import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Findings } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import {
  brokenRoute,
  exponential,
  fixed,
  flaky,
  queue,
  restarting,
  tokenBucket,
  withGatewayTimeout,
} from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { hold, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const onsetOf = (stages: Plan['stages'], model: ServerModel, rest: Partial<Plan> = {}): Findings['onset'] =>
  analyse(simulateResult(planOf(stages, rest), model)).onset

describe('first seen and sustained are told apart', () => {
  test('a token bucket of 300/s with a burst of 150: sustained from 300, seen at 300 + sqrt(2·150·10.75) = 357', () => {
    const onset = onsetOf([stage('ramp', 50, 480, 40)], tokenBucket(300, 150))['503']!
    expect(onset.loadRelated).toBe(true)
    expect(Math.abs(onset.rps - 300)).toBeLessThan(12)
    expect(onset.low).toBeLessThan(300)
    expect(onset.high).toBeGreaterThan(300)
    expect(Math.abs(onset.firstSeenRps - 357)).toBeLessThan(25)
  })

  test('a timeout of 1 s at 500/s: sustained from 500, seen for arrivals at 500 + sqrt(2·500·1·18.75) = 637', () => {
    const onset = onsetOf([stage('ramp', 50, 800, 40)], withGatewayTimeout(queue(fixed(0.002)), 1))['504']!
    expect(onset.loadRelated).toBe(true)
    expect(Math.abs(onset.rps - 500)).toBeLessThan(20)
    expect(Math.abs(onset.firstSeenRps - 637)).toBeLessThan(30)
    // 50/s + 18.75/s² · t = 637/s at t = 31.3 s.
    expect(Math.abs(onset.atSeconds - 31.3)).toBeLessThan(1.5)
    expect(onset.because).toContain('timeout of 1 s')
  })

  test('constant rates find it without a ramp: 400 between 360 that holds and 440 that does not', () => {
    const steps = [100, 200, 300, 360, 440, 500].map(rate => hold(`${rate}`, rate, 8))
    const onset = onsetOf(steps, queue(exponential(400), 1, 100))['502']!
    expect(onset.loadRelated).toBe(true)
    expect(Math.abs(onset.rps - 400)).toBeLessThan(24)
  })
})

test('without a queue it begins softly, and is said to begin where 1 % is met: Erlang-B, 156.4', () => {
  const onset = onsetOf([stage('ramp', 50, 250, 60)], queue(exponential(50), 8, 8))['502']!
  expect(onset.loadRelated).toBe(true)
  expect(Math.abs(onset.rps / 156.4 - 1)).toBeLessThan(0.15)
  expect(onset.firstSeenRps).toBeLessThan(onset.rps)
})

test('overload from the start has no lower end', () => {
  const onset = onsetOf([stage('ramp', 500, 1000, 30)], queue(exponential(400), 1, 100))['502']!
  expect(onset).toMatchObject({ loadRelated: true, low: null })
  expect(Math.abs(onset.rps - 400)).toBeLessThan(20)
})

describe('a status that the load does not bring is no onset', () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
  const ramp = [stage('ramp', 50, 640, 40)]

  test('sporadic errors with outages, 20 of 20 seeds', () => {
    const model = flaky(queue(exponential(100), 4), 0.003, { every: 30, seconds: 0.3, share: 0.6 })
    for (const seed of seeds) {
      const onset = onsetOf(ramp, model, { seed })['502']!
      expect(onset).toMatchObject({ loadRelated: false, low: null, high: null })
      expect(onset.rps).toBe(onset.firstSeenRps)
    }
  })

  test('one broken page, its share told', () => {
    const requests = [request('ok', 95), request('plugin', 5)]
    const onset = onsetOf(ramp, brokenRoute(queue(fixed(0.002)), 1), { requests }).any!
    expect(onset.loadRelated).toBe(false)
    expect(Math.abs(onset.share - 0.05)).toBeLessThan(0.01)
    expect(onset.because).toContain('met it at low load, and no more than that at the highest')
  })

  test('a restart: resets are no gateway status at all', () => {
    const onset = onsetOf(ramp, restarting(queue(exponential(100), 4), 20, 23))
    expect(onset).toEqual({ 502: null, 503: null, 504: null, any: null })
  })

  test('a single rate cannot tell, unless its backlog does', () => {
    const share: ServerModel = random => at => ({
      status: random.uniform() < 0.004 ? 502 : 200,
      endsAt: at + 0.001,
    })
    expect(onsetOf([hold('only', 200, 20)], share)['502']).toMatchObject({ loadRelated: false })
  })
})

test('a stage without load before the ramp changes nothing: 400/s', () => {
  const server = queue(exponential(400), 1, 100)
  const onset = onsetOf([hold('silence', 0, 5), stage('ramp', 20, 650, 30)], server)['502']!
  expect(onset.loadRelated).toBe(true)
  expect(Math.abs(onset.rps / 400 - 1)).toBeLessThan(0.06)
})

test('a ramp that crosses the knee in its last three seconds cannot tell the load from an outage, and says so', () => {
  const onset = onsetOf([stage('ramp', 50, 650, 6)], queue(exponential(400), 1, 20))['502']!
  expect(onset).toMatchObject({ loadRelated: false, undecided: true, low: null, high: null })
})

test('`any` is the union of the gateway statuses', () => {
  const mixed: ServerModel = random => {
    const server = queue(exponential(400), 1, 100)(random)
    return (at, of) => {
      const ending = server(at, of)
      if (ending.status !== 502) return ending
      return { ...ending, status: random.uniform() < 0.5 ? 502 : 522 }
    }
  }
  const onset = onsetOf([stage('ramp', 50, 640, 40)], mixed)
  expect(onset.any!.count).toBeGreaterThan(1.8 * onset['502']!.count)
  expect(Math.abs(onset.any!.rps - 400)).toBeLessThan(24)
  expect(onset['503']).toBeNull()
})
