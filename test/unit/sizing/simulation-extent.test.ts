import { describe, expect, test } from 'vitest'
import { simulationExtent } from '../../../src/sizing/simulation/simulation-extent.ts'
import type { Offered, SimulationExtent } from '../../../src/sizing/simulation/simulation-extent.ts'

/** Backends of 100/s each whose gateway gives up after 60 s, for an hour. */
const extent = (offered: Partial<Offered>): SimulationExtent => {
  const rate = offered.rate ?? 50
  return simulationExtent({
    backends: 1,
    capacity: 100,
    rate,
    admitted: rate,
    mostHeld: 6000,
    isBounded: false,
    peakLasts: 3600,
    ...offered,
  })
}

const backlogOf = ({ load: { arrivals } }: SimulationExtent): number =>
  arrivals.kind === 'poisson' ? arrivals.backlog : Number.NaN

describe('a simulated peak begins', () => {
  test('with nobody there, where the backends carry it', () => {
    expect(backlogOf(extent({ rate: 99 }))).toBe(0)
    expect(backlogOf(extent({ rate: 100 }))).toBe(0)
  })

  test('with all that the gateway waits for, where they do not: 20/s too many are 6000 after 300 s', () => {
    expect(backlogOf(extent({ rate: 120 }))).toBe(6000)
    // Over five backends.
    expect(backlogOf(extent({ rate: 120, backends: 5 }))).toBe(30_000)
  })

  test('with what has come together by its end, less what is still to be simulated, where it is over before', () => {
    // 1/s too many are 3600 in an hour, of which the last 160 000 requests at 101/s, in four parts, are 396.
    expect(backlogOf(extent({ rate: 101 }))).toBe(Math.round(3600 - 40_000 / 101))
  })

  test('with nobody there, where it is so short that all of it is simulated', () => {
    const short = extent({ rate: 120, peakLasts: 40 })
    expect(backlogOf(short)).toBe(0)
    expect(short.load.arrivals).toMatchObject({ requests: 40 * 120 })
  })

  test('behind a limiter as if there were no more than it lets in', () => {
    expect(backlogOf(extent({ rate: 500, admitted: 100 }))).toBe(0)
  })
})

describe('how much is simulated', () => {
  test('is a part of many backends with its part of the load', () => {
    const { backends, load } = extent({ backends: 1000 })
    expect(backends).toBe(40)
    expect(load.arrivals).toMatchObject({ rate: 40 * 50 })
  })

  test('is fewer of them where each has a long queue: 10 with 6000 each', () => {
    expect(extent({ backends: 1000, rate: 120 }).backends).toBe(10)
    expect(extent({ backends: 1000, rate: 120, mostHeld: 1e6, capacity: 1 }).backends).toBe(1)
  })

  test('leaves out 4/(1 − ρ)² requests of each backend: at 0.98 that is 10 000', () => {
    expect(extent({ rate: 98, backends: 3 }).load.warmUp).toBe(30_000)
    expect(extent({ rate: 50 }).load.warmUp).toBe(8000)
  })

  test('leaves out three times what goes through a full queue, too', () => {
    // Of 5000 places at 1.5 times the load of one backend, 22 500; and the 5000 that are there.
    expect(extent({ rate: 150, mostHeld: 5000, isBounded: true }).load.warmUp).toBe(22_500 + 5000)
  })
})
