import { expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Cause, CauseName } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { nanoseconds } from '../../../src/units/quantity.ts'
import {
  brokenRoute,
  exponential,
  fixed,
  flaky,
  queue,
  restarting,
  tokenBucket,
  unreachable,
  withGatewayTimeout,
} from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { hold, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const rampTo = (rate: number): Plan['stages'] => [stage('ramp', 50, rate, 40)]
const causesOf = (stages: Plan['stages'], model: ServerModel, rest: Partial<Plan> = {}): readonly Cause[] =>
  analyse(simulateResult(planOf(stages, rest), model)).causes

const d1 = queue(fixed(0.002))
const four = queue(exponential(100), 4)
const two = { requests: [request('ok', 95), request('plugin', 5)] }
const sporadic = flaky(d1, 0.003, { every: 30, seconds: 0.3, share: 0.6 })

test.each<[string, readonly CauseName[], Plan['stages'], ServerModel, Partial<Plan>]>([
  ['a full queue', ['overload'], rampTo(640), queue(exponential(400), 1, 100), {}],
  ['an endless queue', ['overload'], rampTo(800), d1, {}],
  ['slots without a queue', ['overload'], rampTo(250), queue(exponential(50), 8, 8), {}],
  ['a token bucket', ['rate-limiter'], rampTo(480), tokenBucket(300, 150), {}],
  ['a gateway timeout', ['overload', 'timeout-ladder'], rampTo(800), withGatewayTimeout(d1, 1), {}],
  ['a broken page at light load', ['page-specific'], rampTo(200), brokenRoute(d1, 1), two],
  ['a restart at light load', ['restart'], rampTo(200), restarting(four, 20, 23), {}],
  ['a closed port', ['connectivity'], rampTo(100), unreachable('refused'), {}],
  ['a wrong name', ['connectivity'], rampTo(100), unreachable('dns'), {}],
  ['sporadic errors at light load', ['none'], rampTo(200), sporadic, {}],
  ['light load', ['none'], rampTo(200), d1, {}],
])('%s gives %s and nothing else', (_, names, stages, model, rest) => {
  const causes = causesOf(stages, model, rest)
  expect(causes.map(({ cause }) => cause)).toEqual(names)
  for (const { claim, evidence, next, certainty } of causes) {
    expect(claim).not.toBe('')
    expect(evidence.length).toBeGreaterThan(0)
    expect(next).not.toBe('')
    expect(certainty).toBeGreaterThan(0)
    expect(certainty).toBeLessThanOrEqual(1)
  }
})

test('a broken page stays the first cause when the rest is overloaded as well', () => {
  const causes = causesOf(rampTo(840), brokenRoute(d1, 1), two)
  expect(causes.map(({ cause }) => cause)).toEqual(['page-specific', 'overload'])
  expect(causes[0]!.claim).toContain('/plugin')
})

test('slots without a queue: what helps is room to wait, not backends', () => {
  const [overload] = causesOf(rampTo(400), queue(exponential(50), 8, 8))
  expect(overload!.claim).toContain('too little room to wait')
})

test('a restart names its seconds', () => {
  const [restart] = causesOf(rampTo(200), restarting(four, 20, 23))
  expect(restart!.claim).toContain('From 20 s to 23 s')
})

test('a limiter that signs its rejections is more certain than one that does not', () => {
  const result = simulateResult(planOf(rampTo(480)), tokenBucket(300, 150))
  const head = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n'
  const sample = {
    request: 0,
    outcome: { kind: 'answered', status: 503 } as const,
    at: nanoseconds(0),
    head,
    body: '',
  }
  const [unsigned] = analyse(result).causes
  const [signed] = analyse({ ...result, samples: [sample] }).causes
  expect(signed!.cause).toBe('rate-limiter')
  expect(signed!.certainty).toBeGreaterThan(unsigned!.certainty)
  expect(signed!.evidence.join(' ')).toContain('Retry-After: 1')
})

test("requests that end at the scenario's own deadline are told from a gateway's timeout", () => {
  const requests = [{ ...request('home'), deadline: nanoseconds(2e9) }]
  const own = causesOf([hold('over', 700, 30)], d1, { requests }).find(
    ({ cause }) => cause === 'timeout-ladder',
  )
  expect(own!.claim).toContain('the deadline of 2 s that the scenario sets')
})
