import { array, assert, constantFrom, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../../src/analysis/findings.ts'
import type { Comparison, MetricComparison } from '../../../src/compare/comparison.ts'
import { compareRuns } from '../../../src/compare/compare-runs.ts'
import type { CompareOptions } from '../../../src/compare/compare-runs.ts'
import { DEFAULT_MARGINS } from '../../../src/compare/margins.ts'
import type { RunFigures } from '../../../src/compare/run-figures.ts'
import { createRandom } from '../../../src/units/random.ts'
import { noisyPairs, runWithKnee } from '../../support/compare-fixture.ts'

const OPTIONS: CompareOptions = { asPaired: false, margins: DEFAULT_MARGINS, perSide: 0.025, force: false }

function compared(
  base: readonly RunFigures[],
  candidate: readonly RunFigures[],
  options: Partial<CompareOptions> = {},
): Comparison {
  const answer = compareRuns(base, candidate, { ...OPTIONS, ...options })
  if (!answer.ok) throw new Error(answer.problems.map(({ message }) => message).join('\n'))
  return answer.value
}

const kneeOf = ({ metrics }: Comparison): MetricComparison => metrics.find(({ id }) => id === 'knee')!

/** Runs in the hours given: those of one side even, of the other odd, as they come. */
const runs = (label: string, knees: readonly number[], firstHour = 0): readonly RunFigures[] =>
  knees.map((rps, i) => runWithKnee({ label: `${label}${i}`, hour: firstHour + i }, { rps }))

/** Verdicts of `count` comparisons of `pairs` pairs. */
function verdicts(count: number, pairs: number, change: number, seed: number): Record<string, number> {
  const random = createRandom(seed)
  const counted: Record<string, number> = { regressed: 0, improved: 0, equivalent: 0, inconclusive: 0 }
  for (let i = 0; i < count; i += 1) {
    const { base, candidate } = noisyPairs(pairs, { sd: 0.028, change, random })
    counted[compared(base, candidate).verdict]! += 1
  }
  return counted
}

describe('comparisons of pairs that scatter by 2.8 %, margin 5 %', () => {
  test('of like with like: at most 10 of 400 regressed or improved, two thirds equivalent at 5 pairs', () => {
    const { regressed, improved, equivalent } = verdicts(400, 5, 0, 11)
    // 17 of 400 is the 97.5 % point of Binomial(400, 0.025); the margin makes it next to none.
    expect(regressed).toBeLessThanOrEqual(10)
    expect(improved).toBeLessThanOrEqual(10)
    // 69 % of 400 is 276, give or take 2·9.
    expect(Math.abs(equivalent! - 276)).toBeLessThan(30)
  })

  test('of a change as large as the margin: regressed, or equivalent, in 2.5 % each', () => {
    const { regressed, equivalent } = verdicts(800, 5, Math.log(1.05), 12)
    // Binomial(800, 0.025): 20 ± 2·4.4.
    expect(regressed).toBeLessThanOrEqual(31)
    expect(regressed).toBeGreaterThan(5)
    expect(equivalent).toBeLessThanOrEqual(31)
  })

  test('of 12 % worse: regressed in at least 171 of 200', () => {
    expect(verdicts(200, 5, Math.log(1.12), 13)['regressed']).toBeGreaterThanOrEqual(171)
  })

  test('of 12 % better: improved in at least 171 of 200', () => {
    expect(verdicts(200, 5, -Math.log(1.12), 14)['improved']).toBeGreaterThanOrEqual(171)
  })
})

describe('a paired comparison', () => {
  // ln(100/90), ln(100/91), ln(100/89): d̄ ± 4.3027·s/√3.
  const base = [0, 3, 4].map(hour => runWithKnee({ label: `base${hour}`, hour }, { rps: 100 }))
  const candidate = [
    [1, 90],
    [2, 91],
    [5, 89],
  ].map(([hour, rps]) => runWithKnee({ label: `new${hour}`, hour: hour! }, { rps: rps! }))

  test('takes the logarithm of each pair, + for worse, and the t of two degrees', () => {
    const { change, low, high, pairChanges, method } = kneeOf(compared(base, candidate))
    const d = [90, 91, 89].map(rps => Math.log(100 / rps))
    const mean = (d[0]! + d[1]! + d[2]!) / 3
    const s = Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2)
    const half = (4.302652729911275 * s) / Math.sqrt(3)
    expect(method).toBe('paired-t')
    expect(pairChanges).toEqual(d.map(x => expect.closeTo(x, 12)))
    expect(change).toBeCloseTo(mean, 12)
    expect(low).toBeCloseTo(mean - half, 9)
    expect(high).toBeCloseTo(mean + half, 9)
  })

  test('says by how much, how sure, and against which margin', () => {
    const { verdict, because } = compared(base, candidate)
    expect(verdict).toBe('regressed')
    expect(because).toMatch(
      /^the knee is 10 % lower \(7\.\d % to 12 % lower, 95 % confidence\), more than the margin of 5 %$/,
    )
  })

  test('is equivalent where the margin is 20 %, and open where it is 10 %', () => {
    const at = (knee: number): MetricComparison =>
      kneeOf(compared(base, candidate, { margins: { ...DEFAULT_MARGINS, knee } }))
    expect(at(0.2).verdict).toBe('equivalent')
    expect(at(0.1)).toMatchObject({ verdict: 'inconclusive', leaning: 'worse' })
    expect(at(0.1).because).toMatch(/it needs about \d+ more pairs$/)
  })

  test('needs as many more pairs as bring the half-width below what is left to the margin', () => {
    // d̄ = 0 exactly, s = 0.1·√(2/1)… of −0.1 and 0.1: 0.1414; half ≤ ln 1.05 = 0.0488.
    const scattered = [
      [0, 100],
      [3, 100 * Math.exp(0.1)],
    ].map(([hour, rps]) => runWithKnee({ label: `b${hour}`, hour: hour! }, { rps: rps! }))
    const steady = [
      [1, 100 * Math.exp(0.1)],
      [2, 100],
    ].map(([hour, rps]) => runWithKnee({ label: `c${hour}`, hour: hour! }, { rps: rps! }))
    // t(.975, 34)·0.1414/√35 = 0.0486, t(.975, 33)·0.1414/√34 = 0.0493: 35 pairs, 33 more.
    expect(kneeOf(compared(scattered, steady))).toMatchObject({ verdict: 'inconclusive', pairsNeeded: 33 })
  })
})

