import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExpected } from '../../../src/plan/plan.ts'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import { Recorder } from '../../../src/recording/recorder.ts'
import type { TickPart, WindowPart } from '../../../src/recording/window-part.ts'
import { countsOf } from '../../../src/result/counts.ts'
import type { Exchange } from '../../../src/result/exchange.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../../../src/result/outcome.ts'
import { hold, request } from '../../support/simulate-result.ts'

const HEALTH = {
  utilisation: 0.5,
  longestStallMs: 1,
  garbageCollectionMs: 2,
  connectionsOpened: 3,
  connectionsOpen: 4,
}
const SPANS = layOutWindows({ stages: [hold('three seconds', 1, 3)] })
const REQUESTS = [request('a'), { ...request('b'), expect: [404] }]

const create = (): Recorder =>
  new Recorder(SPANS, REQUESTS.length, (at, status) => isExpected(REQUESTS[at]!, status))
const ns = (seconds: number): number => Math.round(seconds * 1e9)

/** Times in seconds. */
function exchange(window: number, intendedAt: number, rest: Partial<Exchange> = {}): Exchange {
  return {
    window,
    request: 0,
    intendedAt: ns(intendedAt),
    sentAt: ns(intendedAt),
    firstByteAt: -1,
    bytesRead: 100,
    ...rest,
  }
}

describe('one answer, due at 0.2 s, sent at 0.201 s, begun at 0.601 s, ended at 0.7 s', () => {
  const recorder = create()
  recorder.offer(0, ns(0.2))
  recorder.late(0, 1e6)
  recorder.end(exchange(0, 0.2, { sentAt: ns(0.201), firstByteAt: ns(0.601) }), 200, ns(0.7))
  const tick = recorder.tick(ns(1), HEALTH)
  const [window, ...more] = recorder.takeClosed(1)

  test('is a series with its times, the bytes and the first start', () => {
    expect(more).toEqual([])
    expect(window).toEqual({
      index: 0,
      to: ns(1),
      sent: 1,
      series: [
        {
          request: 0,
          code: 200,
          count: 1,
          firstAt: ns(0.2),
          bytesRead: 100,
          response: countsOf([500_000]),
          service: countsOf([499_000]),
          firstByte: countsOf([400_000]),
        },
      ],
      flow: { answered: 1, good: 1, ended: 1 },
      inFlight: { mean: 0.5, atEnd: 0 },
      health: { ...HEALTH, lateness: countsOf([1000]) },
      handshakes: { connect: countsOf([]), tls: countsOf([]), resumed: 0 },
    } satisfies WindowPart)
  })

  test('shows in the tick', () => {
    expect(tick).toEqual({
      index: 0,
      offered: 1,
      flow: { answered: 1, good: 1, ended: 1 },
      slow: 0,
      inFlight: 0,
      response: countsOf([500_000]),
      failures: [],
      health: { ...HEALTH, lateness: countsOf([1000]) },
    } satisfies TickPart)
  })
})

test('requests and outcomes make series of their own; the earliest intended start is kept, not the first to end', () => {
  const recorder = create()
  for (const at of [0.1, 0.2, 0.3, 0.4]) recorder.offer(0, ns(at))
  recorder.end(exchange(0, 0.3), 200, ns(0.5))
  recorder.end(exchange(0, 0.1), 200, ns(0.6))
  recorder.end(exchange(0, 0.2, { request: 1 }), 200, ns(0.7))
  recorder.end(exchange(0, 0.4), 502, ns(0.8))
  recorder.tick(ns(1), HEALTH)
  const [window] = recorder.takeClosed(1)
  expect(window!.series.map(({ request, code, count, firstAt }) => [request, code, count, firstAt])).toEqual([
    [0, 200, 2, ns(0.1)],
    [1, 200, 1, ns(0.2)],
    [0, 502, 1, ns(0.4)],
  ])
})

test('good is what its own template expects', () => {
  const recorder = create()
  for (const [i, [request, status]] of [
    [0, 200],
    [0, 404],
    [1, 200],
    [1, 404],
    [1, 404],
  ].entries()) {
    recorder.offer(0, ns(i / 10))
    recorder.end(exchange(0, i / 10, { request: request! }), status!, ns(0.9))
  }
  expect(recorder.tick(ns(1), HEALTH).flow).toEqual({ answered: 5, good: 3, ended: 5 })
})

