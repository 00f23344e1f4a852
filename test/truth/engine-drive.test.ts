import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { combineParts } from '../../src/recording/combine-parts.ts'
import { countAbove, meanUs, quantileUs, totalCount } from '../../src/result/counts.ts'
import { decodeHistogram } from '../../src/result/histogram.ts'
import type { IntervalWindow } from '../../src/result/result.ts'
import { milliseconds } from '../../src/units/quantity.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import { RawServer } from '../support/raw-server.ts'
import type { RawRequest } from '../support/raw-server.ts'
import { hold, planOf, request, stage } from '../support/simulate-result.ts'
import { WatchedDrive, block } from '../support/watched-drive.ts'
import { until } from '../support/watched-engine.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const answer = ({ socket }: RawRequest): void => {
  socket.write(OK)
}

let server: RawServer
let watched: WatchedDrive

beforeEach(async () => {
  server = await RawServer.start(answer)
})

afterEach(async () => {
  watched.drive.abandon()
  await watched.done()
  await until(() => server.open.size === 0)
  await server.stop()
})

async function serve(answer: (request: RawRequest) => void): Promise<void> {
  await server.stop()
  server = await RawServer.start(answer)
}

const even = (stages: Plan['stages'], rest: Partial<Plan> = {}): Plan =>
  planOf(stages, { arrivals: 'even', ...rest })
const withDeadline = (ms: number): Pick<Plan, 'requests'> => ({
  requests: [{ ...request('home'), deadline: milliseconds(ms) }],
})

function drive(plan: Plan, options?: ConstructorParameters<typeof WatchedDrive>[2]): WatchedDrive {
  watched = new WatchedDrive(plan, server.address, options)
  return watched
}

const offered = (windows: readonly IntervalWindow[]): number[] => windows.map(window => window.offered)
const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)

/** Every outcome with its count over all windows. */
function outcomes(windows: readonly IntervalWindow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome, count } of windows.flatMap(({ series }) => series)) {
    const name = Object.values(outcome).join(' ')
    counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}

/** What holds of any trial: windows once each and in order, and every offered request in them and in the flow. */
function expectConserved({ parts, windows, ticks, ends, due }: WatchedDrive): void {
  expect(parts.map(({ index }) => index)).toEqual(parts.map((_, i) => i))
  expect(ticks.map(({ index }) => index)).toEqual(parts.map((_, i) => i))
  expect(offered(windows)).toEqual(due)
  expect(ends).toHaveLength(1)
  expect(total(windows.map(({ flow }) => flow.ended)) + ends[0]!.ended).toBe(total(due))
  for (const { offered, sent, series } of windows) {
    expect(total(series.map(({ count }) => count))).toBe(offered)
    expect(sent).toBeLessThanOrEqual(offered)
    for (const { outcome, count, responseTimesUs } of series) {
      const recorded = outcome.kind === 'never-sent' ? 0 : count
      expect(totalCount(decodeHistogram(responseTimesUs))).toBe(recorded)
    }
  }
}

describe('a trial of 2.5 s', () => {
  test('even: 200 at 200/s, then 150 of a ramp to nothing, all of them answered', async () => {
    drive(even([hold('hold', 200, 1), stage('ramp', 200, 0, 1.5)]))
    await watched.done()
    expectConserved(watched)
    expect(offered(watched.windows)[0]).toBe(200)
    expect(total(offered(watched.windows))).toBe(350)
    expect(outcomes(watched.windows)).toEqual({ 'answered 200': 350 })
    expect(server.requests).toBe(350)
    expect(watched.windows.map(({ stage }) => stage)).toEqual([0, 1, 1])
    expect(watched.windows.map(({ sent }) => sent)).toEqual(offered(watched.windows))
  })

  test('Poisson, by two drives: together exactly the schedule of the plan', async () => {
    const plan = planOf([hold('hold', 200, 1), stage('ramp', 200, 0, 1.5)], { seed: 11 })
    const other = new WatchedDrive(plan, server.address, { share: { index: 0, count: 2 } })
    drive(plan, { share: { index: 1, count: 2 } })
    await watched.done()
    await other.done()
    const spans = layOutWindows(plan)
    const windows = spans.map((span, i) => combineParts([watched.parts[i]!, other.parts[i]!], span, 0))
    expect(offered(windows)).toEqual(watched.due)
    expect(server.requests).toBe(total(watched.due))
  })
})