describe('symmetry', () => {
  const knees = array(double({ min: 100, max: 200, noNaN: true }), { minLength: 2, maxLength: 7 })

  test('swapping the sides turns the sign of every change and worse into better', () => {
    const turned = { regressed: 'improved', improved: 'regressed' } as const
    assert(
      property(knees, knees, (a, b) => {
        const [there, back] = [
          compared(runs('a', a), runs('b', b, 20)),
          compared(runs('b', b, 20), runs('a', a)),
        ].map(kneeOf) as [MetricComparison, MetricComparison]
        expect(back.change).toBeCloseTo(-there.change!, 10)
        expect(back.low).toBeCloseTo(-there.high!, 8)
        expect(back.robust?.low).toBeCloseTo(-there.robust!.high, 10)
        const { verdict } = there
        expect(back.verdict).toBe(
          verdict === 'regressed' || verdict === 'improved' ? turned[verdict] : verdict,
        )
      }),
      { numRuns: 60 },
    )
  })

  test('the order in which runs are given does not matter, interleaved or not', () => {
    const side = record({
      values: knees,
      interleaved: constantFrom(true, false),
      swap: integer({ min: 0, max: 1000 }),
    })
    assert(
      property(side, ({ values, interleaved, swap }) => {
        const half = Math.floor(values.length / 2)
        const at = (i: number): number => (interleaved ? i : i % 2 === 0 ? i : i + 100)
        const all = values
          .slice(0, 2 * half)
          .map((rps, i) => runWithKnee({ label: `r${i}`, hour: at(i) }, { rps }))
        const [base, candidate] = [all.filter((_, i) => i % 2 === 0), all.filter((_, i) => i % 2 === 1)]
        const turn = <Item>(items: readonly Item[]): readonly Item[] => {
          const by = swap % Math.max(1, items.length)
          return [...items.slice(by), ...items.slice(0, by)].toReversed()
        }
        const [one, other] = [compared(base, candidate), compared(turn(base), candidate)]
        expect(other.verdict).toBe(one.verdict)
        expect(other.design.kind).toBe(one.design.kind)
        const [x, y] = [kneeOf(one), kneeOf(other)]
        expect(y.change ?? 0).toBeCloseTo(x.change ?? 0, 10)
        expect(y.low ?? 0).toBeCloseTo(x.low ?? 0, 8)
      }),
      { numRuns: 60 },
    )
  })
})

