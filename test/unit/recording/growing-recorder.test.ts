import { describe, expect, test } from 'vitest'
import { isExpected } from '../../../src/plan/plan.ts'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import { Recorder } from '../../../src/recording/recorder.ts'
import { countsOf } from '../../../src/result/counts.ts'
import type { Exchange } from '../../../src/result/exchange.ts'
import { hold, request } from '../../support/simulate-result.ts'

const HEALTH = {
  utilisation: 0,
  longestStallMs: 0,
  garbageCollectionMs: 0,
  connectionsOpened: 0,
  connectionsOpen: 0,
}
const spansOf = (length: number): ReturnType<typeof layOutWindows> =>
  layOutWindows({ stages: [hold('h', 1, length)] })
const ns = (seconds: number): number => Math.round(seconds * 1e9)
const due = (window: number, at: number): Exchange => ({
  window,
  request: 0,
  intendedAt: ns(at),
  sentAt: ns(at),
  firstByteAt: -1,
  bytesRead: 0,
})

function create(length: number, slowNs?: number): Recorder {
  return new Recorder(spansOf(length), 1, (_, status) => isExpected(request('a'), status), slowNs)
}

/** Two requests, due at 0.5 and 1.5 s; the first is answered at 1.25 s, the second at 1.75 s. */
function twoAnswers(recorder: Recorder, extend: (second: number) => void): void {
  recorder.offer(0, ns(0.5))
  extend(0.5)
  recorder.tick(ns(1), HEALTH)
  recorder.end(due(0, 0.5), 200, ns(1.25))
  extend(1.25)
  recorder.offer(1, ns(1.5))
  recorder.end(due(1, 1.5), 503, ns(1.75))
  recorder.tick(ns(2), HEALTH)
}

describe('a recorder that grows from one second to two', () => {
  const whole = create(2)
  twoAnswers(whole, () => {})
  const expected = whole.takeClosed(Infinity)

  test.each([
    ['in time', 0.5],
    ['after its end, when an answer had already come', 1.25],
  ])('%s gives the windows of one that knew both', (_, when) => {
    const growing = create(1)
    twoAnswers(growing, second => {
      if (second === when) growing.extend(spansOf(2))
    })
    expect(growing.takeClosed(Infinity)).toEqual(expected)
    expect(growing.drain).toEqual({ answered: 0, good: 0, ended: 0 })
  })

  test('has in its second window one good answer of two, and 0.25 s + 0.25 s in flight', () => {
    expect(expected[1]).toMatchObject({
      flow: { answered: 2, good: 1, ended: 2 },
      inFlight: { mean: 0.5, atEnd: 0 },
    })
  })
})

test('the tick counts the good answers slower than asked for, each in the second it came in', () => {
  const recorder = create(2, ns(0.3))
  const answer = (at: number, status: number, took: number): void => {
    recorder.offer(0, ns(at))
    recorder.end(due(0, at), status, ns(at + took))
  }
  answer(0.1, 200, 0.3)
  answer(0.1, 200, 0.31)
  answer(0.1, 500, 0.4)
  expect(recorder.tick(ns(1), HEALTH).slow).toBe(1)
  answer(0.7, 200, 0.4)
  answer(0.8, 200, 0.5)
  expect(recorder.tick(ns(2), HEALTH).slow).toBe(2)
})

test('the tick holds the lateness of its own second, which the window keeps', () => {
  const recorder = create(2)
  recorder.offer(0, ns(0.5))
  recorder.late(0, 2e6)
  recorder.end(due(0, 0.5), 200, ns(0.6))
  expect(recorder.tick(ns(1), HEALTH).health).toEqual({ ...HEALTH, lateness: countsOf([2000]) })
  expect(recorder.takeClosed(1)[0]?.health.lateness).toEqual(countsOf([2000]))
  expect(recorder.tick(ns(2), HEALTH).health.lateness).toEqual(countsOf([]))
})
