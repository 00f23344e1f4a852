import { describe, expect, test } from 'vitest'
import { PATIENT_CLIENT } from '../../../src/simulate/setting.ts'
import { DETERMINISTIC, EXPONENTIAL, errorsOff, every, given, poisson, simulated } from './systems.ts'

const OFF = 3

/**
 * Whoever would wait longer than T is lost: M/M/1 + D. The offered wait has the density λ·p₀·exp(−(µ − λ)x) up to T and falls as exp(−µx)
 * beyond, so that the lost share is (1 − ρ)ρE/(1 − ρ²E), E = exp(−(µ − λ)T) (Barrer, Operations Research 5(5), 1957).
 */
describe.each([0.7, 1.3])('a queue timeout of 2 service times at load %d', load => {
  const rest = Math.exp(-(1 - load) * 2)
  const lost = ((1 - load) * load * rest) / (1 - load ** 2 * rest)
  const outcome = simulated({ gateway: { maxConcurrent: 1, queueTimeout: 2 } }, EXPONENTIAL, poisson(load))

  test('answers the share 503 that M/M/1 + D says', () => {
    expect(errorsOff(outcome.shares['503'], lost)).toBeLessThan(OFF)
    expect(errorsOff(outcome.refused, lost)).toBeLessThan(OFF)
  })

  test('and keeps the backend as busy as those that remain', () => {
    expect(errorsOff(outcome.utilisation[0]!, load * (1 - lost))).toBeLessThan(OFF)
    expect(errorsOff(outcome.backendRate, load * (1 - lost))).toBeLessThan(OFF)
  })
})

describe('an answer timeout, and a backend that works on: 500/s deterministic, 550/s offered', () => {
  const at550 = every(1 / 550, 11_000)
  const law = { kind: 'deterministic', mean: 1 / 500 } as const

  test('after 1 s none is good: the i-th has response time 2 ms + i·(2 ms − 1/550 s), more than 1 s from i = 5489 on', () => {
    const good = Math.floor((1 - 0.002) / (0.002 - 1 / 550)) + 1
    const { counts, timedOut } = simulated({ gateway: { answerTimeout: 1 } }, law, at550)
    expect(counts).toEqual({ 200: good, 429: 0, 502: 0, 503: 0, 504: 11_000 - good, 'gave-up': 0 })
    expect(timedOut.value).toBeCloseTo(1 - good / 11_000, 12)
  })

  test('a client that leaves after 1 s sees the same, and has given up', () => {
    const { counts } = simulated({ client: { deadline: 1 } }, law, at550)
    expect(counts).toMatchObject({ 200: 5489, 'gave-up': 11_000 - 5489 })
  })

  test('with one place and a queue of 100 before it, it is worked for 20 s, and then for the 101 that are left', () => {
    const gateway = { maxConcurrent: 1, backendQueue: 0, sharedQueue: 100, answerTimeout: 1 }
    const { counts } = simulated({ gateway }, law, at550)
    expect(counts['504']).toBe(0)
    expect(Math.abs(counts['200'] - (20 * 500 + 101))).toBeLessThanOrEqual(1)
  })
})

