import { describe, expect, test } from 'vitest'
import type { ResponseTimes } from '../../../src/simulate/outcome.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { DETERMINISTIC, EXPONENTIAL, errorsOff, every, poisson, simulated } from './systems.ts'
import type { Parts } from './systems.ts'

const OFF = 3

const timesOf = (times: ResponseTimes | null): ResponseTimes => times!

describe('M/M/1 at load 0.7: response times are exponential with mean 1/(1 − 0.7)', () => {
  const outcome = simulated({}, EXPONENTIAL, poisson(0.7))
  const { mean, p50, p95, p99 } = timesOf(outcome.responseTimes)
  test.each([
    ['mean', mean, 1 / 0.3],
    ['p50', p50, -Math.log(0.5) / 0.3],
    ['p95', p95, -Math.log(0.05) / 0.3],
    ['p99', p99, -Math.log(0.01) / 0.3],
  ])('%s', (_, figure, truth) => {
    expect(errorsOff(figure, truth)).toBeLessThan(OFF)
  })

  test('whoever comes waits with probability 0.7, on average 0.7/(1 − 0.7)', () => {
    expect(errorsOff(outcome.waited, 0.7)).toBeLessThan(OFF)
    expect(errorsOff(outcome.backendWait, 0.7 / 0.3)).toBeLessThan(OFF)
  })

  test('it is busy 0.7 of the time and answers all', () => {
    expect(errorsOff(outcome.utilisation[0]!, 0.7)).toBeLessThan(OFF)
    expect(errorsOff(outcome.goodput, 0.7)).toBeLessThan(OFF)
    expect(outcome.counts['200']).toBe(outcome.requests)
    expect(outcome.requests).toBe(20 * (6000 - 1000))
  })

  test('the same seed gives the same, another seed another', () => {
    const again = simulated({}, EXPONENTIAL, poisson(0.7))
    expect(again).toEqual(outcome)
    expect(simulated({}, EXPONENTIAL, poisson(0.7, { seed: 2 })).goodput).not.toEqual(outcome.goodput)
  })
})

/** Erlang C for 8 slots: C(8, 6.4) = 0.457645 and C(8, 7.2) = 0.701533; the mean wait is C/(8 − a) service times. */
describe.each([
  [6.4, 0.457645],
  [7.2, 0.701533],
])('M/M/8 at %d Erlang', (load, waits) => {
  const inBackend: Parts = { backends: { slots: 8, power: 8 } }
  const atGateway: Parts = { ...inBackend, gateway: { maxConcurrent: 8, backendQueue: 0 } }
  const requests = { requests: 15_000, warmUp: 3000 }

  test('behind the gateway: share that waits, mean wait, mean queue', () => {
    const { waited, backendWait, queueLength } = simulated(inBackend, EXPONENTIAL, poisson(load, requests))
    expect(errorsOff(waited, waits)).toBeLessThan(OFF)
    expect(errorsOff(backendWait, waits / (8 - load))).toBeLessThan(OFF)
    expect(queueLength.value).toBe(0)
  })

  test('in the queue of the gateway it is the same, and by Little its length is load times wait', () => {
    const { waited, gatewayWait, backendWait, queueLength } = simulated(
      atGateway,
      EXPONENTIAL,
      poisson(load, requests),
    )
    expect(errorsOff(waited, waits)).toBeLessThan(OFF)
    expect(errorsOff(gatewayWait, waits / (8 - load))).toBeLessThan(OFF)
    expect(backendWait.value).toBe(0)
    expect(errorsOff(queueLength, (load * waits) / (8 - load))).toBeLessThan(OFF)
  })
})

