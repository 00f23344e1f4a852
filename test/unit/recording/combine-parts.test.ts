import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  option,
  property,
  record,
  shuffledSubarray,
  tuple,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import { combineParts } from '../../../src/recording/combine-parts.ts'
import { Recorder } from '../../../src/recording/recorder.ts'
import type { SeriesPart, WindowPart } from '../../../src/recording/window-part.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { decodeHistogram, encodeHistogram } from '../../../src/result/histogram.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../../../src/result/outcome.ts'
import type { IntervalWindow } from '../../../src/result/result.ts'
import { hold } from '../../support/simulate-result.ts'

const [SPAN] = layOutWindows({ stages: [hold('one second', 1, 1)] })
const IDLE = {
  utilisation: 0,
  longestStallMs: 0,
  garbageCollectionMs: 0,
  connectionsOpened: 0,
  connectionsOpen: 0,
}

const empty: WindowPart = {
  index: 0,
  to: 1e9,
  sent: 0,
  series: [],
  flow: { answered: 0, good: 0, ended: 0 },
  inFlight: { mean: 0, atEnd: 0 },
  health: { ...IDLE, lateness: countsOf([]) },
  handshakes: { connect: countsOf([]), tls: countsOf([]), resumed: 0 },
}

const seriesPart = (request: number, code: number, us: readonly number[], firstAt: number): SeriesPart => ({
  request,
  code,
  count: us.length,
  firstAt,
  bytesRead: 10 * us.length,
  response: countsOf(us),
  service: countsOf(us.map(value => value / 2)),
  firstByte: countsOf(us.map(value => value / 4)),
})

describe('two workers', () => {
  const window = combineParts(
    [
      {
        ...empty,
        sent: 3,
        series: [seriesPart(1, 200, [1000], 7), seriesPart(0, 200, [100, 200], 5)],
        flow: { answered: 3, good: 2, ended: 4 },
        inFlight: { mean: 1.5, atEnd: 1 },
        health: {
          lateness: countsOf([10]),
          utilisation: 0.25,
          longestStallMs: 9,
          garbageCollectionMs: 1,
          connectionsOpened: 2,
          connectionsOpen: 5,
        },
        handshakes: { connect: countsOf([70, 80]), tls: countsOf([900, 400]), resumed: 1 },
      },
      {
        ...empty,
        to: 0.9e9,
        sent: 2,
        series: [seriesPart(0, TIMED_OUT, [5000], 8), seriesPart(0, 200, [300], 3)],
        flow: { answered: 1, good: 1, ended: 2 },
        inFlight: { mean: 0.5, atEnd: 2 },
        health: {
          lateness: countsOf([30, 40]),
          utilisation: 0.75,
          longestStallMs: 4,
          garbageCollectionMs: 3,
          connectionsOpened: 1,
          connectionsOpen: 6,
        },
        handshakes: { connect: countsOf([60]), tls: countsOf([]), resumed: 2 },
      },
    ],
    SPAN!,
    1.25,
  )

  test('make one window: counts add, the worst of health is kept', () => {
    const { series: _, ...rest } = window
    expect(rest).toEqual({
      stage: 0,
      from: 0,
      to: 1e9,
      offered: 5,
      sent: 5,
      flow: { answered: 4, good: 3, ended: 6 },
      inFlight: { mean: 2, atEnd: 3 },
      generator: {
        latenessUs: encodeHistogram(countsOf([10, 30, 40])),
        utilisation: 0.75,
        longestStallMs: 9,
        garbageCollectionMs: 3,
        cpuCores: 1.25,
        connectionsOpened: 3,
        connectionsOpen: 11,
      },
      handshakes: {
        connectTimesUs: encodeHistogram(countsOf([60, 70, 80])),
        tlsTimesUs: encodeHistogram(countsOf([400, 900])),
        resumed: 3,
      },
    })
  })

  test('make one series of each request and outcome, in a fixed order', () => {
    expect(
      window.series.map(({ request, outcome, count, firstAt, bytesRead }) => ({
        request,
        outcome,
        count,
        firstAt,
        bytesRead,
      })),
    ).toEqual([
      { request: 0, outcome: { kind: 'timed-out' }, count: 1, firstAt: 8, bytesRead: 10 },
      { request: 0, outcome: { kind: 'answered', status: 200 }, count: 3, firstAt: 3, bytesRead: 30 },
      { request: 1, outcome: { kind: 'answered', status: 200 }, count: 1, firstAt: 7, bytesRead: 10 },
    ])
    expect(decodeHistogram(window.series[1]!.responseTimesUs)).toEqual(countsOf([100, 200, 300]))
    expect(decodeHistogram(window.series[1]!.serviceTimesUs)).toEqual(countsOf([50, 100, 150]))
    expect(decodeHistogram(window.series[1]!.firstByteTimesUs!)).toEqual(countsOf([25, 50, 75]))
  })
})

