import { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TickPart } from '../../../src/recording/window-part.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { TIMED_OUT, neverSentCode } from '../../../src/result/outcome.ts'
import { toBin } from '../../../src/trial/to-bin.ts'
import type { BinContext } from '../../../src/trial/to-bin.ts'
import { perSecond } from '../../../src/units/quantity.ts'
import { QUIET_TICK } from '../../support/quiet-tick.ts'

const CONTEXT: BinContext = { step: 4, rate: perSecond(100), inFlight: 0, calibration: undefined }
const flow = (ended: number, good: number): TickPart['flow'] => ({ answered: ended, good, ended })
const withHealth = (health: Partial<TickPart['health']>): TickPart => ({
  ...QUIET_TICK,
  flow: flow(1000, 1000),
  health: { ...QUIET_TICK.health, ...health },
})

test('two workers add up', () => {
  const ticks: readonly TickPart[] = [
    { ...QUIET_TICK, flow: flow(50, 48), slow: 3, inFlight: 7 },
    { ...QUIET_TICK, flow: flow(40, 40), slow: 0, inFlight: 5, failures: [[TIMED_OUT, 2]] },
  ]
  // 10 were in flight before, 90 ended and 12 are left: 92 were due.
  expect(toBin(ticks, { ...CONTEXT, inFlight: 10 })).toEqual({
    step: 4,
    seconds: 1,
    offered: 92,
    ended: 90,
    good: 88,
    slow: 3,
    timedOut: 2,
    inFlight: 12,
    valid: true,
  })
})

test('over all seconds, what was due has ended or is in flight, whenever the ticks came to know of it', () => {
  const second = record({ ended: integer({ min: 0, max: 50 }), due: integer({ min: 0, max: 50 }) })
  assert(
    property(array(second, { maxLength: 20 }), list => {
      let [inFlight, offered, due, ended] = [0, 0, 0, 0]
      for (const each of list) {
        due += each.due
        const ends = Math.min(each.ended, due - ended)
        ended += ends
        // `offered` of the tick itself is left at 0: a start that came late is missing there.
        const bin = toBin([{ ...QUIET_TICK, flow: flow(ends, ends), inFlight: due - ended }], {
          ...CONTEXT,
          inFlight,
        })
        inFlight = bin.inFlight
        offered += bin.offered
      }
      expect(offered).toBe(due)
    }),
  )
})

describe('a second is void when', () => {
  const voids: readonly (readonly [string, TickPart])[] = [
    [
      'more than 1 % of it left later than 30 ms',
      withHealth({ lateness: countsOf([31_000, 31_000, 31_000]) }),
    ],
    ['a worker stood still for more than 50 ms', withHealth({ longestStallMs: 51 })],
    ['a worker was busy for more than 95 % of it', withHealth({ utilisation: 0.96 })],
    ['garbage collection took more than 2 % of it', withHealth({ garbageCollectionMs: 21 })],
    [
      'more than 0.5 % was never sent for reasons of the generator',
      { ...withHealth({}), failures: [[neverSentCode('generator-behind'), 11]] },
    ],
    [
      'this machine had no descriptors or ports left for more than 0.5 %',
      { ...withHealth({}), failures: [[neverSentCode('client-resources'), 11]] },
    ],
  ]

  test.each(voids)('%s', (_, tick) => {
    expect(toBin([tick], CONTEXT).valid).toBe(false)
    expect(toBin([withHealth({}), tick], CONTEXT).valid).toBe(false)
  })

  test('its rate is more than 70 % of what the generator makes at most', () => {
    const at = (ceilingRps: number): boolean =>
      toBin([withHealth({})], { ...CONTEXT, calibration: { ceilingRps, workers: 1 } }).valid
    expect([at(142), at(143)]).toEqual([false, true])
  })

  test('and not when the target had no connection free: all of them waited for it', () => {
    const tick: TickPart = { ...withHealth({}), failures: [[neverSentCode('no-free-connection'), 500]] }
    expect(toBin([tick], CONTEXT).valid).toBe(true)
  })
})