test('never sent: counted, with no times, not sent', () => {
  const recorder = create()
  recorder.offer(0, ns(0.5))
  recorder.end(exchange(0, 0.5, { sentAt: -1, bytesRead: 0 }), neverSentCode('no-free-connection'), ns(0.9))
  recorder.tick(ns(1), HEALTH)
  const [window] = recorder.takeClosed(1)
  const none = countsOf([])
  expect(window).toMatchObject({ sent: 0, flow: { answered: 0, good: 0, ended: 1 } })
  expect(window!.series).toEqual([
    expect.objectContaining({ count: 1, bytesRead: 0, response: none, service: none }),
  ])
})

test('failed before it was sent: a response time, no service time', () => {
  const recorder = create()
  recorder.offer(0, ns(0.5))
  recorder.end(exchange(0, 0.5, { sentAt: -1 }), failedCode('refused'), ns(0.6))
  recorder.tick(ns(1), HEALTH)
  const [window] = recorder.takeClosed(1)
  expect(window!.sent).toBe(0)
  expect(window!.series[0]).toMatchObject({ response: countsOf([100_000]), service: countsOf([]) })
})

test('no first byte: a request that timed out before one came has none, one that timed out after it has', () => {
  const recorder = create()
  for (const [at, firstByteAt] of [
    [0.1, -1],
    [0.2, ns(0.2)],
    [0.3, ns(0.35)],
  ] as const) {
    recorder.offer(0, ns(at))
    recorder.end(exchange(0, at, { firstByteAt }), TIMED_OUT, ns(0.9))
  }
  recorder.tick(ns(1), HEALTH)
  expect(recorder.takeClosed(1)[0]!.series[0]).toMatchObject({ count: 3, firstByte: countsOf([0, 50_000]) })
})

describe('a connection that opened', () => {
  const recorder = create()
  // Before the first window: those that are opened ahead of it.
  recorder.opened(2e6, -1, false)
  recorder.opened(3e6, 8e6, false)
  recorder.tick(ns(1), HEALTH)
  recorder.opened(1e6, 4e6, true)
  recorder.tick(ns(2), HEALTH)
  recorder.tick(ns(3), HEALTH)
  recorder.opened(9e6, 9e6, true)
  const handshakes = recorder.takeClosed(3).map(window => window.handshakes)

  test('is counted in the window that the clock is in, with or without TLS', () => {
    expect(handshakes.slice(0, 2)).toEqual([
      { connect: countsOf([2000, 3000]), tls: countsOf([8000]), resumed: 0 },
      { connect: countsOf([1000]), tls: countsOf([4000]), resumed: 1 },
    ])
  })

  test('after the last window is in none', () => {
    expect(handshakes[2]).toEqual({ connect: countsOf([]), tls: countsOf([]), resumed: 0 })
  })
})

test('a late answer belongs to the window of its intended start, and to the flow of the window it came in', () => {
  const recorder = create()
  recorder.offer(0, ns(0.75))
  recorder.tick(ns(1), HEALTH)
  expect(recorder.takeClosed(3)).toEqual([])
  recorder.tick(ns(2), HEALTH)
  recorder.end(exchange(0, 0.75), 200, ns(2.25))
  recorder.tick(ns(3), HEALTH)
  const windows = recorder.takeClosed(3)
  expect(windows.map(({ series }) => series.length)).toEqual([1, 0, 0])
  expect(windows[0]!.series[0]!.response).toEqual(countsOf([1_500_000]))
  expect(windows.map(({ flow }) => flow.ended)).toEqual([0, 0, 1])
  // In flight from 0.75 to 2.25: a quarter of the first window, all of the second, a quarter of the third.
  expect(windows.map(({ inFlight }) => inFlight)).toEqual([
    { mean: 0.25, atEnd: 1 },
    { mean: 1, atEnd: 1 },
    { mean: 0.25, atEnd: 0 },
  ])
})

test('what ends after the last window is drain', () => {
  const recorder = create()
  for (const to of [1, 2]) recorder.tick(ns(to), HEALTH)
  for (const at of [2.7, 2.8, 2.9]) recorder.offer(2, ns(at))
  recorder.tick(ns(3), HEALTH)
  recorder.end(exchange(2, 2.7), 200, ns(3.5))
  recorder.end(exchange(2, 2.8), 502, ns(3.6))
  recorder.end(exchange(2, 2.9), TIMED_OUT, ns(12.9))
  expect(recorder.drain).toEqual({ answered: 2, good: 1, ended: 3 })
  const windows = recorder.takeClosed(Infinity)
  expect(windows).toHaveLength(3)
  expect(windows[2]!.flow).toEqual({ answered: 0, good: 0, ended: 0 })
  expect(windows[2]!.inFlight.atEnd).toBe(3)
  expect(windows[2]!.inFlight.mean).toBeCloseTo(0.3 + 0.2 + 0.1, 9)
})