describe('who has left', () => {
  const law = {
    kind: 'given',
    seconds: [Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 3 : 0.5))],
  } as const
  /** The first of each pair takes 3, its client stays 1; the second comes at 2. */
  const pairs = given(Array.from({ length: 20 }, (_, i) => [i * 10, i * 10 + 2]).flat())
  const gateway = { maxConcurrent: 1, backendQueue: 0, sharedQueue: 0 }

  test('keeps its place at the gateway', () => {
    const { counts } = simulated(
      { gateway, client: { deadline: 1 } },
      { ...law, seconds: [Array<number>(20).fill(3)] },
      pairs,
    )
    expect(counts).toMatchObject({ 'gave-up': 20, 503: 20 })
  })

  test('loses it where the gateway drops whoever has left, but the backend works on: the second waits 1 there', () => {
    const { counts, backendWait } = simulated(
      { gateway: { ...gateway, dropsAbandoned: true }, client: { deadline: 1.6 } },
      law,
      pairs,
    )
    expect(counts).toMatchObject({ 'gave-up': 20, 200: 20, 503: 0 })
    expect(backendWait.value).toBeCloseTo(0.5, 9)
  })

  test('its work is done all the same, where it waits in the queue: the one after it waits for both', () => {
    // At 0, 0.1 and 1.5, each 1 long, deadline 1.2: done at 1, 2 and 3; the second gives up at 1.3, the third at 2.7.
    const { counts, utilisation } = simulated(
      { gateway: { maxConcurrent: 1 }, client: { deadline: 1.2 } },
      DETERMINISTIC,
      given(Array.from({ length: 20 }, (_, i) => [i * 10, i * 10 + 0.1, i * 10 + 1.5]).flat()),
    )
    expect(counts).toMatchObject({ 200: 20, 'gave-up': 40 })
    expect(utilisation[0]!.value).toBeCloseTo(0.3, 1)
  })
})

describe('errors and retries', () => {
  const failing = { slots: null, power: 1000, errorShare: 0.3 }

  test('three tries of the gateway at error share p: p³ remain, and backends are given λ(1 + p + p²)', () => {
    const { shares, backendRate, attempts } = simulated(
      { backends: { ...failing, count: 3 }, gateway: { retries: 2 } },
      EXPONENTIAL,
      poisson(5),
    )
    expect(errorsOff(shares['502'], 0.3 ** 3, 0.1)).toBeLessThan(OFF)
    expect(errorsOff(backendRate, 5 * (1 + 0.3 + 0.09))).toBeLessThan(OFF)
    expect(attempts.value).toBe(1)
  })

  test('the gateway tries another backend: with one that never answers in time, the second try is good', () => {
    // Service takes 1 at the second backend and 100 at the first; 504 after 5.
    const { counts, responseTimes } = simulated(
      { backends: { count: 2, slots: null, power: 1000 }, gateway: { retries: 1, answerTimeout: 5 } },
      { kind: 'given', seconds: [Array<number>(40).fill(100), Array<number>(40).fill(1)] },
      every(200, 40),
    )
    expect(counts['200']).toBe(40)
    // In turn: the first backend, then 5 later the second; the next request begins again with the first.
    expect(responseTimes!.mean.value).toBeCloseTo(6, 9)
  })

  test('one retry of the client at error share p: λ(1 + p) reach the gateway, p² fail, after a pause', () => {
    const { shares, attempts, backendRate, responseTimes } = simulated(
      { backends: failing, client: { retries: 1, retryPause: 2 } },
      EXPONENTIAL,
      poisson(5),
    )
    expect(errorsOff(shares['502'], 0.09)).toBeLessThan(OFF)
    expect(errorsOff(attempts, 1.3)).toBeLessThan(OFF)
    expect(errorsOff(backendRate, 5 * 1.3)).toBeLessThan(OFF)
    // Of the good ones 0.7 come at once, after 1; 0.21 after 1 + 2 + 1.
    expect(errorsOff(responseTimes!.mean, (0.7 * 1 + 0.21 * 4) / 0.91)).toBeLessThan(OFF)
  })

  test('a budget of 0.1 lets a tenth of the requests be tried again, however many fail', () => {
    const { attempts } = simulated(
      { backends: { ...failing, errorShare: 0.9 }, client: { retries: 5, retryBudget: 0.1 } },
      EXPONENTIAL,
      poisson(5),
    )
    expect(attempts.value).toBeCloseTo(1.1, 2)
  })

  test('retries add to an overload: whoever is refused comes again, and the backend rests less', () => {
    const gateway = { maxConcurrent: 1, sharedQueue: 0, backendQueue: 5 }
    const [without, with3] = [0, 3].map(retries =>
      simulated({ gateway, client: { retries, retryPause: 5 } }, EXPONENTIAL, poisson(1.2)),
    )
    expect(without!.attempts.value).toBe(1)
    expect(with3!.attempts.value).toBeGreaterThan(1.5)
    expect(with3!.utilisation[0]!.value).toBeGreaterThan(without!.utilisation[0]!.value)
  })

  test('a deadline counts over all tries of the gateway', () => {
    // 504 after 2, again after 2 at the other: the client has left at 3.
    const { counts } = simulated(
      {
        backends: { count: 2, slots: null, power: 1000 },
        gateway: { retries: 1, answerTimeout: 2 },
        client: { deadline: 3 },
      },
      { kind: 'deterministic', mean: 50 },
      every(100, 40),
    )
    expect(counts).toMatchObject({ 'gave-up': 40, 504: 0 })
  })
})

