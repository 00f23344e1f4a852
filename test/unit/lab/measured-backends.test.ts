import { describe, expect, test } from 'vitest'
import { LAW_SCHEMA, readBackendLaw } from '../../../src/lab/backend-law.ts'
import type { BackendLaw } from '../../../src/lab/backend-law.ts'
import { eachBackend, measuredBackends } from '../../../src/lab/measured-backends.ts'
import type { LabModel, Reply } from '../../../src/lab/model.ts'
import { even, mean, poisson, relativeError } from './simulate.ts'

/** One request of 1 ms for every one of 3 ms: 2 ms in the mean. */
const law = (rest: Partial<BackendLaw> = {}): BackendLaw => ({
  schema: LAW_SCHEMA,
  backends: 1,
  capacityRps: 100,
  slots: 1,
  mostWaitSeconds: null,
  serviceTimes: [
    { fromSeconds: 0.001, toSeconds: 0.001, requests: 5 },
    { fromSeconds: 0.003, toSeconds: 0.003, requests: 5 },
  ],
  ...rest,
})

/** Exponential with that mean, cut at 16 times of it, in steps of a fiftieth. */
const exponentialTimes = (seconds: number): BackendLaw['serviceTimes'] =>
  Array.from({ length: 800 }, (_, i) => ({
    fromSeconds: (i * seconds) / 50,
    toSeconds: ((i + 1) * seconds) / 50,
    requests: Math.exp(-i / 50) - Math.exp(-(i + 1) / 50),
  }))

const modelOf = (own: BackendLaw): LabModel => measuredBackends(own).create({}, 1)

const replies = (own: BackendLaw, arrivals: Iterable<number>): readonly (readonly [number, Reply])[] => {
  const model = modelOf(own)
  return Array.from(arrivals, at => [at, model.arrive(at, '/')] as const)
}

describe('a backend as it was measured', () => {
  test.each([
    ['1 slot', { slots: 1 }],
    ['4 slots', { slots: 4 }],
    ['2 backends', { backends: 2, capacityRps: 50 }],
  ])(
    'with %s that never rest gets through its capacity, 100/s, whatever its service times were',
    (_, rest) => {
      const all = replies(law(rest), even(1000, 10))
      // 10 000 requests at 100/s take 100 s; the times scatter by half of their mean, so by 0.5 % over all of them.
      const last = Math.max(...all.map(([, { departsAtSeconds }]) => departsAtSeconds))
      expect(relativeError(last, 100)).toBeLessThan(0.02)
    },
  )

  test('alone takes the measured times, multiplied by slots / (C·S) = 1 / (100/s · 2 ms) = 5', () => {
    const times = replies(law(), even(1, 400)).map(([at, { departsAtSeconds }]) => departsAtSeconds - at)
    expect(times.every(time => Math.min(Math.abs(time - 0.005), Math.abs(time - 0.015)) < 1e-9)).toBe(true)
    // Half of 400 are short, with a standard deviation of 10.
    expect(Math.abs(times.filter(time => time < 0.01).length - 200)).toBeLessThan(45)
  })

  test('with exponential times makes requests wait ρ/(µ − λ), as M/M/1 does', () => {
    const [mu, rho] = [100, 0.5]
    const own = law({ capacityRps: mu, serviceTimes: exponentialTimes(0.01) })
    const sojourns = replies(own, poisson(rho * mu, 4000)).map(
      ([at, { departsAtSeconds }]) => departsAtSeconds - at,
    )
    // Mean response time 1/(µ − λ) = 20 ms, of which 10 ms are service; 200 000 requests know it to about 1 %.
    expect(relativeError(mean(sojourns), 0.02)).toBeLessThan(0.04)
  })

  test('turns away at once whoever would wait for too long, and nobody else', () => {
    // 10 ms each by 1 slot: who comes fifth at once would wait 40 ms.
    const own = law({
      mostWaitSeconds: 0.035,
      serviceTimes: [{ fromSeconds: 0.01, toSeconds: 0.01, requests: 1 }],
    })
    const all = replies(own, [0, 0, 0, 0, 0, 0.02])
    expect(all.map(([, { status }]) => status)).toEqual([200, 200, 200, 200, 503, 200])
    expect(all[4]![1].departsAtSeconds).toBe(0)
    expect(all[5]![1].departsAtSeconds).toBeCloseTo(0.05, 9)
  })

  test('under twice its load turns half away', () => {
    const all = replies(law({ mostWaitSeconds: 0.1 }), poisson(200, 500))
    expect(
      relativeError(all.filter(([, { status }]) => status === 503).length / all.length, 0.5),
    ).toBeLessThan(0.03)
  })

  test('lets no cache keep its answers', () => {
    expect(modelOf(law()).arrive(0, '/').headers).toMatchObject({ 'cache-control': 'no-store' })
  })

  test('says what is true of it: of two, 200/s', () => {
    const { kneePerSecond, onsetPerSecond } = measuredBackends(
      law({ backends: 2, mostWaitSeconds: 1 }),
    ).truth({})
    expect(kneePerSecond).toBe(200)
    expect(onsetPerSecond['503']).toBe(200)
  })
})

test('backends in turn: of four at once two go to each of two', () => {
  const own = law({ backends: 2, serviceTimes: [{ fromSeconds: 0.01, toSeconds: 0.01, requests: 1 }] })
  const ends = replies(own, [0, 0, 0, 0]).map(([, { departsAtSeconds }]) =>
    Math.round(departsAtSeconds * 1000),
  )
  expect(ends).toEqual([10, 10, 20, 20])
})

test('apart, each of them is one alone', () => {
  const each = eachBackend(law({ backends: 3 }))
  expect(each.map(entry => entry.truth({}).kneePerSecond)).toEqual([100, 100, 100])
})

describe('a law in a file', () => {
  test('is read as it was written', () => {
    expect(readBackendLaw(JSON.stringify(law()), 'a.lab')).toEqual({ ok: true, value: law() })
  })

  test.each([
    ['nothing', 'x', 1],
    ['another document', '{"schema":"plimsoll/report@1"}', 1],
    [
      'every mistake at once',
      JSON.stringify({
        schema: LAW_SCHEMA,
        backends: 0,
        capacityRps: -1,
        slots: 1.5,
        mostWaitSeconds: 0,
        serviceTimes: [],
      }),
      6,
    ],
    [
      'times that end before they begin',
      JSON.stringify(law({ serviceTimes: [{ fromSeconds: 2, toSeconds: 1, requests: 1 }] })),
      1,
    ],
  ])('is refused where it is %s', (_, text, mistakes) => {
    const read = readBackendLaw(text, 'a.lab')
    expect(read.ok ? 0 : read.problems.length).toBe(mistakes)
    expect(read.ok ? undefined : read.problems[0]).toMatchObject({
      code: 'lab/bad-law',
      at: { file: 'a.lab' },
    })
  })
})