describe('one run on a side', () => {
  test('against one is open by construction, with the interval within the runs', () => {
    const base = runWithKnee({ label: 'a' }, { rps: 100, low: 98, high: 102 })
    const candidate = runWithKnee({ label: 'b', hour: 1 }, { rps: 50, low: 49, high: 51 })
    const comparison = compared([base], [candidate])
    expect(comparison).toMatchObject({ verdict: 'inconclusive', leaning: null, design: { kind: 'single' } })
    expect(comparison.because).toContain('run-to-run variance unknown')
    const { low, high, change } = kneeOf(comparison)
    expect(change).toBeCloseTo(Math.log(2), 12)
    // Towards better: the candidate's upper end and the base's lower one; towards worse the other two.
    expect(low).toBeCloseTo(Math.log(2) - Math.hypot(Math.log(51 / 50), Math.log(100 / 98)), 12)
    expect(high).toBeCloseTo(Math.log(2) + Math.hypot(Math.log(50 / 49), Math.log(102 / 100)), 12)
  })

  const history = [100, 101, 99, 100.5, 99.5, 100, 101.5, 98.5]

  test('against eight is judged by the interval of one further run: s·√(1 + 1/8)', () => {
    const one = runWithKnee({ label: 'new', hour: 50 }, { rps: 80 })
    const comparison = compared(runs('base', history), [one])
    const { change, high, method, verdict } = kneeOf(comparison)
    expect({ method, verdict }).toEqual({ method: 'predictive', verdict: 'regressed' })
    const logs = history.map(Math.log)
    const mean = logs.reduce((sum, x) => sum + x, 0) / 8
    const s = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 7)
    expect(change).toBeCloseTo(mean - Math.log(80), 12)
    // t(.975, 7) = 2.3646.
    expect(high! - change!).toBeCloseTo(2.364624251592784 * s * Math.sqrt(1 + 1 / 8), 9)
    const same = runWithKnee({ label: 'same', hour: 50 }, { rps: 100 })
    expect(compared(runs('base', history), [same]).verdict).toBe('equivalent')
  })

  test('against seven is not', () => {
    const one = runWithKnee({ label: 'new', hour: 50 }, { rps: 50 })
    const comparison = compared(runs('base', history.slice(1)), [one])
    expect(comparison.verdict).toBe('inconclusive')
    expect(comparison.because).toContain('by 8 runs of the other side, not by 7')
  })
})

describe('bounds', () => {
  const bounded = (label: string, bound: 'at-least' | 'at-most', rps: number, count: number): RunFigures[] =>
    Array.from({ length: count }, (_, i) =>
      runWithKnee(
        { label: `${label}${i}`, hour: (label === 'a' ? 0 : 50) + i },
        { bound, rps, low: null, high: null },
      ),
    )

  test.each([
    // 1/(8 over 4) = 1/70 = 1.4 %; 1/(6 over 3) = 5 %.
    [4, 'regressed'],
    [3, 'inconclusive'],
  ])('at least 500/s against at most 300/s, %i runs each: %s', (count, verdict) => {
    const comparison = compared(bounded('a', 'at-least', 500, count), bounded('b', 'at-most', 300, count))
    expect(comparison.verdict).toBe(verdict)
    expect(kneeOf(comparison)).toMatchObject({ method: 'bounds', change: null })
    expect(comparison.because).toContain(`base at least 500/s in ${count} runs, candidate at most 300/s`)
  })

  test.each([
    // The sign test: 2⁻⁶ = 1.6 %, 2⁻⁵ = 3.1 %.
    [6, 'regressed'],
    [5, 'inconclusive'],
  ])('in most of %i pairs, all of them beyond the margin: %s', (count, verdict) => {
    const pairs = Array.from({ length: count }, (_, i) => {
      const bound = i < 2 ? 'measured' : 'at-most'
      return [
        runWithKnee({ label: `a${i}`, hour: 2 * i }, { rps: 500 + i }),
        runWithKnee({ label: `b${i}`, hour: 2 * i + 1 }, { rps: 300 + 100 * i * (i < 2 ? 1 : 0), bound }),
      ] as const
    })
    const comparison = compared(
      pairs.map(([own]) => own),
      pairs.map(([, other]) => other),
    )
    expect(comparison.design.kind).toBe('paired')
    expect(kneeOf(comparison)).toMatchObject({ method: 'bounds', verdict })
  })

  test('that overlap decide nothing, whatever their number', () => {
    const comparison = compared(bounded('a', 'at-least', 300, 9), bounded('b', 'at-most', 500, 9))
    expect(comparison.verdict).toBe('inconclusive')
  })

  test('are never used as if they were measured, and are named', () => {
    const base = [...runs('a', [100, 101, 99]), ...bounded('a', 'at-least', 60, 1)]
    const relabelled = base.map((run, i) => ({ ...run, label: `a${i}` }))
    const distinct = relabelled.map((run, i) => ({
      ...run,
      result: { ...run.result, run: { ...run.result.run, id: `a${i}` } },
    }))
    const comparison = compared(distinct, runs('b', [100, 101, 99], 50))
    expect(kneeOf(comparison).baseValue).toBeCloseTo(Math.cbrt(100 * 101 * 99), 9)
    expect(comparison.verdict).toBe('equivalent')
    expect(comparison.leftOut).toContainEqual({
      side: 'base',
      run: 'a3',
      metrics: ['knee'],
      because: 'only at least 60/s is known',
    })
  })

  test('beyond all that was measured bar the verdict that they speak against', () => {
    const lucky = runWithKnee(
      { label: 'lucky', hour: 90 },
      { bound: 'at-least', rps: 200, low: 200, high: null },
    )
    const worse = runs('b', [80, 81, 79], 50)
    expect(compared(runs('a', [100, 101, 99]), worse).verdict).toBe('regressed')
    const comparison = compared(runs('a', [100, 101, 99]), [...worse, lucky])
    expect(comparison.verdict).toBe('inconclusive')
    expect(comparison.because).toContain('a run that was left out lies beyond all measured ones')
  })
})

