import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Findings } from '../../../src/analysis/findings.ts'
import type { SearchConclusion, SearchEstimate } from '../../../src/result/search-record.ts'
import { share } from '../../../src/units/quantity.ts'
import { exponential, fixed, queue, withGatewayTimeout } from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'

const d1 = queue(fixed(0.002))
const full = queue(exponential(400), 1, 100)

const search = (knee: number, model: ServerModel, rest: Partial<SearchConclusion> = {}): Findings =>
  analyse(scriptedSearch(pathAround(knee), concluded(knee, rest), model))

const estimate = (
  rps: number,
  low: number | null,
  high: number | null,
  bound: SearchEstimate['bound'],
): SearchEstimate => ({ rps, low, high, confidence: 0.95, bound, because: 'so it was' })

describe('the capacity of a search', () => {
  const { capacity, search: found, trust } = search(400, full, { baselineShare: share(0.002) })

  test('is what the search concluded', () => {
    expect(trust).toEqual({ ok: true, reasons: [], notes: [] })
    expect(capacity.knee).toMatchObject({ rps: 400, low: 392, high: 408, bound: 'measured' })
    expect(capacity.saturation).toEqual({ rps: 400, low: 396, high: 404 })
    expect(capacity.limitedBy).toBe('errors')
  })

  test('is defined with ε, ω, the length of the hold, and within this run', () => {
    expect(capacity.definition).toBe(
      "The highest offered rate at which, within this run, at most ε = 1 % of the requests fail beyond the 0.2 % that fail at the baseline's load " +
        'and the backlog does not grow, told apart at a scale of ω = 3 %; 388/s was held for 9 s.',
    )
  })

  test('says that a longer hold may fail earlier where the target collapses', () => {
    const { definition } = search(500, d1, { flags: ['collapse'] }).capacity
    expect(definition).toContain('485/s was held for 9 s, and a longer hold may fail earlier.')
  })

  test('comes with the path: steps with their times, and the bounds in the words of RFC 9971', () => {
    expect(found!.steps).toHaveLength(11)
    // 8 + 3·4 + 8 + 4 + 6 = 38 s lie before the second plateau, which takes 12 s at 1.15 × 400/s.
    expect(found!.steps[8]).toMatchObject({
      stage: 8,
      phase: 'plateau',
      fromSeconds: 38,
      toSeconds: 50,
      seconds: 11,
    })
    expect(found!.steps[8]!.rateRps).toBeCloseTo(460, 6)
    expect(found!.relevantLowerBound!.rps).toBe(388)
    expect(found!.relevantUpperBound!.rps).toBeCloseTo(460, 6)
  })

  test('is sized by its lower end: 0.7 × 392/s', () => {
    expect(search(400, full).sizing.safeRps).toBeCloseTo(0.7 * 392, 6)
  })
})

describe('what limits', () => {
  test('is throughput where requests only wait', () => {
    expect(search(500, d1).capacity.limitedBy).toBe('throughput')
  })

  test('is latency where C_slo lies clearly below the knee, and not where the intervals touch', () => {
    const slo = (rps: number): Partial<SearchConclusion> => ({
      slo: { ...estimate(rps, rps - 8, rps + 8, 'measured'), promise: 'p99 < 100ms' },
    })
    expect(search(400, full, slo(354)).capacity.limitedBy).toBe('latency')
    expect(search(400, full, slo(354)).capacity.slo).toMatchObject({ rps: 354, promise: 'p99 < 100ms' })
    expect(search(400, full, slo(390)).capacity.limitedBy).toBe('errors')
  })

  test('is the generator where it gave out, and nothing where the cap was reached', () => {
    const knee = estimate(388, 388, null, 'at-least')
    const limited = (flag: 'generator-limited' | 'reached-the-cap'): Findings['capacity'] =>
      search(400, queue(fixed(0.001)), { knee, flags: [flag], mode: null, saturation: null }).capacity
    expect(limited('generator-limited')).toMatchObject({
      limitedBy: 'generator',
      knee: { bound: 'at-least', rps: 388 },
    })
    expect(limited('reached-the-cap')).toMatchObject({ limitedBy: null, saturation: null })
  })
})

test('a run that cannot be believed shows no knee, whatever the search concluded', () => {
  const result = scriptedSearch(pathAround(400), concluded(400), full)
  const windows = result.windows.map((window, i) =>
    i % 3 === 0 ? { ...window, generator: { ...window.generator, utilisation: 1 } } : window,
  )
  const { trust, capacity, recovery, search: path } = analyse({ ...result, windows })
  expect(trust.ok).toBe(false)
  expect(capacity).toMatchObject({ knee: { rps: null, bound: 'none' }, limitedBy: null, slo: null })
  expect(recovery).toBeNull()
  expect(path!.steps).toHaveLength(11)
})

describe('the first 504', () => {
  test('at 1.1 × 500/s, behind a timeout of 1 s, is for the arrival after (1 − 0.002)/0.1 = 10 s', () => {
    const forecast = search(500, withGatewayTimeout(d1, 1)).capacity.timeoutForecast!
    expect(forecast.rps).toBeCloseTo(550, 9)
    expect(forecast.seconds).toBeCloseTo(9.98, 1)
    expect(forecast).toMatchObject({ assumed: false })
    expect(forecast.timeoutSeconds).toBeCloseTo(1, 2)
  })

  test('is told for the usual 60 s where no timeout was seen: (60 − 0.002)/0.1 = 600 s', () => {
    const forecast = search(500, d1).capacity.timeoutForecast!
    expect(forecast.assumed).toBe(true)
    expect(forecast.seconds).toBeCloseTo(600, 0)
  })

  test('is not told where the queue is bounded, or nothing was overloaded', () => {
    expect(search(400, full).capacity.timeoutForecast).toBeNull()
    expect(search(300, d1).capacity.timeoutForecast).toBeNull()
  })
})

describe('recovery', () => {
  const recovered = {
    recovered: true,
    seconds: 1,
    rate: 390,
    ratio: 0.975,
    metastable: false,
    latched: false,
    because: 'back in the band',
  }

  test('has R and its share of the knee', () => {
    expect(search(400, full, { recovery: recovered }).recovery).toEqual({
      recovered: true,
      seconds: 1,
      metastable: false,
      latched: false,
      because: 'back in the band',
      rateRps: 390,
      ratio: 0.975,
      vulnerable: null,
    })
  })

  test('below 0.95 of the knee leaves a vulnerable region, all of it where it is latched', () => {
    const low = { ...recovered, rate: 160, ratio: 0.4 }
    expect(search(400, full, { recovery: low }).recovery!.vulnerable).toEqual({ fromRps: 160, toRps: 400 })
    const latched = { ...recovered, recovered: false, seconds: null, rate: null, ratio: null, latched: true }
    expect(search(400, full, { recovery: latched }).recovery).toMatchObject({
      latched: true,
      vulnerable: { fromRps: 0, toRps: 400 },
    })
  })

  test('is null where the search did not look', () => {
    expect(search(400, full).recovery).toBeNull()
  })
})