test('what is in flight is what response times add up to (Little)', async () => {
  await serve(({ socket }) => setTimeout(() => socket.write(OK), 40))
  drive(even([hold('load', 100, 1), hold('silence', 0, 1)]))
  await watched.done()
  expectConserved(watched)
  const inFlight = total(watched.windows.map(({ inFlight }) => inFlight.mean))
  const [series] = watched.windows[0]!.series
  const responseSeconds = (meanUs(decodeHistogram(series!.responseTimesUs))! / 1e6) * series!.count
  expect(series!.count).toBe(100)
  // Times are rounded down to a microsecond in the histogram, and to 0.1 % above 2 ms.
  expect(Math.abs(inFlight / responseSeconds - 1)).toBeLessThan(0.002)
  expect(watched.windows[1]!.inFlight.atEnd).toBe(0)
})

test('an arrival at the very end of the trial is made: 2.5 of 2.5/s in 1 s are due at 0.2, 0.6 and 1.0 s', async () => {
  drive(even([hold('hold', 2.5, 1)]))
  await watched.done()
  expectConserved(watched)
  expect(offered(watched.windows)).toEqual([3])
  expect(server.requests).toBe(3)
})

test('a trial of silence has its windows and nothing in them', async () => {
  drive(even([hold('silence', 0, 1.5)]))
  await watched.done()
  expectConserved(watched)
  expect(offered(watched.windows)).toEqual([0, 0])
  expect([server.connections, server.requests]).toEqual([0, 0])
})

test('one connection for too many requests: whoever finds no room by its deadline was never sent', async () => {
  await serve(({ socket }) => setTimeout(() => socket.write(OK), 50))
  drive(even([hold('hold', 100, 1)], { maxConnections: 1, ...withDeadline(300) }))
  await watched.done()
  expectConserved(watched)
  const found = outcomes(watched.windows)
  // The second reason is this thread's own, where it was held up for longer than a deadline.
  const { 'never-sent no-free-connection': noRoom, 'never-sent generator-behind': behind = 0 } = found
  expect(noRoom).toBeGreaterThan(0)
  expect(watched.windows[0]!.sent).toBe(server.requests)
  expect(watched.windows[0]!.sent).toBe(100 - noRoom! - behind)
  expect(server.connections).toBeLessThan(100)
})

/** Every request was in flight when it was given up, or had not yet got its connection. */
function expectGivenUp({ windows, due }: WatchedDrive): void {
  const {
    'failed abandoned': inFlight = 0,
    'never-sent trial-ended': unsent = 0,
    ...others
  } = outcomes(windows)
  expect(others).toEqual({})
  expect(inFlight).toBeGreaterThan(0)
  expect(inFlight + unsent).toBe(total(due))
}

describe('a drive that is told to stop', () => {
  test('drains: sends nothing more, waits for every answer, and is done early', async () => {
    await serve(({ socket }) => setTimeout(() => socket.write(OK), 300))
    drive(even([hold('hold', 200, 60)]))
    await sleep(1500)
    watched.drive.drain()
    await watched.done()
    expectConserved(watched)
    const last = watched.parts.at(-1)!
    expect(last.to).toBeLessThan(30e9)
    expect(outcomes(watched.windows)).toEqual({ 'answered 200': total(watched.due) })
    expect(server.requests).toBe(total(watched.due))
    expect(watched.ends[0]!.ended).toBe(last.inFlight.atEnd)
    expect(watched.ends[0]!.ended).toBeGreaterThan(0)
  })

  test('abandons: gives up what is in flight and closes its connections', async () => {
    await serve(() => {})
    drive(even([hold('hold', 200, 60)], withDeadline(30_000)))
    await sleep(500)
    watched.drive.abandon()
    await watched.done()
    expectConserved(watched)
    expectGivenUp(watched)
    expect(watched.ends[0]).toEqual({ answered: 0, good: 0, ended: total(watched.due) })
    await until(() => server.open.size === 0)
  })

  test('drains, then abandons: the second order counts', async () => {
    await serve(() => {})
    drive(even([hold('hold', 100, 60)], withDeadline(30_000)))
    await sleep(300)
    watched.drive.drain()
    await sleep(100)
    expect(watched.ends).toEqual([])
    watched.drive.abandon()
    await watched.done()
    expectConserved(watched)
    expectGivenUp(watched)
  })

  test('abandons behind schedule: what was due and not started yet was never sent', async () => {
    drive(even([hold('hold', 500, 60)]))
    await sleep(300)
    block(300)
    watched.drive.abandon()
    await watched.done()
    expectConserved(watched)
    const found = outcomes(watched.windows)
    const sent = total(watched.windows.map(window => window.sent))
    // 300 ms of 500/s are 150, less one that the edges may cost.
    expect(found['never-sent trial-ended']).toBeGreaterThanOrEqual(149)
    expect(sent + found['never-sent trial-ended']!).toBe(total(watched.due))
    expect(server.requests).toBeLessThanOrEqual(sent)
  })

  test('drains behind schedule: what was due before the stop is still sent', async () => {
    drive(even([hold('hold', 500, 60)]))
    await sleep(300)
    block(300)
    watched.drive.drain()
    await watched.done()
    expectConserved(watched)
    expect(outcomes(watched.windows)).toEqual({ 'answered 200': total(watched.due) })
    expect(server.requests).toBe(total(watched.due))
  })

  test('before its start has nothing to tell', async () => {
    drive(even([hold('hold', 500, 60)]), { startsInMs: 300 })
    watched.drive.drain()
    await watched.done()
    expect(watched.windows).toEqual([])
    expect(watched.ticks).toEqual([])
    expect(server.requests).toBe(0)
  })
})

