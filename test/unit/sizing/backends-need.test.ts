import { assert, constantFrom, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RateEstimate } from '../../../src/analysis/findings.ts'
import { size } from '../../../src/analysis/sizing.ts'
import { backendsNeed, plannedLoad, survivors, withSpares } from '../../../src/sizing/backends-need.ts'
import { chooseLaw } from '../../../src/sizing/choose-law.ts'
import type { BackendsNeed } from '../../../src/sizing/sizing-answer.ts'
import type { MeasuredSystem } from '../../../src/sizing/measured-system.ts'
import type { SizingQuestion } from '../../../src/sizing/sizing-question.ts'
import { lowerEnd408, measuredSystem, question } from '../../support/measured-system.ts'

function needOf(
  load: number,
  asked: Partial<SizingQuestion> = {},
  systems: readonly MeasuredSystem[] = [lowerEnd408],
): BackendsNeed {
  const whole = question(load, asked)
  return backendsNeed(chooseLaw(systems), { question: whole, utilisation: whole.headroom, load })
}
const counts = (need: BackendsNeed): readonly number[] | string =>
  need.reachable ? [need.enough.value, need.backends.value] : need.because

/** Six levels that lie on the law with C₁ = 408, α = 0.01, β = 0.0001, so that it is found exactly. */
const onTheLaw = (alpha: number, beta: number): readonly MeasuredSystem[] =>
  [1, 2, 4, 8, 16, 32].map(n =>
    measuredSystem((408 * n) / (1 + alpha * (n - 1) + beta * n * (n - 1)), n, { width: 1e-6 }),
  )

describe('backends', () => {
  test('for 2340/s at 408/s each and u = 0.7: 2340 / 285.6 = 8.19, so 9, and one more to lose', () => {
    const need = needOf(2340)
    expect(counts(need)).toEqual([9, 10])
    expect(need.reachable && need.enough.from).toBe(
      'n₀ = ⌈λₒ / (u × C₁)⌉ = ⌈2 340/s / (0.7 × 408/s)⌉ = ⌈8.19⌉ = 9',
    )
    expect(need.reachable && need.backends.from).toBe('n = n₀ + k = 9 + 1 = 10')
  })

  test('exactly full is enough: 571.2 = 2 × 0.7 × 408', () => {
    expect(counts(needOf(571.2, { survive: 0 }))).toEqual([2, 2])
  })

  test('over three zones, one of which may be lost: 9 × 3/2 = 13.5, so 14', () => {
    expect(counts(needOf(2340, { zones: 3 }))).toEqual([9, 14])
    expect(survivors(14, question(1, { zones: 3 }))).toBe(9)
    expect(survivors(13, question(1, { zones: 3 }))).toBe(8)
  })

  test('a retry budget of half of the requests asks for 0.95 × X ≥ 2340 × 1.5 at u = 0.9: 3510 / 387.6 = 9.06, so 10', () => {
    expect(counts(needOf(2340, { headroom: 0.9, survive: 0 }))).toEqual([7, 7])
    const need = needOf(2340, { headroom: 0.9, survive: 0, retryBudget: 0.5 })
    expect(counts(need)).toEqual([10, 10])
    expect(need.reachable && need.enough.from).toContain('2 340/s × 1.5 = 3 510/s ≤ 0.95 × 4 080/s')
  })

  test('that take a little from one another: 0.7 × X(9) = 2364 is still enough for 2340, so 9 + 1', () => {
    // X(9) = 408·9/(1 + 0.01·8 + 0.0001·72) = 3672/1.0872 = 3377.
    const need = needOf(2340, {}, onTheLaw(0.01, 0.0001))
    expect(counts(need)).toEqual([9, 10])
    expect(need.reachable && need.enough.from).toContain('0.7 × X(9) = 2 364/s ≥ 2 340/s')
  })

  test('that carry most at n* = √(0.99/0.0001) = 99.5 never carry 14 000/s: 0.7 × X(99) = 9584', () => {
    // X(99) = 408·99/(1 + 0.98 + 0.9702) = 13 691; of that 0.7 is 9584.
    expect(counts(needOf(14_000, {}, onTheLaw(0.01, 0.0001)))).toBe(
      '14 000/s cannot be reached by adding backends: beyond n* = 99.5 they carry less, and 0.7 × X(99) = 9 584/s',
    )
  })

  test('that queue for one thing together never carry more than C₁/α = 408/0.05 = 8160', () => {
    const two = [
      measuredSystem(408, 1, { width: 1e-6 }),
      measuredSystem((408 * 2) / 1.05, 2, { width: 1e-6 }),
    ]
    expect(counts(needOf(6000, {}, two))).toMatch(/cannot be reached .* they approach C₁\/α = 8 160\/s/)
    // 0.7·408·n/(1 + 0.05(n − 1)) ≥ 4000: n ≥ 0.95·4000/(285.6 − 200) = 44.4.
    expect(counts(needOf(4000, {}, two))).toEqual([45, 46])
  })
})