describe('a window is handed over', () => {
  test('only in order: one that is complete waits for an earlier one', () => {
    const recorder = create()
    recorder.offer(0, ns(0.5))
    recorder.tick(ns(1), HEALTH)
    recorder.offer(1, ns(1.5))
    recorder.end(exchange(1, 1.5), 200, ns(1.6))
    recorder.tick(ns(2), HEALTH)
    expect(recorder.takeClosed(2)).toEqual([])
    recorder.end(exchange(0, 0.5), 200, ns(2.1))
    expect(recorder.takeClosed(2).map(({ index }) => index)).toEqual([0, 1])
    expect(recorder.takeClosed(2)).toEqual([])
  })

  test('only when nothing more of it will be offered: after a stall the clock is ahead of the schedule', () => {
    const recorder = create()
    recorder.tick(ns(1), HEALTH)
    expect(recorder.takeClosed(0)).toEqual([])
    recorder.offer(0, ns(0.9))
    recorder.end(exchange(0, 0.9), 200, ns(1.1))
    expect(recorder.takeClosed(0)).toEqual([])
    expect(recorder.takeClosed(1).map(({ series }) => series[0]!.count)).toEqual([1])
  })

  test('only once the clock has left it', () => {
    const recorder = create()
    recorder.offer(0, ns(0.5))
    recorder.end(exchange(0, 0.5), 200, ns(0.6))
    expect(recorder.takeClosed(1)).toEqual([])
  })
})

test('histograms are used again without a trace of the window before', () => {
  const recorder = create()
  recorder.offer(0, ns(0))
  recorder.late(0, 5000)
  recorder.end(exchange(0, 0), 200, ns(0.25))
  recorder.tick(ns(1), HEALTH)
  recorder.takeClosed(1)
  recorder.offer(1, ns(1))
  recorder.end(exchange(1, 1), 502, ns(1.5))
  recorder.tick(ns(2), HEALTH)
  const [window] = recorder.takeClosed(2)
  expect(window!.health.lateness).toEqual(countsOf([]))
  expect(window!.series).toEqual([
    expect.objectContaining({ code: 502, response: countsOf([500_000]), service: countsOf([500_000]) }),
  ])
})

test('the tick tells each failure with its number, once', () => {
  const recorder = create()
  for (const at of [0.1, 0.2, 0.3]) recorder.offer(0, ns(at))
  for (const at of [0.1, 0.2]) recorder.end(exchange(0, at), failedCode('reset'), ns(0.5))
  recorder.end(exchange(0, 0.3), TIMED_OUT, ns(0.6))
  expect(recorder.tick(ns(1), HEALTH).failures).toEqual([
    [failedCode('reset'), 2],
    [TIMED_OUT, 1],
  ])
  expect(recorder.tick(ns(2), HEALTH).failures).toEqual([])
})

test('a trial that is stopped at 1.5 s has two windows; what comes later is drain', () => {
  const recorder = create()
  recorder.offer(0, ns(0.5))
  recorder.end(exchange(0, 0.5), 200, ns(0.6))
  recorder.tick(ns(1), HEALTH)
  recorder.offer(1, ns(1.25))
  recorder.tick(ns(1.5), HEALTH)
  recorder.cut()
  expect(recorder.isInside(ns(2.5))).toBe(true)
  recorder.end(exchange(1, 1.25), 200, ns(2.5))
  const windows = recorder.takeClosed(Infinity)
  expect(windows.map(({ index, to }) => [index, to])).toEqual([
    [0, ns(1)],
    [1, ns(1.5)],
  ])
  // Half of the half second from 1 to 1.5 s.
  expect(windows[1]!.inFlight).toEqual({ mean: 0.5, atEnd: 1 })
  expect(recorder.drain).toEqual({ answered: 1, good: 1, ended: 1 })
})

