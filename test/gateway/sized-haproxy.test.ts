import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeHaproxy } from '../../src/sizing/config/write-haproxy.ts'
import { debianProgram } from '../support/debian-program.ts'
import { gatewayErrorsIn, loadThrough, meanWaitMs } from '../support/load-through.ts'
import type { Loaded } from '../support/load-through.ts'
import { partOf } from '../support/overload-run.ts'
import type { RunPart } from '../support/overload-run.ts'
import { makeFolder } from '../support/plimsoll-process.ts'
import type { WorkFolder } from '../support/plimsoll-process.ts'
import {
  LIMITS,
  OVERLOAD,
  PEAK,
  PRINTED_WAIT_MS,
  QUEUE_BUDGET,
  RESPONSE_TIME_P99,
  TRUE_CAPACITY,
} from '../support/sized-backends.ts'
import { startHaproxy } from '../support/sized-gateway.ts'
import { unlimitedHaproxy } from '../support/unlimited-gateways.ts'

const program = debianProgram(/^haproxy$/, 'haproxy')
if (program === undefined) process.stderr.write('SKIPPED: no HAProxy here, and no right to install it\n')

describe.skipIf(program === undefined)('a real HAProxy before two backends that carry 200/s', () => {
  let folder: WorkFolder
  beforeAll(async () => {
    folder = await makeFolder()
  })
  afterAll(() => folder.remove())

  test('without limits 1.2 × the knee is the end: every answer comes after HAProxy has given it up', async () => {
    const { report } = await loadThrough(
      folder,
      known => startHaproxy(program!, unlimitedHaproxy(known), known.listen.port),
      [
        { name: 'warm-up', rate: 100, forSeconds: 1 },
        { name: 'overload', rate: OVERLOAD, forSeconds: 12 },
      ],
    )
    expect(report.trust).toMatchObject({ ok: true, reasons: [] })
    // The wait grows by 0.2 s a second, so it is 1 s after 5 s, and from then on an answer comes too late.
    const { endings, goodPerSecond } = partOf(report, 'overload', 8)
    expect(gatewayErrorsIn(endings)).toBeGreaterThan(0.8 * 4 * OVERLOAD)
    expect(goodPerSecond).toBeLessThan(0.2 * TRUE_CAPACITY)
  })

  describe('with the configuration that sizing wrote', () => {
    let loaded: Loaded
    beforeAll(async () => {
      loaded = await loadThrough(
        folder,
        known => startHaproxy(program!, writeHaproxy(LIMITS, known).text, known.listen.port),
        [
          { name: 'warm-up', rate: 100, forSeconds: 1 },
          { name: 'peak', rate: PEAK, forSeconds: 5 },
          { name: 'overload', rate: OVERLOAD, forSeconds: 17 },
        ],
      )
    }, 300_000)
    // The queue and what the backends work on fill within (98 + 40) / 40 = 3.5 s.
    const overloaded = (): RunPart => partOf(loaded.report, 'overload', 5)

    test('the run may be believed', () => {
      expect(loaded.report.trust).toMatchObject({ ok: true, reasons: [] })
    })

    test('the peak is carried without one error', () => {
      expect(Object.keys(partOf(loaded.report, 'peak').endings)).toEqual(['200'])
    })

    test('at 1.2 × the knee 95 % of the capacity is served well, and the rest turned away with 503', () => {
      const { goodPerSecond, endings } = overloaded()
      expect(goodPerSecond).toBeGreaterThanOrEqual(0.95 * TRUE_CAPACITY)
      expect(Object.keys(endings).toSorted()).toEqual(['200', '503'])
    })

    test('who is turned away is told when to come back: after T_q, up to a whole second', () => {
      const { samples } = loaded.report.result
      const refused = samples.filter(({ outcome }) => outcome.kind === 'answered' && outcome.status === 503)
      expect(refused.length).toBeGreaterThan(0)
      for (const { head, body } of refused) {
        expect(head).toMatch(/^retry-after: 1\r?$/im)
        expect(body).toBe('overloaded')
      }
    })

    test('the p99 of what is let in stays within 1.3 × of T_q and the p99 near the knee together', () => {
      expect(overloaded().acceptedP99).toBeLessThan(1.3 * (QUEUE_BUDGET + RESPONSE_TIME_P99))
    })

    test('requests wait as long as is printed for a full queue, within 20 %', () => {
      const wait = meanWaitMs(loaded.handled, 2000)
      expect(Math.abs(wait / PRINTED_WAIT_MS - 1)).toBeLessThan(0.2)
    })
  })
})
