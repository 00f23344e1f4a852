import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { encodeHistogram } from '../../../src/result/histogram.ts'
import type { Handshakes, IntervalWindow, Result } from '../../../src/result/result.ts'
import { fixed, queue } from '../../support/servers.ts'
import { HEALTHY, hold, planOf, simulateResult, stage } from '../../support/simulate-result.ts'

const times = (...us: readonly number[]): string => encodeHistogram(countsOf(us))
const handshakes = (connectUs: readonly number[], tlsUs: readonly number[], resumed = 0): Handshakes => ({
  connectTimesUs: times(...connectUs),
  tlsTimesUs: times(...tlsUs),
  resumed,
})

/** 2 s of warm-up and 3 s of load, even, each request answered after 10 ms. */
const old = simulateResult(
  planOf([stage('warm-up', 20, 20, 2, true), hold('steady', 50, 3)], { arrivals: 'even' }),
  queue(fixed(0.01), 100),
)
const changed = (change: (window: IntervalWindow, index: number) => IntervalWindow): Result => ({
  ...old,
  windows: old.windows.map(change),
})
/** The first byte after 4 ms of the 10 ms. */
const result = changed((window, index) => ({
  ...window,
  series: window.series.map(series => ({
    ...series,
    firstByteTimesUs: times(...Array.from({ length: series.count }, () => 4000)),
  })),
  handshakes: index === 2 ? handshakes([300, 500], [6000, 2000], 1) : handshakes([], []),
}))

describe('first bytes after 4 ms, the last after 10 ms', () => {
  const { stages, windows, routes, phases } = analyse(result)

  test('show beside response and service times, of stages, windows and routes', () => {
    for (const { firstByteTimeMs } of [...stages, ...windows, ...routes]) {
      expect(firstByteTimeMs.p50! / 4).toBeCloseTo(1, 2)
      expect(firstByteTimeMs.max! / 4).toBeCloseTo(1, 2)
    }
  })

  test('leave 6 ms for the rest', () => {
    expect(phases.firstByteTimeMs.p99! / 4).toBeCloseTo(1, 2)
    expect(phases.transferMeanMs! / 6).toBeCloseTo(1, 2)
  })
})

describe('two connections, opened in the third of five windows', () => {
  const { stages, windows, phases } = analyse(result)
  const none = { p50: null, p99: null }

  test('belong to that window and to its stage, with the times of TCP and TLS', () => {
    expect(windows.map(({ connections }) => connections?.opened)).toEqual([0, 0, 2, 0, 0])
    const found = stages[1]!.connections!
    expect(found).toMatchObject({ opened: 2, openedRps: 2 / 3, resumedShare: 0.5 })
    // The lower of two is their median; the bucket's upper edge is 0.1 % off at most.
    expect(found.connectTimeMs.p50).toBeCloseTo(0.3, 3)
    expect(found.connectTimeMs.p99).toBeCloseTo(0.5, 3)
    expect(found.tlsTimeMs.p99! / 6).toBeCloseTo(1, 2)
  })

  test('are none of the warm-up, and are in the phases of the whole', () => {
    expect(stages[0]!.connections).toEqual({
      opened: 0,
      openedRps: 0,
      connectTimeMs: none,
      tlsTimeMs: none,
      resumedShare: null,
    })
    expect(phases.connections).toMatchObject({ opened: 2, openedRps: 2 / 3 })
  })

  test('are left out of the phases where the generator was the limit', () => {
    const sick = {
      ...result,
      windows: result.windows.map((window, index) =>
        index === 2 ? { ...window, generator: { ...HEALTHY, longestStallMs: 500 } } : window,
      ),
    }
    expect(analyse(sick).phases.connections).toMatchObject({ opened: 0 })
  })
})

describe('a result of an older version, without first bytes and handshakes', () => {
  const { stages, windows, phases } = analyse(old)

  test('has neither, and all else as before', () => {
    expect(phases.connections).toBeNull()
    expect(phases.transferMeanMs).toBeNull()
    expect(Object.values(phases.firstByteTimeMs)).toEqual(Array.from({ length: 7 }, () => null))
    expect([...stages, ...windows].map(({ connections }) => connections)).toEqual(
      Array.from({ length: 7 }, () => null),
    )
    expect(stages[1]!.responseTimeMs).toEqual(analyse(result).stages[1]!.responseTimeMs)
  })
})