describe('a queue that is full refuses', () => {
  test('Erlang B: 8 slots and no queue lose 1 % at 3.12756 Erlang', () => {
    const { shares } = simulated(
      { backends: { slots: 8, power: 8 }, gateway: { maxConcurrent: 8, backendQueue: 0, sharedQueue: 0 } },
      EXPONENTIAL,
      poisson(3.12756),
    )
    expect(errorsOff(shares['503'], 0.01, 0.1)).toBeLessThan(OFF)
    expect(shares['200'].value + shares['503'].value).toBeCloseTo(1, 12)
  })

  /** M/M/1/K at load 1: all K + 1 states are equally likely. */
  test.each([
    ['of the backend', { backendQueue: 3, sharedQueue: 0 }],
    ['that they share', { backendQueue: 0, sharedQueue: 3 }],
    ['of both kinds', { backendQueue: 1, sharedQueue: 2 }],
  ])('M/M/1/4 at load 1 loses 1/5, with the queue %s', (_, queues) => {
    const outcome = simulated(
      { gateway: { maxConcurrent: 1, fullStatus: 502, ...queues } },
      EXPONENTIAL,
      poisson(1),
    )
    expect(errorsOff(outcome.shares['502'], 1 / 5)).toBeLessThan(OFF)
    // Waiting: 0, 0, 1, 2, 3 in the five states.
    expect(errorsOff(outcome.queueLength, (1 + 2 + 3) / 5)).toBeLessThan(OFF)
    expect(outcome.longestQueue).toBe(3)
  })

  test('M/M/8/64 loses what its birth and death say', () => {
    // p(k) ∝ a^k/k! up to 8, then times a/8 each; the last is what is lost.
    const [a, most] = [8, 64]
    const weights = [1]
    for (let k = 1; k <= most; k += 1) weights.push((weights[k - 1]! * a) / Math.min(k, 8))
    const lost = weights[most]! / weights.reduce((sum, weight) => sum + weight, 0)
    const { shares } = simulated(
      {
        backends: { slots: 8, power: 8 },
        gateway: { maxConcurrent: 8, backendQueue: 0, sharedQueue: most - 8 },
      },
      EXPONENTIAL,
      poisson(a, { requests: 15_000, warmUp: 3000 }),
    )
    expect(errorsOff(shares['503'], lost, 0.15)).toBeLessThan(OFF)
  })
})

describe('service that is not exponential, one slot', () => {
  const requests = { requests: 8000, warmUp: 1000 }

  /** Pollaczek and Khinchine: the mean wait is λ·E(S²)/(2(1 − ρ)). */
  test.each([
    ['M/D/1', DETERMINISTIC, 1],
    ['M/E₄/1', { kind: 'erlang', mean: 1, shape: 4 } as const, 1 + 1 / 4],
    // 9 of 10 take 0.5, one takes 5.5: mean 1, second moment 0.9 × 0.25 + 0.1 × 30.25 = 3.25.
    [
      'M/G/1 from measured times',
      {
        kind: 'measured',
        timesUs: countsOf([...Array<number>(9).fill(500_000), 5_500_000]),
        scale: 1,
      } as const,
      3.25,
    ],
  ])('%s at load 0.7 waits λ·E(S²)/(2(1 − ρ))', (_, law, square) => {
    const { backendWait } = simulated({}, law, poisson(0.7, requests))
    expect(errorsOff(backendWait, (0.7 * square) / (2 * 0.3), 0.05)).toBeLessThan(OFF)
  })

  /** Values of Crommelin's formula (Post Office Electrical Engineers Journal 25, 1932). */
  test('M/D/1 at load 0.8: p50 2.276, p95 7.620, p99 11.356', () => {
    const { p50, p95, p99 } = timesOf(simulated({}, DETERMINISTIC, poisson(0.8, requests)).responseTimes)
    expect(errorsOff(p50, 2.276)).toBeLessThan(OFF)
    expect(errorsOff(p95, 7.62)).toBeLessThan(OFF)
    expect(errorsOff(p99, 11.356)).toBeLessThan(OFF)
  })

  test('measured times can be scaled: half as long at twice the rate is half the wait', () => {
    const timesUs = countsOf([1_000_000])
    const { backendWait } = simulated({}, { kind: 'measured', timesUs, scale: 0.5 }, poisson(1.4, requests))
    expect(errorsOff(backendWait, (0.5 * 0.7) / (2 * 0.3))).toBeLessThan(OFF)
  })
})