describe('a wild run among nine', () => {
  test('does not hide a change that the ranks show', () => {
    const base = runs('a', [100, 101, 99, 100.2, 99.8, 100.4, 99.6, 100.1, 99.9])
    const candidate = runs('b', [80, 81, 79, 80.2, 79.8, 80.4, 79.6, 80.1, 300], 50)
    const { method, verdict, because } = kneeOf(compared(base, candidate))
    expect({ method, verdict }).toEqual({ method: 'rank-sum', verdict: 'regressed' })
    expect(because).toContain('by ranks')
  })
})

test('a run that cannot be trusted says nothing, and its reason is told', () => {
  const trust = { ok: false, reasons: ['the generator fell behind'], notes: [] }
  const bad = runWithKnee({ label: 'bad', hour: 60 }, { rps: 10 }, { trust })
  const comparison = compared(runs('a', [100, 101, 99]), [...runs('b', [100, 101, 99], 50), bad])
  expect(comparison.verdict).toBe('equivalent')
  expect(comparison.leftOut).toContainEqual({
    side: 'candidate',
    run: 'bad',
    metrics: [],
    because: 'the run cannot be trusted: the generator fell behind',
  })
})

test('where no run of a side can be trusted nothing is decided', () => {
  const trust = { ok: false, reasons: ['the generator fell behind'], notes: [] }
  const bad = [0, 1].map(i => runWithKnee({ label: `bad${i}`, hour: 60 + i }, { rps: 10 }, { trust }))
  expect(compared(runs('a', [100, 101]), bad)).toMatchObject({
    verdict: 'inconclusive',
    because: 'no run of the candidate can be trusted',
    primary: null,
  })
})

test('C_slo decides where a latency promise was searched for; the knee is one of the others then', () => {
  const slo = (rps: number): NonNullable<Capacity['slo']> => ({
    rps,
    low: null,
    high: null,
    confidence: 0.95,
    bound: 'measured',
    promise: 'p99 < 100ms',
    because: '',
  })
  const side = (label: string, hour: number, rates: readonly number[]): RunFigures[] =>
    rates.map((rate, i) =>
      runWithKnee({ label: `${label}${i}`, hour: hour + i }, { rps: 100 + i }, { slo: slo(rate) }),
    )
  const comparison = compared(side('a', 0, [90, 91, 89]), side('b', 50, [70, 71, 69]))
  expect(comparison).toMatchObject({ primary: 'slo', verdict: 'regressed' })
  expect(comparison.because).toMatch(/^the C_slo \(p99 < 100ms\) is 22 % lower/)
  expect(kneeOf(comparison)).toMatchObject({ primary: false, verdict: 'equivalent' })
})
