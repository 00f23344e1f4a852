import { describe, expect, test } from 'vitest'
import type { Comparison, MetricComparison } from '../../../src/compare/comparison.ts'
import { compareRuns } from '../../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../../src/compare/margins.ts'
import type { RunFigures } from '../../../src/compare/run-figures.ts'
import { pretendedRun } from '../../support/compare-fixture.ts'
import type { RunWish } from '../../support/compare-fixture.ts'
import { stage } from '../../support/fixture-result.ts'

const OPTIONS = { asPaired: false, margins: DEFAULT_MARGINS, perSide: 0.025, force: false }

function compared(base: readonly RunFigures[], candidate: readonly RunFigures[]): Comparison {
  const answer = compareRuns(base, candidate, OPTIONS)
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'))
  return answer.value
}

const metric = ({ metrics }: Comparison, id: string): MetricComparison => metrics.find(one => one.id === id)!

/** ABBA ABBA: hours 0, 3, 4, 7 and 1, 2, 5, 6; capacities that scatter by half a per cent. */
const pairs = (
  base: Partial<RunWish>,
  candidate: Partial<RunWish>,
): readonly [RunFigures[], RunFigures[]] => {
  const scatter = [0, 0.005, -0.005, 0.002]
  const side = (label: string, hours: readonly number[], wish: Partial<RunWish>): RunFigures[] =>
    hours.map((hour, i) =>
      pretendedRun({
        label: `${label}${i}`,
        hour,
        ...wish,
        capacity: (wish.capacity ?? 800) * (1 + scatter[i]!),
      }),
    )
  return [side('base', [0, 3, 4, 7], base), side('new', [1, 2, 5, 6], candidate)]
}

describe('response times at the same rates', () => {
  const comparison = compared(...pairs({}, { capacity: 720 }))

  test('are taken where both sides held 30 % and 60 % of the base’s knee of 800/s', () => {
    expect(comparison.rates).toEqual([
      { slot: '30%', rateRps: 240, shareOfKnee: expect.closeTo(0.3, 2) },
      { slot: '60%', rateRps: 480, shareOfKnee: expect.closeTo(0.6, 2) },
    ])
  })

  test('grow as those of M/M/1: from 1000/(800 − 480) to 1000/(720 − 480) ms is a third', () => {
    const { change, verdict, baseValue } = metric(comparison, 'p50@60%')
    expect(Math.exp(change!)).toBeCloseTo(320 / 240, 1)
    // The median of an exponential law is ln 2 of its mean.
    expect(baseValue).toBeCloseTo((Math.LN2 * 1000) / 320, 1)
    expect(verdict).toBe('regressed')
    // At 240/s from 1000/560 to 1000/480.
    expect(Math.exp(metric(comparison, 'p50@30%').change!)).toBeCloseTo(560 / 480, 1)
  })

  test('of one slow request show in its own row and in no other', () => {
    const slow = compared(...pairs({}, { slow: { request: 'checkout', times: 3 } }))
    const rows = slow.metrics.filter(({ route, verdict }) => route !== null && verdict === 'regressed')
    expect([...new Set(rows.map(({ route }) => route))]).toEqual(['checkout'])
    expect(Math.exp(metric(slow, 'checkout p50@60%').change!)).toBeCloseTo(3, 1)
    expect(slow.verdict).toBe('regressed')
    expect(metric(slow, 'knee').verdict).toBe('equivalent')
  })

  test('a percentile with fewer than five requests beyond it is left out', () => {
    // Checkout is a twelfth of 240/s × 6 s = 120 requests: p95 has 6 beyond it, p99 1.2.
    expect(metric(comparison, 'checkout p95@30%')).toBeDefined()
    expect(metric(comparison, 'checkout p99@30%')).toBeUndefined()
  })

  test('are left out, with the reason, where no such rate was held', () => {
    const stages = [stage('ramp', 10, 1500, 30)]
    const ramps = pairs({ plan: { stages } }, { plan: { stages } })
    const plain = ramps.map(side => side.map(run => ({ ...run, steady: [] }))) as unknown as typeof ramps
    const { rates, missing } = compared(...plain)
    expect(rates).toEqual([])
    expect(missing.find(({ id }) => id === 'load@30%')?.because).toMatch(
      /^no rate from 160\/s to 320\/s was held constant, within 5 %, on both sides/,
    )
  })
})