test('a worker in which nothing happened changes nothing', () => {
  const part = { ...empty, sent: 1, series: [seriesPart(0, 200, [1], 1)] }
  expect(combineParts([part, empty], SPAN!, 1)).toEqual(combineParts([part], SPAN!, 1))
})

const requests = array(
  record({
    at: integer({ min: 0, max: 500_000_000 }),
    us: integer({ min: 0, max: 400_000 }),
    code: constantFrom(200, 404, 502, TIMED_OUT, failedCode('reset'), neverSentCode('no-free-connection')),
    request: integer({ min: 0, max: 2 }),
    lateUs: integer({ min: 0, max: 5000 }),
    firstByteUs: option(integer({ min: 0, max: 400_000 }), { nil: -1 }),
    /** TCP and TLS of a connection that opened meanwhile, the latter negative without. */
    handshake: option(tuple(integer({ min: 0, max: 9000 }), integer({ min: -1, max: 9000 }), boolean())),
    worker: integer({ min: 0, max: 4 }),
  }),
  { maxLength: 60 },
)

interface RequestLife {
  readonly at: number
  readonly us: number
  readonly code: number
  readonly request: number
  readonly lateUs: number
  readonly firstByteUs: number
  readonly handshake: readonly [connectUs: number, tlsUs: number, resumed: boolean] | null
}

/** One worker's view of one second. */
function recorded(all: readonly RequestLife[]): WindowPart {
  const recorder = new Recorder([SPAN!], 3, (_, status) => status < 400)
  const events = all
    .flatMap(life => [
      { time: life.at, ends: false, life },
      { time: life.at + life.us * 1e3, ends: true, life },
    ])
    .sort((a, b) => a.time - b.time || Number(a.ends) - Number(b.ends))
  for (const { time, ends, life } of events) {
    const { at, us, code, request, lateUs, firstByteUs, handshake } = life
    if (ends) {
      const sentAt = code === neverSentCode('no-free-connection') ? -1 : at
      const firstByteAt = firstByteUs < 0 ? -1 : at + firstByteUs * 1e3
      recorder.end({ window: 0, request, intendedAt: at, sentAt, firstByteAt, bytesRead: us }, code, time)
    } else {
      recorder.offer(0, at)
      recorder.late(0, lateUs * 1e3)
      if (handshake !== null) recorder.opened(handshake[0] * 1e3, handshake[1] * 1e3, handshake[2])
    }
  }
  recorder.tick(1e9, IDLE)
  return recorder.takeClosed(1)[0]!
}

/** All but the mean in flight, which is a sum of fractions and so exact only to the last digits. */
function exact(window: IntervalWindow): unknown {
  const { inFlight, ...rest } = window
  return { ...rest, atEnd: inFlight.atEnd }
}

test('any number of workers, in any order, make bit for bit the window of a single one', () => {
  const order = shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
  assert(
    property(tuple(requests, order), ([all, workers]) => {
      const parts = workers.map(worker => recorded(all.filter(each => each.worker === worker)))
      const together = combineParts(parts, SPAN!, 1)
      const single = combineParts([recorded(all)], SPAN!, 1)
      expect(exact(together)).toEqual(exact(single))
      expect(together.inFlight.mean).toBeCloseTo(single.inFlight.mean, 9)
      expect(together.offered).toBe(all.length)
    }),
  )
})
