import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../src/simulate/outcome.ts'
import type { Balance } from '../../../src/simulate/setting.ts'
import { DETERMINISTIC, EXPONENTIAL, errorsOff, given, poisson, simulated } from './systems.ts'

const OFF = 3

const balanced = (balance: Balance, count: number, load: number, requests = 10_000): Outcome =>
  simulated(
    { backends: { count }, gateway: { balance } },
    EXPONENTIAL,
    poisson(load * count, { requests, warmUp: 2000 }),
  )

test('random splitting makes M/M/1s of four backends', () => {
  const { responseTimes, utilisation } = balanced('random', 4, 0.7)
  expect(errorsOff(responseTimes!.mean, 1 / 0.3)).toBeLessThan(OFF)
  expect(errorsOff(responseTimes!.p99, -Math.log(0.01) / 0.3)).toBeLessThan(OFF)
  expect(utilisation).toHaveLength(4)
  for (const one of utilisation) expect(errorsOff(one, 0.7)).toBeLessThan(OFF)
})

/** In turn over two: each gets every second arrival, E₂/M/1. σ solves σ = (2λ/(2λ + 1 − σ))², the response time is exponential with mean 1/(1 − σ) (Kleinrock, Queueing Systems I, §6.4). */
test('round robin makes E₂/M/1s of two backends', () => {
  const load = 0.8
  let sigma = 0.5
  for (let i = 0; i < 1000; i += 1) sigma = ((2 * load) / (2 * load + 1 - sigma)) ** 2
  const { responseTimes } = balanced('round-robin', 2, load)
  expect(errorsOff(responseTimes!.mean, 1 / (1 - sigma))).toBeLessThan(OFF)
  expect(errorsOff(responseTimes!.p99, -Math.log(0.01) / (1 - sigma), 0.05)).toBeLessThan(OFF)
})

/** Stationary mean number in two queues of which the shorter is joined, ties at random: the chain iterated until it stands. */
function meanOfShortest(load: number, most: number): number {
  const width = most + 1
  let share = new Float64Array(width * width)
  share[0] = 1
  const total = 2 * load + 2
  for (let step = 0; step < 20_000; step += 1) {
    const next = new Float64Array(width * width)
    for (let i = 0; i < width; i += 1) {
      for (let j = 0; j < width; j += 1) {
        const here = share[i * width + j]! / total
        const toFirst = i < j ? 1 : i > j ? 0 : 0.5
        next[Math.min(i + 1, most) * width + j]! += here * 2 * load * toFirst
        next[i * width + Math.min(j + 1, most)]! += here * 2 * load * (1 - toFirst)
        next[Math.max(i - 1, 0) * width + j]! += here
        next[i * width + Math.max(j - 1, 0)]! += here
      }
    }
    share = next
  }
  return share.reduce((sum, p, at) => sum + p * (Math.floor(at / width) + (at % width)), 0)
}

test('least connections is joining the shorter of two queues', () => {
  const load = 0.8
  const { responseTimes } = balanced('least-connections', 2, load)
  expect(errorsOff(responseTimes!.mean, meanOfShortest(load, 40) / (2 * load))).toBeLessThan(OFF)
})

/** Over endlessly many backends: Σ λ^(2^i − 2), i = 1, 2, … (Mitzenmacher, IEEE TPDS 12(10), 2001): 2.614 at 0.9, where random gives 10. */
test('the better of two draws over 200 backends at load 0.9', () => {
  const truth = [1, 2, 3, 4, 5, 6, 7].reduce((sum, i) => sum + 0.9 ** (2 ** i - 2), 0)
  expect(truth).toBeCloseTo(2.614, 3)
  const { responseTimes } = simulated(
    { backends: { count: 200 }, gateway: { balance: 'power-of-two' } },
    EXPONENTIAL,
    { ...poisson(180, { requests: 50_000, warmUp: 20_000 }), replications: 4 },
  )
  expect(Math.abs(responseTimes!.mean.value / truth - 1)).toBeLessThan(0.03)
})

test('the more is known about the backends, the shorter the response: pooled < least connections < two draws < random', () => {
  const means = (['least-connections', 'power-of-two', 'round-robin', 'random'] as const).map(
    balance => balanced(balance, 4, 0.9, 6000).responseTimes!.mean.value,
  )
  const pooled = simulated(
    { backends: { count: 4 }, gateway: { maxConcurrent: 1, backendQueue: 0 } },
    EXPONENTIAL,
    poisson(3.6, { requests: 6000, warmUp: 2000 }),
  )
  const all = [pooled.responseTimes!.mean.value, ...means]
  expect(all).toEqual(all.toSorted((a, b) => a - b))
})

describe('who is chosen when somebody is full', () => {
  /** The first takes 10, all others 1; one at a time, no queue before a backend. */
  const second = (balance: Balance, backendQueue: number): Outcome =>
    simulated(
      { backends: { count: 2 }, gateway: { balance, maxConcurrent: 1, backendQueue } },
      { kind: 'given', seconds: [[10, ...Array<number>(30).fill(1)], Array<number>(30).fill(1)] },
      given(Array.from({ length: 20 }, (_, i) => 2 * i)),
    )

  test('round robin passes over whoever has no room, so that nobody waits', () => {
    expect(second('round-robin', 0).waited.value).toBe(0)
  })

  test('with a queue before each backend, its turn is its turn: the third and the fifth wait for the first', () => {
    // Given at 4 and 8 to the backend that is busy until 10: they wait 6, and 3 until the one before them is done at 11; the one of 12 finds it busy no more.
    const { gatewayWait, waited } = second('round-robin', 5)
    expect(waited.value).toBeCloseTo(2 / 20, 12)
    expect(gatewayWait.value).toBeCloseTo((6 + 3) / 20, 12)
  })

  test('least connections goes round all of equal number', () => {
    const { utilisation } = simulated(
      { backends: { count: 4 }, gateway: { balance: 'least-connections' } },
      DETERMINISTIC,
      given(Array.from({ length: 40 }, (_, i) => 2 * i)),
    )
    expect(utilisation.map(({ value }) => value.toFixed(3))).toEqual(Array<string>(4).fill('0.125'))
  })
})

test('a freed backend takes whoever has waited longest, of its own queue and of the shared one', () => {
  // One place, one place to wait before the backend, then the shared queue. In order of arrival 0, 0.1, 0.2, 0.3: each is served after the one before.
  const { responseTimes, longestQueue } = simulated(
    { gateway: { balance: 'least-connections', maxConcurrent: 1, backendQueue: 1 } },
    DETERMINISTIC,
    given(Array.from({ length: 20 }, (_, i) => [i * 10, i * 10 + 0.1, i * 10 + 0.2, i * 10 + 0.3]).flat()),
  )
  expect(longestQueue).toBe(3)
  expect(responseTimes!.mean.value).toBeCloseTo((1 + 1.9 + 2.8 + 3.7) / 4, 9)
  expect(responseTimes!.p99.value).toBeCloseTo(3.7, 2)
})