describe('errors at the same rates', () => {
  test('of none on either side are equivalent, known no better than so many requests allow', () => {
    const { low, high, verdict } = metric(compared(...pairs({}, {})), 'errors@60%')
    expect(verdict).toBe('equivalent')
    // 4 × 6 s × 480/s = 11 520 requests a side; √(2/11 522²) × t(.975, 3) = 3.18.
    expect(high).toBeCloseTo((3.182446305284263 * Math.SQRT2) / 11_522, 6)
    expect(low).toBeCloseTo(-high!, 12)
  })

  test('of 2 % more are regressed: + is worse, in points', () => {
    const comparison = compared(...pairs({}, { errors: 0.02 }))
    expect(metric(comparison, 'errors@60%')).toMatchObject({
      verdict: 'regressed',
      scale: 'absolute',
      // Of 480 requests a second, 320 + 120 + 40: 6 + 2 + 1 fail.
      change: expect.closeTo(9 / 480, 12),
    })
    expect(comparison.verdict).toBe('regressed')
  })
})

describe('runs that never reach the knee', () => {
  const stages = [stage('warm-up', 50, 50, 2, true), stage('low', 200, 200, 6), stage('high', 400, 400, 6)]

  test('are judged by p95 at the highest rate that all of them held', () => {
    const comparison = compared(...pairs({ plan: { stages } }, { plan: { stages } }))
    expect(comparison.base.kneeRps).toBeNull()
    expect(comparison).toMatchObject({ primary: 'p95@highest', verdict: 'equivalent' })
    expect(comparison.rates.map(({ slot, rateRps }) => [slot, rateRps])).toEqual([
      ['lowest', 200],
      ['highest', 400],
    ])
  })

  test('show a slower deploy', () => {
    const comparison = compared(...pairs({ plan: { stages } }, { plan: { stages }, capacity: 650 }))
    // p95 at 400/s: 1000/400 to 1000/250 ms, 60 % more.
    expect(comparison.verdict).toBe('regressed')
    expect(Math.exp(metric(comparison, 'p95@highest').change!)).toBeCloseTo(1.6, 1)
  })
})

test('what came after an overload is not taken for the rate’s own response times', () => {
  const stages = [stage('ramp', 100, 1500, 30), stage('after', 480, 480, 6)]
  const run = pretendedRun({ label: 'a', plan: { stages } })
  expect(run.findings.capacity.knee.bound).toBe('measured')
  expect(run.steady).toEqual([])
})

describe('several metrics', () => {
  const hours = [
    [0, 3, 4],
    [1, 2, 5],
  ] as const
  const side = (label: string, own: readonly number[], capacities: readonly number[]): RunFigures[] =>
    capacities.map((capacity, i) => pretendedRun({ label: `${label}${i}`, capacity, hour: own[i]! }))
  const comparison = compared(side('base', hours[0], [800, 812, 790]), side('new', hours[1], [720, 715, 708]))

  test('are adjusted for each other: the least p counts as many times as its family has metrics', () => {
    for (const group of ['route', 'load'] as const) {
      const own = comparison.metrics.filter(one => one.group === group)
      const family = comparison.metrics.filter(
        one => !one.primary && (one.group === 'route') === (group === 'route'),
      )
      const least = Math.min(...family.map(({ claims }) => claims!.regressed))
      const adjusted = Math.min(...family.map(one => one.adjusted!.regressed))
      expect(own.length).toBeGreaterThan(1)
      expect(adjusted).toBeCloseTo(least * family.length, 12)
    }
  })

  test('do not regress where the adjustment says that chance does as well, and it is said so', () => {
    const held = comparison.metrics.filter(
      ({ claims, adjusted }) => claims!.regressed <= 0.025 && adjusted!.regressed > 0.025,
    )
    expect(held.length).toBeGreaterThan(0)
    for (const { verdict, leaning, because } of held) {
      expect({ verdict, leaning }).toEqual({ verdict: 'inconclusive', leaning: 'worse' })
      expect(because).toMatch(/alone it would be regressed, but one of \d+ metrics gets that far by chance/)
    }
  })

  test('the primary one stands for itself', () => {
    const knee = metric(comparison, 'knee')
    expect(knee.primary).toBe(true)
    expect(knee.adjusted).toEqual(knee.claims)
  })
})

describe('the interval of a percentile within one run', () => {
  const held = (seconds: number): MetricComparison => {
    const stages = [stage('held', 480, 480, seconds), stage('ramp', 480, 1500, 30)]
    const run = (label: string, hour: number): RunFigures => pretendedRun({ label, hour, plan: { stages } })
    return metric(compared([run('a', 0)], [run('b', 1)]), 'p50@60%')
  }

  test('has no width where all seconds are alike: every resample is the same', () => {
    const [reading] = held(20).base
    expect(reading!.value).toBeCloseTo((Math.LN2 * 1000) / 320, 1)
    expect([reading!.low, reading!.high]).toEqual([reading!.value, reading!.value])
  })

  test('is not given for less than twelve blocks of 5 s, 16 s in all', () => {
    expect(held(15).base[0]).toMatchObject({ bound: 'measured', low: null, high: null })
  })
})
