import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { lackingResource } from '../../../src/analysis/client-resource.ts'
import { EXIT } from '../../../src/cli/exit-code.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { encodeHistogram } from '../../../src/result/histogram.ts'
import { neverSentCode, outcomeOf } from '../../../src/result/outcome.ts'
import type { NeverSentReason } from '../../../src/result/outcome.ts'
import type { GeneratorHealth, IntervalWindow, Result } from '../../../src/result/result.ts'
import { nanoseconds } from '../../../src/units/quantity.ts'
import { judge } from '../../../src/verdict/judge.ts'
import { exponential, queue, unreachable } from '../../support/servers.ts'
import { HEALTHY, hold, percentile, planOf, simulateResult, stage } from '../../support/simulate-result.ts'

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

describe('a generator that cannot send in time', () => {
  // 1 % of the requests of each window from 20 s on: 50/s + 20 × 6.25/s = 175/s of the 300/s that were planned.
  const light = simulateResult(planOf([stage('ramp', 50, 300, 40)]), queue(exponential(400), 1, 100))
  const behind = changed((window, index) => {
    if (index < 20) return window
    const count = Math.ceil(window.offered * 0.01)
    return unsentIn(window, 'generator-behind', count)
  }, light)
  const findings = analyse(behind)

  test('voids every window in which more than 0.5 % were not sent, and says so', () => {
    expect(findings.windows.map(({ valid }) => valid)).toEqual(
      Array.from({ length: 40 }, (_, index) => index < 20),
    )
    expect(findings.trust.notes[0]).toMatch(/^20 windows left out, .* requests could not be sent in time$/)
  })

  test('0.4 % are within what is tolerated', () => {
    const few = changed(
      window => unsentIn(window, 'generator-behind', Math.floor(window.offered * 0.004)),
      light,
    )
    expect(analyse(few).windows.every(({ valid }) => valid)).toBe(true)
  })

  test('makes the result "at least", limited by the generator, though half of the windows are void', () => {
    const { trust, capacity, causes } = findings
    expect(trust).toMatchObject({ ok: true, reasons: [] })
    expect(capacity).toMatchObject({ limitedBy: 'generator', knee: { bound: 'at-least', high: null } })
    expect(capacity.knee.rps).toBeLessThan(175)
    expect(capacity.knee.rps).toBeGreaterThan(140)
    expect(causes[0]).toMatchObject({ cause: 'client-refused' })
    expect(causes[0]!.next).toContain('generate from another one')
  })

  test('decides nothing: the verdict is inconclusive, which is exit code 3', () => {
    const verdict = judge(behind.plan, findings, behind)
    expect(verdict.name).toBe('inconclusive')
    expect(verdict.because).toMatch(
      /^the load generator gave out before the target did; the knee is at least 1\d\d\/s$/,
    )
    expect(EXIT[verdict.name]).toBe(3)
  })

  test('still breaks what is broken below', () => {
    const clause = {
      kind: 'latency',
      text: 'p50 < 1ms',
      statistic: { percentile: percentile(50) },
      limit: 1e6,
    }
    const plan = { ...behind.plan, promises: [clause as PromiseClause] }
    expect(judge(plan, findings, { ...behind, plan }).name).toBe('failed')
  })

  test('is not blamed for a lone window among others of its rate', () => {
    const steady = simulateResult(planOf([hold('steady', 100, 30)]), queue(exponential(400), 1, 100))
    const once = changed(
      (window, index) => (index === 12 ? unsentIn(window, 'generator-behind', 9) : window),
      steady,
    )
    const { capacity, trust } = analyse(once)
    expect(capacity).toMatchObject({ limitedBy: null, knee: { bound: 'at-least' } })
    expect(trust.notes[0]).toContain('1 window left out')
    expect(judge(once.plan, analyse(once), once).name).toBe('passed')
  })

  test('every fourth window of a hold void: what it shows is not believed', () => {
    const steady = simulateResult(planOf([hold('steady', 100, 40)]), queue(exponential(400), 1, 100))
    const scattered = changed(
      (window, index) => (index % 4 === 1 ? unsentIn(window, 'generator-behind', 9) : window),
      steady,
    )
    expect(analyse(scattered).trust.ok).toBe(false)
  })
})

describe('what ran out on the machine of the generator', () => {
  const saying = (head: string): Result => {
    const lacking = changed((window, index) =>
      index === 38 ? unsentIn(window, 'client-resources', 100) : window,
    )
    const outcome = outcomeOf(neverSentCode('client-resources'))
    return { ...lacking, samples: [{ request: 0, outcome, at: nanoseconds(1), head, body: '' }] }
  }
  const noteOf = (head: string): string => analyse(saying(head)).trust.notes[0]!

  test.each([
    ['connect EMFILE 127.0.0.1:80', 'file descriptor left to this process'],
    ['connect EADDRNOTAVAIL 127.0.0.1:80 - Local (0.0.0.0:0)', 'local port left on this machine'],
    ['something else', 'descriptor or port left on this machine'],
  ])('%s', (head, name) => {
    expect(noteOf(head)).toMatch(new RegExp(`100 requests found no ${name}$`))
  })

  test.each([
    ['EMFILE', /ulimit -n/],
    ['EADDRNOTAVAIL', /ip_local_port_range.*127\.0\.0\.2/],
    ['ENFILE', /fs\.file-max/],
  ])('%s has its own remedy', (head, remedy) => {
    expect(lackingResource(saying(head).samples).remedy).toMatch(remedy)
  })
})

describe('a ceiling of 400/s that was measured before the run', () => {
  const light = simulateResult(planOf([stage('ramp', 50, 350, 30)]), queue(exponential(1000)))
  const calibrated = { ...light, run: { ...light.run, calibration: { ceilingRps: 400, workers: 2 } } }

  test('voids the windows of rates above 280/s, 70 % of it: from 23 s on', () => {
    expect(analyse(calibrated).windows.map(({ valid }) => valid)).toEqual(
      Array.from({ length: 30 }, (_, index) => index < 23),
    )
    expect(analyse(calibrated).capacity.limitedBy).toBe('generator')
    expect(analyse(light).capacity.limitedBy).toBeNull()
  })

  test('stands in the figures of the generator, with the share of it that was asked for', () => {
    // The last window's mean rate is 345/s.
    expect(analyse(calibrated).generator).toMatchObject({
      pacing: 'spin',
      ceilingRps: 400,
      ceilingShare: expect.closeTo(345 / 400, 9),
    })
    expect(analyse(light).generator).toMatchObject({ ceilingRps: null, ceilingShare: null })
  })
})

function unsentIn(window: IntervalWindow, reason: NeverSentReason, count: number): IntervalWindow {
  const outcome = outcomeOf(neverSentCode(reason))
  const series = { request: 0, outcome, count, firstAt: window.from, bytesRead: 0 }
  return {
    ...window,
    offered: window.offered + count,
    series: [...window.series, { ...series, responseTimesUs: '', serviceTimesUs: '' }],
  }
}

describe('never sent', () => {
  const unsent = (reason: 'no-free-connection' | 'client-resources'): Result =>
    changed((window, index) => (index === 38 ? unsentIn(window, reason, 100) : window))

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
