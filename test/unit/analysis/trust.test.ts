import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { encodeHistogram } from '../../../src/result/histogram.ts'
import { neverSentCode, outcomeOf } from '../../../src/result/outcome.ts'
import type { GeneratorHealth, IntervalWindow, Result } from '../../../src/result/result.ts'
import { nanoseconds } from '../../../src/units/quantity.ts'
import { exponential, queue, unreachable } from '../../support/servers.ts'
import { HEALTHY, hold, planOf, simulateResult, stage } from '../../support/simulate-result.ts'

const healthy = simulateResult(
  planOf([stage('ramp', 50, 640, 40), hold('after', 100, 6)]),
  queue(exponential(400), 1, 100),
)

type Change = (window: IntervalWindow, index: number) => IntervalWindow
const changed = (change: Change, result: Result = healthy): Result => ({
  ...result,
  windows: result.windows.map(change),
})
const sick =
  (health: Partial<GeneratorHealth>, where: (index: number) => boolean): Change =>
  (window, index) =>
    where(index) ? { ...window, generator: { ...HEALTHY, ...health } } : window

const lateBy = (us: number, late: number, of: number): string =>
  encodeHistogram(countsOf(Array.from({ length: of }, (_, i) => (i < late ? us : 20))))

test('a healthy run is trusted without reserve', () => {
  expect(analyse(healthy).trust).toEqual({ ok: true, reasons: [], notes: [] })
})

describe('a window is void', () => {
  test.each([
    ['when more than 1 % of its requests leave 60 ms late', { latenessUs: lateBy(60_000, 20, 400) }],
    ['when a worker has no time left', { utilisation: 0.97 }],
    ['when a worker stands still for 80 ms', { longestStallMs: 80 }],
    ['when garbage collection takes 30 ms of a second', { garbageCollectionMs: 30 }],
  ])('%s', (_, health) => {
    const { windows } = analyse(changed(sick(health, index => index === 10)))
    expect(windows.map(({ valid }) => valid).indexOf(false)).toBe(10)
    expect(windows.filter(({ valid }) => !valid)).toHaveLength(1)
  })

  test('not for two late requests: an incident is no limit', () => {
    const { windows } = analyse(changed(sick({ latenessUs: lateBy(60_000, 2, 50) }, index => index === 3)))
    expect(windows.every(({ valid }) => valid)).toBe(true)
  })

  test('not for spinning: lateness of 1.9 ms and 90 % of real work are within the limits', () => {
    const { windows } = analyse(
      changed(sick({ latenessUs: lateBy(1900, 400, 400), utilisation: 0.9 }, () => true)),
    )
    expect(windows.every(({ valid }) => valid)).toBe(true)
  })
})

test('one void window in a ramp is left out and noted, and costs nothing', () => {
  const { trust, capacity } = analyse(changed(sick({ longestStallMs: 90 }, index => index === 12)))
  expect(trust.ok).toBe(true)
  expect(trust.notes[0]).toContain('1 window left out')
  expect(Math.abs(capacity.knee.rps! / 400 - 1)).toBeLessThan(0.04)
})

test('a quarter of the windows void: no figure is printed as a capacity', () => {
  const { trust, capacity, sizing } = analyse(changed(sick({ utilisation: 1 }, index => index % 4 === 0)))
  expect(trust.ok).toBe(false)
  expect(capacity.knee).toMatchObject({ rps: null, low: null, high: null, bound: 'none' })
  expect(sizing.safeRps).toBeNull()
})

test('void windows around the knee void the knee, however few they are', () => {
  // 360/s to 440/s is from 21.0 s to 26.4 s of the ramp.
  const { trust } = analyse(changed(sick({ utilisation: 1 }, index => index >= 21 && index <= 25)))
  expect(trust.ok).toBe(false)
  expect(trust.reasons[0]).toContain('around the knee')
})

test('a generator that gives out at the top, below the knee: at least what it offered, limited by the generator', () => {
  const light = simulateResult(planOf([stage('ramp', 50, 300, 40)]), queue(exponential(400), 1, 100))
  const { trust, capacity, causes } = analyse(
    changed(
      sick({ utilisation: 1 }, index => index >= 36),
      light,
    ),
  )
  expect(trust.ok).toBe(true)
  expect(capacity.limitedBy).toBe('generator')
  // The last valid window ends at 36 s: 275/s.
  expect(capacity.knee).toMatchObject({ bound: 'at-least', high: null })
  expect(capacity.knee.rps).toBeLessThan(275)
  expect(capacity.knee.rps).toBeGreaterThan(230)
  expect(causes[0]!.cause).toBe('client-refused')
})

