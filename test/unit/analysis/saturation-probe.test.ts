import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import { findPlateau } from '../../../src/analysis/saturation-probe.ts'
import type { Result } from '../../../src/result/result.ts'
import { perSecond } from '../../../src/units/quantity.ts'
import { closedResult, interrupted, steady } from '../../support/closed-result.ts'

const points = (...rungs: readonly (readonly [connections: number, rps: number, valid?: boolean])[]) =>
  rungs.map(([connections, throughputRps, valid = true]) => ({ connections, throughputRps, valid }))

describe('throughput levels off at the first rung beyond which it grows by less than 5 % per doubling', () => {
  test('100, 200, 390, 400, 402: from 390 to 400 it is 2.6 %, from 200 to 390 it is 95 %', () => {
    const rungs = points([1, 100], [2, 200], [4, 390], [8, 400], [16, 402])
    expect(findPlateau(rungs)?.connections).toBe(4)
  })

  test('growth is counted per doubling: 15 % from 4 to 32 connections are 4.8 % for each of three', () => {
    expect(1.15 ** (1 / 3)).toBeLessThan(1.05)
    expect(findPlateau(points([4, 100], [32, 115]))?.connections).toBe(4)
    expect(findPlateau(points([4, 100], [8, 115]))).toBeUndefined()
  })

  test('one that rises again later has not levelled off there', () => {
    expect(findPlateau(points([1, 100], [2, 101], [4, 200], [8, 201]))?.connections).toBe(4)
  })

  test('one that falls has', () => {
    expect(findPlateau(points([1, 100], [2, 190], [4, 150]))?.connections).toBe(2)
  })

  test('neither a single rung nor the last one shows it, nor does one without a good answer', () => {
    expect(findPlateau(points([8, 500]))).toBeUndefined()
    expect(findPlateau(points([1, 100], [2, 200], [4, 400]))).toBeUndefined()
    expect(findPlateau(points([1, 0], [2, 0]))).toBeUndefined()
  })

  test('rungs at which the generator was the limit do not count', () => {
    expect(findPlateau(points([1, 100], [2, 200], [4, 201, false]))).toBeUndefined()
  })
})

describe('a probe of 1, 2, 4, 8 connections', () => {
  const seen = [steady(1, 250), steady(2, 480), steady(4, 500), steady(8, 500, { bad: 125 })]
  const { saturation } = analyse(closedResult(seen))

  test('has a rung for each, with good answers per second and the share of errors', () => {
    expect(
      saturation?.rungs.map(({ connections, throughputRps, completedRps, errorShare }) => [
        connections,
        throughputRps,
        completedRps,
        errorShare,
      ]),
    ).toEqual([
      [1, 250, 250, 0],
      [2, 480, 480, 0],
      [4, 500, 500, 0],
      [8, 500, 625, 0.2],
    ])
  })

  test('levels off at 2: from 480/s to 500/s it is 4.2 %', () => {
    expect(saturation?.levelsOffAt).toBe(2)
    expect(saturation?.highest).toMatchObject({ connections: 4, throughputRps: 500 })
    expect(saturation?.because).toMatch(
      /^from about 2 connections on, .* the most was 500\/s with 4 connections$/,
    )
  })

  test('gives an interval: 4 × 500 answers without any scatter, IDC = 5/(3 + 5), t = 2.306', () => {
    const { low, high } = saturation!.highest!
    const error = 2.306 * Math.sqrt(5 / 8 / 2000)
    expect(low).toBeCloseTo(500 * (1 - error), 1)
    expect(high).toBeCloseTo(500 * (1 + error), 1)
  })
})

test('the first second of a rung is left out, where connections open; with two seconds, both count', () => {
  const { saturation } = analyse(
    closedResult([
      { connections: 1, good: [10, 100, 100] },
      { connections: 2, good: [100, 200] },
    ]),
  )
  expect(saturation?.rungs.map(({ throughputRps, seconds }) => [throughputRps, seconds])).toEqual([
    [100, 2],
    [150, 2],
  ])
})

describe('what is said of the growth', () => {
  const because = (result: Result): string => analyse(result).saturation!.because

  test('still growing: more connections may bring more', () => {
    expect(because(closedResult([steady(1, 100), steady(2, 200)]))).toBe(
      'throughput still grows with the connections, up to 200/s with 2 connections: more of them may bring more',
    )
  })

  test('falling: by how much', () => {
    expect(because(closedResult([steady(1, 100), steady(2, 190), steady(4, 95)]))).toMatch(
      /the most was 190\/s with 2 connections, and with 4 it falls to 95\/s$/,
    )
  })

  test('one number of connections', () => {
    expect(because(closedResult([steady(8, 500)]))).toMatch(/does not show whether more would bring more$/)
  })

  test('not one good answer', () => {
    const { saturation, capacity } = analyse(closedResult([steady(8, 0, { bad: 10 })]))
    expect([saturation?.highest, saturation?.because]).toEqual([null, 'not one answer was good'])
    expect([capacity.limitedBy, capacity.saturation]).toEqual([null, null])
  })
})

