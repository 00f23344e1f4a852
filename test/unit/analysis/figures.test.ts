import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { exponential, fixed, frozen, queue } from '../../support/servers.ts'
import { hold, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const plan = planOf(
  [stage('warm-up', 50, 50, 3, true), stage('ramp', 50, 640, 20), hold('recovery', 100, 5)],
  {
    requests: [request('home', 3), request('product', 1)],
  },
)
const result = simulateResult(plan, queue(exponential(400), 1, 100))
const findings = analyse(result)

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe('counts are exact', () => {
  test('the windows of a stage add up to the stage, status by status', () => {
    for (const each of findings.stages) {
      const own = findings.windows.filter(window => window.stage === each.name)
      expect(sum(own.map(({ offered }) => offered))).toBe(each.offered)
      expect(sum(own.map(({ errors }) => errors))).toBe(each.errors)
      for (const status of ['200', '502'])
        expect(sum(own.map(({ statuses }) => statuses[status] ?? 0))).toBe(each.statuses[status] ?? 0)
    }
  })

  test('the routes add up to the measured stages, and every request ended as something', () => {
    const measured = findings.stages.filter(({ warmup }) => !warmup)
    expect(sum(findings.routes.map(({ offered }) => offered))).toBe(
      sum(measured.map(({ offered }) => offered)),
    )
    for (const { offered, statuses, failures, neverSent } of [...findings.stages, ...findings.routes])
      expect(sum(Object.values(statuses)) + sum(Object.values(failures)) + neverSent).toBe(offered)
  })

  test('and equal the windows of the result', () => {
    expect(sum(findings.windows.map(({ offered }) => offered))).toBe(
      sum(result.windows.map(({ offered }) => offered)),
    )
  })
})

test('each stage has its name, times and rates', () => {
  const [warmUp, ramp] = findings.stages
  expect(warmUp).toMatchObject({ name: 'warm-up', warmup: true, fromSeconds: 0, toSeconds: 3, valid: true })
  expect(ramp).toMatchObject({ name: 'ramp', warmup: false, fromSeconds: 3, toSeconds: 23 })
  expect(ramp!.offeredRps).toBe(ramp!.offered / 20)
})

test('routes share the traffic by weight: 3 to 1', () => {
  const [home, product] = findings.routes
  expect(Math.abs(home!.offered / (home!.offered + product!.offered) - 0.75)).toBeLessThan(0.02)
})

test('a freeze of 1 s at 250/s even for 60 s: p99 is 1 − 0.6 = 0.4 s and p99.9 0.94 s, charged from the intended start', () => {
  // 1/60 of the requests wait, uniformly from 1 s down to 0: P(wait > t) = (1 − t)/60.
  const frozenRun = simulateResult(planOf([hold('steady', 250, 60)], { arrivals: 'even' }), frozen(20, 21))
  const { responseTimeMs } = analyse(frozenRun).stages[0]!
  expect(Math.abs(responseTimeMs.p99! - 400)).toBeLessThan(6)
  expect(Math.abs(responseTimeMs.p999! - 940)).toBeLessThan(6)
  expect(responseTimeMs.p95).toBeLessThan(2)
})

test('timed-out requests count in the response times at their deadline, and as errors', () => {
  // 600/s against 500/s for 20 s: the wait grows by 0.2 s every second and passes 2 s after 10 s.
  const template = { ...request('home'), deadline: (2 * 1e9) as ReturnType<typeof request>['deadline'] }
  const run = simulateResult(
    planOf([hold('over', 600, 20)], { requests: [template], arrivals: 'even' }),
    queue(fixed(0.002)),
  )
  const over = analyse(run).stages[0]!
  const late = over.failures['timed-out']!
  expect(Math.abs(late - 6000)).toBeLessThan(60)
  expect(over.errors).toBe(late)
  expect(Math.abs(over.responseTimeMs.max! - 2000)).toBeLessThan(3)
})

test('the same result gives the same findings', () => {
  expect(analyse(result)).toEqual(findings)
})