/** The mean response time under processor sharing does not depend on the law of service (Kleinrock, Queueing Systems II, §4.4). */
describe('processor sharing at load 0.7', () => {
  const sharing: Parts = { backends: { slots: null, power: 1 } }
  test.each([
    ['exponential', EXPONENTIAL],
    ['deterministic', DETERMINISTIC],
  ])('%s: the mean is 1/(1 − 0.7), and nobody waits', (_, law) => {
    const { responseTimes, waited, utilisation } = simulated(sharing, law, poisson(0.7))
    expect(errorsOff(timesOf(responseTimes).mean, 1 / 0.3)).toBeLessThan(OFF)
    expect(waited.value).toBe(0)
    expect(errorsOff(utilisation[0]!, 0.7)).toBeLessThan(OFF)
  })

  test('with the power of 2.5 requests, it is a birth and death whose death rate is min(k, 2.5)', () => {
    const weights = [1]
    for (let k = 1; k < 400; k += 1) weights.push((weights[k - 1]! * 2) / Math.min(k, 2.5))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const present = weights.reduce((sum, weight, k) => sum + k * weight, 0) / total
    const { responseTimes } = simulated({ backends: { slots: null, power: 2.5 } }, EXPONENTIAL, poisson(2))
    expect(errorsOff(timesOf(responseTimes).mean, present / 2)).toBeLessThan(OFF)
  })

  test('the third of three slots that share waits in the backlog: two at half speed', () => {
    // Three at once, each 1 long: two share until 2, when the third goes on alone until 3.
    const at = Array.from({ length: 20 }, (_, batch) => [batch * 10, batch * 10, batch * 10]).flat()
    const { responseTimes, backendWait } = simulated({ backends: { slots: 2, power: 1 } }, DETERMINISTIC, {
      arrivals: { kind: 'given', at },
      warmUp: 0,
      replications: 1,
      seed: 1,
    })
    expect(timesOf(responseTimes).mean.value).toBeCloseTo((2 + 2 + 3) / 3, 9)
    expect(backendWait.value).toBeCloseTo(2 / 3, 9)
  })
})

test('a backlog of 50 that is there at the beginning is worked off by load 0.5 in 100: then the last of it has gone', () => {
  // Of 50 at once, each 1 long, the i-th takes i: 25.5 in the mean. Those after them wait until nobody is left.
  const load = poisson(0.5, { backlog: 50, requests: 50, warmUp: 0 })
  const { responseTimes, longestQueue } = simulated({ gateway: { maxConcurrent: 1 } }, DETERMINISTIC, load)
  expect(timesOf(responseTimes).mean.value).toBeCloseTo(25.5, 9)
  expect(longestQueue).toBe(49)
  const after = simulated({}, DETERMINISTIC, poisson(0.5, { backlog: 50, requests: 51, warmUp: 50 }))
  // The next comes after 2 in the mean, so that 48 of the 50 are left before it, and then itself.
  expect(errorsOff(timesOf(after.responseTimes).mean, 50 - 2 + 1)).toBeLessThan(OFF)
})

describe('D/D/1 leaves nothing to chance', () => {
  test('at load 1 nobody waits: who comes finds that the one before has just left', () => {
    const { backendWait, responseTimes, utilisation } = simulated({}, DETERMINISTIC, every(1, 100))
    expect(backendWait).toEqual({ value: 0, standardError: 0 })
    expect(timesOf(responseTimes).mean).toEqual({ value: 1, standardError: 0 })
    expect(utilisation[0]!.value).toBeCloseTo(1, 12)
  })

  test('at twice its capacity the k-th waits k/2', () => {
    const { backendWait } = simulated({}, DETERMINISTIC, every(0.5, 1000))
    expect(backendWait.value).toBeCloseTo(999 / 2 / 2, 9)
  })
})

test('the interval of two standard errors covers the truth about nineteen times in twenty', () => {
  const covers = Array.from({ length: 100 }, (_, seed) => {
    const load = { ...poisson(0.5, { requests: 400, warmUp: 50, seed }) }
    const { value, standardError } = simulated({}, EXPONENTIAL, load).responseTimes!.mean
    return Math.abs(value - 2) <= 2.09 * standardError
  })
  expect(covers.filter(Boolean).length).toBeGreaterThanOrEqual(89)
})