describe('never sent', () => {
  const unsent = (reason: 'no-free-connection' | 'client-resources'): Result =>
    changed((window, index) => {
      if (index !== 38) return window
      const outcome = outcomeOf(neverSentCode(reason))
      const series = { request: 0, outcome, count: 100, firstAt: window.from, bytesRead: 0 }
      return {
        ...window,
        offered: window.offered + 100,
        series: [...window.series, { ...series, responseTimesUs: '', serviceTimesUs: '' }],
      }
    })

  test('for want of descriptors voids the window and is no error of the target', () => {
    const { windows } = analyse(unsent('client-resources'))
    const before = analyse(healthy).windows[38]!
    expect(windows[38]).toMatchObject({ valid: false, neverSent: 100, errors: before.errors })
  })

  test('because all connections were waiting for the target is an error, and noted', () => {
    const { windows, trust } = analyse(unsent('no-free-connection'))
    expect(windows[38]).toMatchObject({ valid: true, neverSent: 100 })
    expect(windows[38]!.errors).toBe(analyse(healthy).windows[38]!.errors + 100)
    expect(trust.notes[0]).toContain('100 requests found all 10 000 connections waiting')
  })
})

test('a window in which the trial ended is not held against the target', () => {
  const windows = healthy.windows.slice(0, 36)
  const last = windows[35]!
  const outcome = outcomeOf(neverSentCode('trial-ended'))
  const series = { request: 0, outcome, count: 400, firstAt: last.from, bytesRead: 0 }
  const cut = {
    ...last,
    offered: last.offered + 400,
    series: [...last.series, { ...series, responseTimesUs: '', serviceTimesUs: '' }],
  }
  const ended = { how: 'interrupted', signal: 'SIGINT', at: last.to } as const
  const withIt = analyse({ ...healthy, ended, windows: [...windows.slice(0, 35), cut] })
  const withoutIt = analyse({ ...healthy, ended, windows: windows.slice(0, 35) })
  expect(withIt.capacity.knee).toEqual(withoutIt.capacity.knee)
  expect(withIt.stages[0]!.errors).toBe(analyse({ ...healthy, ended, windows }).stages[0]!.errors)
})

test('a count that does not add up is our fault and voids the run', () => {
  const wrong = changed((window, index) =>
    index === 5 ? { ...window, offered: window.offered + 1 } : window,
  )
  const { trust } = analyse(wrong)
  expect(trust.ok).toBe(false)
  expect(trust.reasons[0]).toContain('do not add up')
})

test('a request whose connection was refused never went onto the wire, and the counts still add up', () => {
  const refused = changed(
    window => ({ ...window, sent: 0 }),
    simulateResult(planOf([hold('h', 50, 5)]), unreachable('refused')),
  )
  expect(analyse(refused).trust.reasons).toEqual([])
})

test('in flight must equal rate times response time, else it is noted', () => {
  const steady = simulateResult(planOf([hold('steady', 200, 20)]), queue(exponential(400)))
  const doubled = changed(
    window => ({ ...window, inFlight: { ...window.inFlight, mean: 2 * window.inFlight.mean } }),
    steady,
  )
  expect(analyse(steady).trust.notes).toEqual([])
  expect(analyse(doubled).trust.notes[0]).toContain("Little's law")
})

test('an interrupted run keeps what it measured and says so; stopped before anything was measured it has nothing', () => {
  const at = nanoseconds(30e9)
  const interrupted = analyse({
    ...healthy,
    ended: { how: 'interrupted', signal: 'SIGINT', at },
    windows: healthy.windows.slice(0, 30),
  })
  expect(interrupted.trust).toMatchObject({ ok: true, notes: ['interrupted by SIGINT after 30 s'] })
  expect(interrupted.stages).toHaveLength(1)
  const stopped = analyse({
    ...healthy,
    ended: { how: 'stopped', reason: 'connection refused', failure: 'refused', at: nanoseconds(1e9) },
    windows: [],
  })
  expect(stopped.trust).toMatchObject({ ok: false })
  expect(stopped.capacity.knee.bound).toBe('none')
  expect(stopped.causes[0]!.cause).toBe('connectivity')
})