describe('a closed model shows no knee', () => {
  const findings = analyse(closedResult([steady(1, 250), steady(2, 500), steady(4, 500)]), {
    peak: perSecond(1000),
  })

  test('its capacity has no bound, and says why', () => {
    const { knee, limitedBy, saturation } = findings.capacity
    expect([knee.bound, knee.rps, knee.low, knee.high]).toEqual(['none', null, null, null])
    expect(knee.because).toMatch(/^a closed model cannot show a knee: its connections wait for answers/)
    expect(limitedBy).toBe('throughput')
    expect(saturation?.rps).toBe(500)
  })

  test('nothing is sized from it, no cause is named, no recovery is seen', () => {
    const { sizing, causes, recovery } = findings
    expect([sizing.safeRps, sizing.backends, sizing.cdnOffload]).toEqual([null, null, null])
    expect(sizing.because).toMatch(/^no knee to plan with: a closed model cannot show a knee/)
    expect([causes, recovery]).toEqual([[], null])
  })

  test('it is trusted without lateness and without Little, which have nothing to speak of', () => {
    expect(findings.trust).toEqual({ ok: true, reasons: [], notes: [] })
    expect(findings.stages.every(({ valid, latencyResolved }) => valid && latencyResolved)).toBe(true)
    expect(findings.stages[0]?.responseTimeMs.p99).toBeNull()
  })

  test('an open model has no such finding', () => {
    const { plan, ...rest } = closedResult([steady(1, 250)])
    const { model: _, ...open } = plan
    expect(analyse({ ...rest, plan: open }).saturation).toBeNull()
  })
})

describe('a status in a closed model', () => {
  const { onset, routes } = analyse(
    closedResult([steady(4, 400), steady(8, 400, { bad: 100 }), steady(16, 300, { bad: 500 })]),
  )

  test('was seen with so many connections, and nothing is claimed about a rate', () => {
    expect(onset['502']).toMatchObject({
      rps: 500,
      firstSeenRps: 500,
      low: null,
      high: null,
      loadRelated: false,
      undecided: true,
      count: 3000,
      atSeconds: 5.001,
    })
    // 5 × (100 + 500) of 5 × (400 + 500 + 800).
    expect(onset['502']?.share).toBeCloseTo(3000 / 8500, 10)
    expect(onset['502']?.because).toMatch(
      /^first seen with 8 connections, at 500\/s answers; a closed model does not/,
    )
    expect(onset['503']).toBeNull()
  })

  test('the same for each request', () => {
    expect(routes[0]?.onset).toMatchObject({ loadRelated: false, undecided: true, firstSeenRps: 500 })
  })
})

describe('the load generator of a closed model', () => {
  test('was the limit where it was busy all the time: the figures are lower bounds, and may be believed as such', () => {
    const busy = { utilisation: 0.99 }
    const { trust, capacity, saturation } = analyse(
      closedResult([steady(1, 100), steady(2, 200), steady(4, 210, { generator: busy })]),
    )
    expect(trust.ok).toBe(true)
    expect(trust.notes).toEqual([
      'the generator was the limit in 5 of 15 windows, e.g. at 10 s: a worker was busy for 99 % of the time; the target may carry more than was seen there',
    ])
    expect([capacity.limitedBy, capacity.saturation, saturation?.levelsOffAt]).toEqual([
      'generator',
      null,
      null,
    ])
    expect(saturation?.highest?.throughputRps).toBe(210)
    expect(saturation?.because).toMatch(/^the load generator was the limit with 4 connections/)
  })

  test('may collect garbage for 4 % of the time: nothing is due meanwhile that would be late', () => {
    const { stages } = analyse(closedResult([steady(1, 100, { generator: { garbageCollectionMs: 40 } })]))
    expect(stages[0]?.valid).toBe(true)
  })

  test('a second in which it stood still is left out of its rung', () => {
    const result = closedResult([{ connections: 2, good: [100, 100, 40, 100] }])
    const windows = result.windows.map((window, i) =>
      i === 2 ? { ...window, generator: { ...window.generator, longestStallMs: 600 } } : window,
    )
    expect(analyse({ ...result, windows }).saturation?.rungs[0]).toMatchObject({
      throughputRps: 100,
      seconds: 2,
    })
  })

  test('was the limit all the time: not trusted, and no throughput is called the target’s', () => {
    const generator = { utilisation: 1 }
    const { trust, capacity } = analyse(
      closedResult([steady(1, 100, { generator }), steady(2, 100, { generator })]),
    )
    expect(trust.reasons).toEqual(['the generator was the limit all the time'])
    expect([capacity.saturation, capacity.limitedBy]).toEqual([null, null])
  })
})

test('a warm-up rung is kept out, and an interruption is noted', () => {
  const result = interrupted(closedResult([steady(64, 900, { warmup: true }), steady(2, 200)]), 7)
  const { saturation, trust } = analyse(result)
  expect(saturation?.rungs.map(({ connections }) => connections)).toEqual([2])
  expect(trust.notes).toEqual(['interrupted by SIGINT after 7 s'])
})