describe('a thread that stands still', () => {
  test('for 300 ms loses nothing, charges the wait to the requests due meanwhile, and tells of it', async () => {
    drive(even([hold('hold', 250, 2)]))
    await until(() => server.requests >= 75)
    block(300)
    await watched.done()
    expectConserved(watched)
    expect(offered(watched.windows)).toEqual([250, 250])
    expect(outcomes(watched.windows)).toEqual({ 'answered 200': 500 })
    expect(watched.windows[0]!.generator.longestStallMs).toBeGreaterThanOrEqual(250)
    // Of the 75 due in the 300 ms, those of the first 150 ms waited 150 ms and more: 37.
    const above = (histograms: readonly string[]): number =>
      total(histograms.map(histogram => countAbove(decodeHistogram(histogram), 149_000)))
    const series = watched.windows.flatMap(window => window.series)
    expect(above(series.map(({ responseTimesUs }) => responseTimesUs))).toBeGreaterThanOrEqual(37)
    expect(above(watched.windows.map(({ generator }) => generator.latenessUs))).toBeGreaterThanOrEqual(37)
    // They were sent late, not answered late by the server.
    for (const { serviceTimesUs } of series) {
      expect(quantileUs(decodeHistogram(serviceTimesUs), 0.5)).toBeLessThan(149_000)
    }
  })

  test('across the edge of two windows: both are complete, and both tell of it', async () => {
    drive(even([hold('hold', 250, 2)]))
    await until(() => server.requests >= 200)
    block(600)
    await watched.done()
    expectConserved(watched)
    expect(offered(watched.windows)).toEqual([250, 250])
    for (const { generator } of watched.windows) expect(generator.longestStallMs).toBeGreaterThanOrEqual(250)
  })

  test('over whole windows and the end of the trial: what is overdue by a second is told as never sent', async () => {
    drive(even([hold('hold', 100, 3)]))
    await until(() => server.requests >= 50)
    block(3500)
    await watched.done()
    expectConserved(watched)
    expect(offered(watched.windows)).toEqual([100, 100, 100])
    // It comes round at 4 s, when the last of the 300 is overdue by a second.
    const {
      'answered 200': answered,
      'never-sent generator-behind': behind,
      ...others
    } = outcomes(watched.windows)
    expect(others).toEqual({})
    expect(answered! + behind!).toBe(300)
    expect(answered).toBe(server.requests)
    expect(behind).toBeGreaterThanOrEqual(200)
    expect(watched.ends[0]!.ended).toBeGreaterThanOrEqual(200)
  })

  test('for 1.6 s sends what became due in the last second, and no more of the backlog', async () => {
    drive(even([hold('hold', 100, 3)]))
    await until(() => server.requests >= 50)
    block(1600)
    await watched.done()
    expectConserved(watched)
    // Of the 160 due meanwhile, 60 were overdue by more than a second when it came round.
    const { 'answered 200': answered, 'never-sent generator-behind': behind } = outcomes(watched.windows)
    expect(answered! + behind!).toBe(300)
    expect(behind).toBeGreaterThanOrEqual(59)
    expect(answered).toBe(server.requests)
  })

  test('for longer than their deadline leaves requests out rather than blame the server for a timeout', async () => {
    drive(even([hold('hold', 100, 2)], withDeadline(200)))
    await until(() => server.requests >= 50)
    block(600)
    await watched.done()
    const { 'never-sent generator-behind': behind = 0 } = outcomes(watched.windows)
    expect(behind).toBeGreaterThanOrEqual(39)
  })
})

test('the connections of a plan are shared out: three drives of four connections open no more than four', async () => {
  await serve(() => {})
  const plan = even([hold('hold', 90, 0.5)], { maxConnections: 4, ...withDeadline(30_000) })
  const others = [0, 1].map(index => new WatchedDrive(plan, server.address, { share: { index, count: 3 } }))
  drive(plan, { share: { index: 2, count: 3 } })
  await until(() => server.open.size >= 4)
  await sleep(700)
  expect(server.connections).toBe(4)
  for (const each of [watched, ...others]) {
    each.drive.abandon()
    await each.done()
  }
})