test('requests that were due during a stall count as in flight from when they were due', () => {
  const recorder = create()
  recorder.offer(0, ns(0.2))
  // The loop stood still from 0.3 to 1.6 s; then the answer was read first, and then the schedule was caught up with.
  recorder.tick(ns(1), HEALTH)
  recorder.end(exchange(0, 0.2), 200, ns(1.6))
  recorder.offer(0, ns(0.5))
  recorder.offer(1, ns(1.1))
  recorder.end(exchange(0, 0.5), 200, ns(1.7))
  recorder.end(exchange(1, 1.1), 200, ns(1.7))
  recorder.tick(ns(2), HEALTH)
  const [first, second] = recorder.takeClosed(2)
  expect(first!.inFlight.mean).toBeCloseTo(0.8 + 0.5, 9)
  expect(first!.inFlight.atEnd).toBe(2)
  expect(second!.inFlight.mean).toBeCloseTo(0.6 + 0.7 + 0.6, 9)
  expect(second!.inFlight.atEnd).toBe(0)
})

interface Life {
  readonly at: number
  readonly offeredAt: number
  readonly endedAt: number
  readonly code: number
}

/** Requests in the order of their intended starts; each learnt of at or after it, never before an earlier one. */
const lives = array(
  record({
    at: integer({ min: 0, max: 2999 }),
    delay: constantFrom(0, 0, 0, 1, 400, 1700),
    time: integer({ min: 0, max: 2500 }),
    code: constantFrom(200, 502, TIMED_OUT, failedCode('reset')),
  }),
  { maxLength: 30 },
).map(drawn => {
  let latest = 0
  return drawn
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, delay, time, code }): Life => {
      latest = Math.max(latest, at + delay)
      return { at: at * 1e6, offeredAt: latest * 1e6, endedAt: (latest + time) * 1e6, code }
    })
})

/** Plays lives as the generator's loop does: the clock moves by what is seen, windows are taken as they close. */
function play(all: readonly Life[]): { windows: WindowPart[]; recorder: Recorder } {
  const recorder = create()
  const windows: WindowPart[] = []
  const windowOf = (at: number): number => Math.min(2, Math.floor(at / 1e9))
  const moveClock = (to: number): void => {
    while (!recorder.isInside(to)) recorder.tick(SPANS[recorder.clockWindow]!.to, HEALTH)
  }
  const events = all
    .flatMap((life, i) => [
      { time: life.offeredAt, ends: false, life, i },
      { time: life.endedAt, ends: true, life, i },
    ])
    .sort((a, b) => a.time - b.time || Number(a.ends) - Number(b.ends) || a.i - b.i)
  for (const { ends, life, i } of events) {
    moveClock(ends ? life.endedAt : life.at)
    const { at, endedAt, code } = life
    if (ends) recorder.end(exchange(windowOf(at), at / 1e9), code, endedAt)
    else {
      recorder.offer(windowOf(at), at)
      const next = all[i + 1]
      windows.push(...recorder.takeClosed(next === undefined ? 3 : windowOf(next.at)))
    }
  }
  moveClock(10e9)
  windows.push(...recorder.takeClosed(Infinity))
  return { windows, recorder }
}

test('whatever the order of events: counts by intended start, flow and in-flight by the clock', () => {
  assert(
    property(lives, all => {
      const { windows, recorder } = play(all)
      expect(windows.map(({ index }) => index)).toEqual([0, 1, 2])
      for (const [i, { from, to }] of SPANS.entries()) {
        const window = windows[i]!
        const due = all.filter(({ at }) => at >= from && at < to)
        const ended = all.filter(({ endedAt }) => endedAt >= from && endedAt < to)
        expect(window.series.reduce((sum, { count }) => sum + count, 0)).toBe(due.length)
        expect(window.flow.ended).toBe(ended.length)
        expect(window.flow.answered).toBe(ended.filter(({ code }) => code >= 100).length)
        expect(window.flow.good).toBe(ended.filter(({ code }) => code === 200).length)
        const overlap = all.reduce(
          (sum, { at, endedAt }) => sum + Math.max(0, Math.min(endedAt, to) - Math.max(at, from)),
          0,
        )
        expect(window.inFlight.mean).toBeCloseTo(overlap / 1e9, 6)
        expect(window.inFlight.atEnd).toBe(all.filter(({ at, endedAt }) => at < to && endedAt >= to).length)
      }
      expect(recorder.drain.ended).toBe(all.filter(({ endedAt }) => endedAt >= 3e9).length)
      expect(recorder.inFlight).toBe(0)
    }),
    { numRuns: 300 },
  )
})
