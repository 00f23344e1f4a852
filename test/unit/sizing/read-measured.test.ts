import { expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { readWindows } from '../../../src/analysis/window-record.ts'
import type { Findings } from '../../../src/analysis/findings.ts'
import { meanUs } from '../../../src/result/counts.ts'
import type { Result } from '../../../src/result/result.ts'
import { readMeasured } from '../../../src/sizing/read-measured.ts'
import type { Measured } from '../../../src/sizing/read-measured.ts'
import { nanoseconds } from '../../../src/units/quantity.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'
import { exponential, queue } from '../../support/servers.ts'
import { hold, planOf, request, simulateResult, stage } from '../../support/simulate-result.ts'

const REQUESTS = [request('home', 3), { ...request('buy', 1), method: 'POST' }]

/** M/M/1/100 of 400/s: held at 380/s for a while, then a ramp through its capacity. */
const carried: Result = {
  ...simulateResult(
    planOf(
      [
        stage('warm-up', 40, 40, 2, true),
        hold('low', 100, 10),
        hold('near', 380, 60),
        stage('ramp', 380, 700, 40),
      ],
      {
        requests: REQUESTS,
      },
    ),
    queue(exponential(400), 1, 100),
  ),
  samples: [
    {
      request: 1,
      outcome: { kind: 'answered', status: 502 },
      at: nanoseconds(0),
      head: 'HTTP/1.1 502 Bad Gateway\r\n',
      body: '',
    },
    {
      request: 0,
      outcome: { kind: 'answered', status: 200 },
      at: nanoseconds(0),
      head: 'HTTP/1.1 200 OK\r\ncache-control: max-age=60\r\n',
      body: '',
    },
  ],
}
const records = readWindows(carried)
const findings = analyse(carried, {}, records)
const read = (changed: Partial<Findings> = {}): Measured =>
  readMeasured({
    label: 'a.json',
    backends: 2,
    result: carried,
    findings: { ...findings, ...changed },
    records,
  })
const leftOut = (measured: Measured): string => (measured.ok ? '' : measured.leftOut.because)

test('of a report the knee, the requests, and response times just below the knee', () => {
  const measured = read()
  if (!measured.ok) throw new Error(measured.leftOut.because)
  const { system } = measured
  expect(system).toMatchObject({ label: 'a.json', backends: 2 })
  expect(system.capacity.rps / 400).toBeCloseTo(1, 1)
  // 1/(400 − 380) = 50 ms in M/M/1 at 0.95; in a minute it scatters by a third or so.
  expect(system.responseTime!).toBeGreaterThan(0.025)
  expect(system.responseTime!).toBeLessThan(0.12)
  expect(system.responseTimeP99!).toBeGreaterThan(2 * system.responseTime!)
  expect(system.routes.map(({ name, method, share }) => [name, method, share])).toEqual([
    ['home', 'GET', 0.75],
    ['buy', 'POST', 0.25],
  ])
  expect(system.routes.map(({ head }) => head)).toEqual([carried.samples[1]!.head, null])
})

test('bytes are those of good answers, heads included', () => {
  const heavy: Result = {
    ...carried,
    windows: carried.windows.map(window => ({
      ...window,
      series: window.series.map(one => ({
        ...one,
        bytesRead: one.count * (one.outcome.kind === 'answered' && one.outcome.status === 200 ? 5000 : 1e6),
      })),
    })),
  }
  const measured = readMeasured({ label: '', backends: 1, result: heavy, findings, records })
  expect(measured.ok && measured.system.bytesPerAnswer).toBe(5000)
})

test('an at-least knee has no upper end, and no response time near it', () => {
  const { capacity } = findings
  const knee = { ...capacity.knee, rps: 380, low: 380, high: null, bound: 'at-least' as const }
  const measured = read({ capacity: { ...capacity, knee } })
  expect(measured.ok && measured.system).toMatchObject({
    capacity: { rps: 380, low: 380, high: null },
    responseTime: null,
    responseTimeP99: null,
  })
})

test('what says nothing of a capacity is left out, with its reason', () => {
  const { capacity } = findings
  const none = {
    ...capacity.knee,
    rps: null,
    low: null,
    high: null,
    bound: 'none' as const,
    because: 'too short',
  }
  const most = { ...capacity.knee, low: null, bound: 'at-most' as const, rps: 400 }
  expect(leftOut(read({ trust: { ok: false, reasons: ['it was late'], notes: [] } }))).toBe(
    'the run cannot be trusted: it was late',
  )
  expect(leftOut(read({ capacity: { ...capacity, knee: none } }))).toBe('it has no knee: too short')
  expect(leftOut(read({ capacity: { ...capacity, knee: most } }))).toContain('only known to be at most 400/s')
  const limiter = {
    cause: 'rate-limiter' as const,
    certainty: 0.9,
    claim: 'a bucket',
    evidence: [],
    next: '',
  }
  expect(leftOut(read({ causes: [limiter] }))).toContain('the limit of a rate limiter')
  expect(leftOut(read({ causes: [{ ...limiter, certainty: 0.2 }] }))).toBe('')
})

test('of a search response times come from the hold below the knee, not from what an overload left behind', () => {
  const result = scriptedSearch(pathAround(400), concluded(400), queue(exponential(400), 1, 100))
  const all = readWindows(result)
  const measured = readMeasured({
    label: 'search.json',
    backends: 1,
    result,
    findings: analyse(result, {}, all),
    records: all,
  })
  if (!measured.ok) throw new Error(measured.leftOut.because)
  const { responseTime, serviceTimes } = measured.system
  // At 0.97 of 400/s: 1/(400 − 388) = 83 ms in the long run; a full queue, as the plateaus leave it, is 250 ms.
  expect(responseTime!).toBeGreaterThan(0.015)
  expect(responseTime!).toBeLessThan(0.2)
  // At a fifth of the load: 1/(400 − 80) = 3.1 ms.
  expect(meanUs(serviceTimes!)! / 3125).toBeGreaterThan(0.8)
  expect(meanUs(serviceTimes!)! / 3125).toBeLessThan(1.2)
})
