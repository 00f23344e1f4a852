import { assert, constantFrom, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resume } from '../../../src/search/search.ts'
import type { SearchState } from '../../../src/search/search.ts'
import { perSecond, seconds } from '../../../src/units/quantity.ts'
import { queueOf, searchThrough } from './fluid-target.ts'
import type { Run, Target } from './fluid-target.ts'

const copied = (state: SearchState): SearchState => JSON.parse(JSON.stringify(state)) as SearchState

/** Refuses what it cannot serve at once, and a little before that. */
const refusing =
  (capacity: number): Target =>
  ({ offered, rate }) => {
    const good = Math.min(capacity, offered * (1 - Math.min(0.5, 0.01 * (rate / capacity) ** 6)))
    return { good, bad: offered - good }
  }

const capacities = double({ min: 15, max: 5000, noNaN: true })
const kinds = constantFrom(queueOf, refusing)

test('a state that goes through JSON at every second leads to the same search', () => {
  assert(
    property(capacities, kinds, (capacity, kind) => {
      const plain = searchThrough(kind(capacity))
      const through = searchThrough(kind(capacity), { between: copied })
      expect(through.offers).toEqual(plain.offers)
      expect(through.conclusion).toEqual(plain.conclusion)
    }),
    { numRuns: 10 },
  )
})

test('no more than `to` is ever offered, and no longer than the budget', () => {
  const goals = record({ to: integer({ min: 20, max: 3000 }), budget: integer({ min: 3, max: 400 }) })
  assert(
    property(capacities, kinds, goals, (capacity, kind, { to, budget }) => {
      const { offers } = searchThrough(kind(capacity), {
        goal: { to: perSecond(to), budget: seconds(budget) },
      })
      expect(Math.max(...offers.map(({ rate }) => rate))).toBeLessThanOrEqual(to)
      expect(offers.length).toBeLessThanOrEqual(budget)
    }),
    { numRuns: 30 },
  )
})

test('a gentle search never goes more than 1.15 times over what passed before', () => {
  assert(
    property(capacities, kinds, (capacity, kind) => {
      const { steps, conclusion } = searchThrough(kind(capacity), {
        goal: { gentle: true, budget: seconds(2000) },
      })
      let passed = 20
      for (const { phase, rate, outcome } of steps) {
        expect(rate).toBeLessThanOrEqual(1.15 * passed + 1e-9)
        expect(['baseline', 'hold', 'drain']).toContain(phase)
        if (outcome === 'passed' || outcome === 'forced-pass') passed = Math.max(passed, rate)
      }
      expect(conclusion.saturation).toBeNull()
      expect(conclusion.recovery).toBeNull()
    }),
    { numRuns: 10 },
  )
})

test('a gentle search finds the knee of an endless queue to within its interval', () => {
  const { knee } = searchThrough(queueOf(300), { goal: { gentle: true } }).conclusion
  expect(knee.low!).toBeLessThanOrEqual(300)
  expect(knee.high!).toBeGreaterThanOrEqual(300)
  expect(knee.high! / knee.low!).toBeLessThan(1.11)
})

describe('a generator that cannot make more than 200/s', () => {
  const limited: Target = second => ({ ...queueOf(1000)(second), valid: second.rate <= 200 })
  const { conclusion, steps } = searchThrough(limited)

  test('leads to "at least" the highest rate that it made, 151/s', () => {
    expect(conclusion.knee).toMatchObject({ rps: 151, low: 151, high: null, bound: 'at-least' })
    expect(conclusion.flags).toEqual(['generator-limited'])
  })

  test('is given two more chances at 226/s, and then holds 151/s', () => {
    const tried = steps.filter(({ rate }) => rate === 226).map(({ outcome }) => outcome)
    expect(tried).toEqual(['void', 'void', 'void'])
    expect(steps.at(-1)).toMatchObject({ phase: 'hold', rate: 151, outcome: 'passed' })
    expect(steps.at(-1)!.because).toContain('this generator cannot offer more')
  })
})

test('what the ramp saw for a second is no lower bound: 339/s at 314/s is held, falls, and the knee is found below', () => {
  const { conclusion, steps } = searchThrough(second => ({
    ...queueOf(314)(second),
    valid: second.rate <= 400,
  }))
  expect(steps.find(({ rate }) => rate === 339)).toMatchObject({ phase: 'ramp', outcome: 'passed' })
  expect(steps.filter(({ outcome }) => outcome === 'void')).toHaveLength(3)
  expect(conclusion.flags).toEqual([])
  expect(conclusion.knee.bound).toBe('measured')
  expect(conclusion.knee.low!).toBeLessThanOrEqual(314)
  expect(conclusion.knee.high!).toBeGreaterThanOrEqual(314)
})

test('a generator that can hold nothing of what it offered for a moment promises what its longest step shows', () => {
  // 100 requests of a step are told apart to 1.96·√(2/100) = 28 %; those of 151/s for 2 s to 16 %.
  const { conclusion } = searchThrough(second => ({ ...queueOf(1000)(second), valid: second.at < 30 }))
  expect(conclusion).toMatchObject({ complete: true, flags: ['generator-limited'] })
  const { rps, bound, because } = conclusion.knee
  expect(bound).toBe('at-least')
  expect(rps!).toBeLessThan(1000)
  expect(because).toMatch(/\d\/s was carried for \d s, which shows that \d+\/s is/)
})