describe('a cache before it', () => {
  test('what it does not answer is an M/M/1: at rate 2 with hit ratio 0.65 its load is 0.7', () => {
    const { backendResponseTimes, responseTimes, backendRate } = simulated(
      { cache: { hitRatio: 0.65, answerTime: 0.01 } },
      EXPONENTIAL,
      poisson(2, { requests: 12_000 }),
    )
    expect(errorsOff(backendRate, 0.7)).toBeLessThan(OFF)
    expect(errorsOff(backendResponseTimes!.mean, 1 / 0.3)).toBeLessThan(OFF)
    expect(errorsOff(responseTimes!.mean, 0.65 * 0.01 + 0.35 / 0.3)).toBeLessThan(OFF)
    expect(responseTimes!.p50.value / 0.01).toBeCloseTo(1, 2)
    // The slowest 1 % of all are the slowest 1/35 of those that reach the backend.
    expect(errorsOff(responseTimes!.p99, -Math.log(0.01 / 0.35) / 0.3)).toBeLessThan(OFF)
  })

  test('that answers everything leaves the backend idle, and nothing to say about its answers', () => {
    const { backendRate, backendResponseTimes, utilisation, counts, requests } = simulated(
      { cache: { hitRatio: 1, answerTime: 0.01 } },
      EXPONENTIAL,
      poisson(5),
    )
    expect(backendRate).toEqual({ value: 0, standardError: 0 })
    expect(utilisation).toEqual([{ value: 0, standardError: 0 }])
    expect(backendResponseTimes).toBeNull()
    expect(counts['200']).toBe(requests)
  })
})

describe('a limiter before it', () => {
  test.each([429, 503] as const)(
    'lets its rate through and answers %d to the rest, on which no work is done',
    status => {
      const { shares, utilisation } = simulated(
        { limiter: { rate: 0.6, burst: 5, status } },
        EXPONENTIAL,
        poisson(2),
      )
      expect(errorsOff(shares[status], 0.7)).toBeLessThan(OFF)
      expect(errorsOff(utilisation[0]!, 0.6)).toBeLessThan(OFF)
    },
  )

  test('lets its burst through at once: of 100 that come at one instant, 5', () => {
    const { counts } = simulated(
      { limiter: { rate: 1, burst: 5, status: 429 } },
      DETERMINISTIC,
      given(Array<number>(100).fill(0)),
    )
    expect(counts).toMatchObject({ 200: 5, 429: 95 })
  })
})

test('a question without an answer is refused', () => {
  const nothing = { ...poisson(1), warmUp: 10_000 }
  expect(() => simulated({}, EXPONENTIAL, nothing)).toThrow(RangeError)
  expect(() => simulated({ backends: { count: 0 } }, EXPONENTIAL, poisson(1))).toThrow(RangeError)
  expect(() =>
    simulated({ client: PATIENT_CLIENT }, { kind: 'given', seconds: [[1]] }, every(1, 30)),
  ).toThrow('no service time is given for request 1 of backend 0')
})