describe('whatever is asked', () => {
  const asked = record({
    load: double({ min: 1, max: 1e6, noNaN: true }),
    headroom: double({ min: 0.05, max: 1, noNaN: true }),
    survive: integer({ min: 0, max: 20 }),
    zones: integer({ min: 1, max: 6 }),
    alpha: constantFrom(0, 0.001),
  })
  const systems = (alpha: number): readonly MeasuredSystem[] =>
    alpha === 0
      ? [lowerEnd408]
      : [measuredSystem(408, 1, { width: 1e-6 }), measuredSystem((408 * 2) / (1 + alpha), 2, { width: 1e-6 })]
  /** Infinity where no number does. */
  const backendsOf = ({
    load,
    alpha,
    ...rest
  }: { load: number; alpha: number } & Partial<SizingQuestion>): number => {
    const need = needOf(load, rest, systems(alpha))
    return need.reachable ? need.backends.value : Infinity
  }

  test('a higher peak, less of the capacity used, more failures or zones to survive never take fewer', () => {
    assert(
      property(asked, one => {
        const n = backendsOf(one)
        expect(backendsOf({ ...one, load: one.load * 1.1 })).toBeGreaterThanOrEqual(n)
        expect(backendsOf({ ...one, headroom: one.headroom * 0.9 })).toBeGreaterThanOrEqual(n)
        expect(backendsOf({ ...one, survive: one.survive + 1 })).toBeGreaterThanOrEqual(n)
        expect(backendsOf({ ...one, retryBudget: 0.4 })).toBeGreaterThanOrEqual(n)
      }),
    )
  })

  test('what is left after the loss carries the load within the headroom, and one backend fewer does not', () => {
    assert(
      property(asked, ({ load, alpha, ...rest }) => {
        const need = needOf(load, rest, systems(alpha))
        if (!need.reachable) return
        const law = chooseLaw(systems(alpha))
        const whole = question(load, rest)
        const demand = { question: whole, utilisation: whole.headroom }
        const carried = (n: number): number => plannedLoad(law.at(n).low, demand)
        expect(carried(survivors(need.backends.value, whole))).toBeGreaterThanOrEqual(load * (1 - 1e-8))
        expect(carried(survivors(need.backends.value - 1, whole))).toBeLessThan(load)
      }),
    )
  })

  test('it agrees with the sizing in every report, where that has the same to go by: no failures, one report', () => {
    assert(
      property(asked, integer({ min: 1, max: 30 }), ({ load, headroom }, backends) => {
        const capacity = { rps: 420, low: 408, high: 432 }
        const knee: RateEstimate = { ...capacity, confidence: 0.95, bound: 'measured' }
        const simple = size(
          { knee: { ...knee, because: '', method: '' } },
          { peak: load, backends, headroom },
        )
        const need = needOf(load, { headroom, survive: 0 }, [measuredSystem(420, backends, { capacity })])
        expect(need.reachable && need.backends.value).toBe(simple.backends!.pessimistic)
      }),
    )
  })
})

test('spare backends: n₀ + k, or n₀·Z/(Z − 1), whichever is more', () => {
  expect(withSpares(9, question(1, { survive: 0 }))).toBe(9)
  expect(withSpares(1, question(1, { survive: 2, zones: 2 }))).toBe(3)
  expect(withSpares(8, question(1, { survive: 1, zones: 3 }))).toBe(12)
})