test('ten seconds in which something else runs on the machine do not end a search', () => {
  for (let from = 0; from < 90; from += 3) {
    const { conclusion } = searchThrough(second => ({
      ...queueOf(500)(second),
      valid: second.at < from || second.at >= from + 10,
    }))
    expect(conclusion.flags).toEqual([])
    expect(conclusion.knee.bound).toBe('measured')
    expect(Math.abs(conclusion.knee.rps! / 500 - 1)).toBeLessThan(0.01)
  }
})

test('a single void second says nothing about the target', () => {
  // A third of what was due is answered in the second after.
  const { conclusion } = searchThrough(second => {
    const { good } = queueOf(500)(second)
    return second.at === 62 ? { good: good / 1.5, valid: false } : { good }
  })
  expect(conclusion.knee.rps).toBe(500)
})

describe('a target that is down', () => {
  test('refusing everything, it is given up on within seconds', () => {
    const { conclusion, offers } = searchThrough(({ offered }) => ({ good: 0, bad: offered }))
    expect(offers.length).toBeLessThanOrEqual(5)
    expect(conclusion.knee).toMatchObject({ rps: null, bound: 'none' })
    expect(conclusion.complete).toBe(true)
  })

  test('answering nothing at all, at the end of the baseline', () => {
    const { conclusion, offers } = searchThrough(() => ({ good: 0 }))
    expect(offers.length).toBeLessThanOrEqual(12)
    expect(conclusion.knee.bound).toBe('none')
  })
})

test('a capacity below the first rate is found all the same', () => {
  expect(searchThrough(queueOf(15)).conclusion.knee.rps).toBeCloseTo(15, 0)
})

describe('what the budget does not decide stays open', () => {
  test('on the ramp: at least what was carried', () => {
    const { conclusion } = searchThrough(queueOf(500), { goal: { budget: seconds(20) } })
    expect(conclusion.knee.bound).toBe('at-least')
    expect(conclusion).toMatchObject({ complete: false, flags: ['budget-spent'], reachedOmega: null })
  })

  test('after one plateau: a wider interval', () => {
    const { conclusion } = searchThrough(queueOf(500), { goal: { budget: seconds(40) } })
    expect(conclusion.complete).toBe(false)
    expect(conclusion.knee.high! / conclusion.knee.low!).toBeGreaterThan(1.1)
    expect(conclusion.reachedOmega!).toBeGreaterThan(0.05)
  })

  test('with time for less precision than asked for, less is confirmed', () => {
    const { conclusion } = searchThrough(queueOf(60), { goal: { budget: seconds(110) } })
    expect(conclusion.reachedOmega!).toBeGreaterThan(0.03)
    expect(conclusion.knee.low!).toBeLessThanOrEqual(60)
    expect(conclusion.knee.high!).toBeGreaterThanOrEqual(60)
  })
})

describe('after the overload', () => {
  /** Falls to 100/s for good once 300 wait, until it is idle. */
  const metastable = (): Target => {
    let down = false
    return second => {
      if (second.backlog > 300) down = true
      if (second.backlog === 0) down = false
      return queueOf(down ? 100 : 500)(second)
    }
  }

  test('a target that stays down until the load is below 100/s has a vulnerable region above that', () => {
    const { recovery } = searchThrough(metastable()).conclusion
    expect(recovery).toMatchObject({ recovered: true, metastable: true, latched: false })
    expect(recovery?.rate).toBeLessThan(100)
    expect(recovery?.ratio).toBeLessThan(0.25)
  })

  test('a target that never comes back is latched', () => {
    let latched = false
    const { recovery } = searchThrough(second => {
      if (second.backlog > 300) latched = true
      return latched ? { good: 0 } : queueOf(500)(second)
    }).conclusion
    expect(recovery).toMatchObject({ recovered: false, rate: null, latched: true })
  })
})

describe('going on after an interruption', () => {
  /** Interrupted after so many seconds: whatever is in flight is gone. */
  const interrupted = (at: number): Run =>
    searchThrough(queueOf(500), {
      between: (state, second) => (second === at ? resume(copied(state)) : state),
    })

  test('does the step that was cut again, and finds the same knee', () => {
    for (const at of [4, 14, 22, 33, 41, 52, 60]) {
      const { steps, conclusion } = interrupted(at)
      const cut = steps.findIndex(({ outcome }) => outcome === 'cut')
      expect(steps[cut + 1]).toMatchObject({ phase: steps[cut]!.phase, rate: steps[cut]!.rate })
      expect(conclusion.knee.rps! / 500, `cut at ${at} s`).toBeCloseTo(1, 2)
    }
  })

  test('a search that was done stays done', () => {
    const { state } = searchThrough(queueOf(500))
    expect(resume(state)).toEqual(state)
  })
})
