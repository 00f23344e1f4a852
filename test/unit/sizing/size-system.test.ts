import { assert, double, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MeasuredSystem } from '../../../src/sizing/measured-system.ts'
import type { OptionName, SizingAnswer, SizingOption } from '../../../src/sizing/sizing-answer.ts'
import { sizeSystem } from '../../../src/sizing/size-system.ts'
import type { SizingQuestion } from '../../../src/sizing/sizing-question.ts'
import { lowerEnd408, measuredSystem, question } from '../../support/measured-system.ts'

const WORKED: Partial<SizingQuestion> = { growth: 0.3, hitRatio: 0.85 }
const answerTo = (
  peak: Parameters<typeof question>[0],
  asked: Partial<SizingQuestion> = {},
  systems: readonly MeasuredSystem[] = [lowerEnd408],
): SizingAnswer => sizeSystem(question(peak, asked), systems)
const option = (answer: SizingAnswer, name: OptionName): SizingOption | undefined =>
  answer.sized!.options.find(one => one.name === name)
const recommended = ({ sized }: SizingAnswer): SizingOption => {
  const chosen = sized!.options.filter(one => one.recommended)
  expect(chosen).toHaveLength(1)
  return chosen[0]!
}

describe('12 000/s grown by 30 %, of which a cache answers 85 %, at 408/s to 432/s for a backend', () => {
  const answer = answerTo(12_000, WORKED)

  test('takes 9 + 1 = 10 backends by the lower end, 8 + 1 by the median and the upper end', () => {
    // 2340/(0.7·420) = 7.96, 2340/(0.7·432) = 7.74.
    expect(answer.verdict).toBe('holds')
    expect(answer.sized!.rows.map(({ reading, backends }) => [reading, backends])).toEqual([
      ['pessimistic', 10],
      ['medians', 9],
      ['optimistic', 9],
    ])
    expect(answer.because).toMatch(
      /^run 10 backends \(now 1\): a peak of 12 000\/s grown by 30 % holds with over 99.9 %/,
    )
  })

  test('uses 2340/4080 = 57.4 % of them, 2340/3672 = 63.7 % with one down', () => {
    const ten = recommended(answer)
    expect(ten).toMatchObject({ name: 'backends', backends: 10, holds: true, refused: 0 })
    expect(ten.utilisation).toBeCloseTo(0.57353, 5)
    expect(ten.utilisationAfterLoss).toBeCloseTo(0.63725, 5)
    // ρ/((1 − ρ)·408) = 1.3448/408.
    expect(ten.meanWait).toBeCloseTo(0.0032961, 6)
  })

  test('left alone, one backend refuses 1 − 408/2340 = 82.6 % at least, while its queue grows', () => {
    const nothing = option(answer, 'do-nothing')!
    expect(nothing).toMatchObject({ holds: false, meanWait: null, backends: 1 })
    expect(nothing.refused).toBeCloseTo(1 - 408 / 2340, 9)
  })

  test('with a limiter refuses as much, and serves the rest within the wait that is allowed', () => {
    expect(option(answer, 'limiter')).toMatchObject({ holds: false, meanWait: 1 })
  })

  test('with a CDN needs two backends, to lose one, and 1 − 285.6/15 600 = 98.2 % from the cache', () => {
    const cdn = option(answer, 'cdn')!
    expect(cdn).toMatchObject({ backends: 2, holds: true })
    expect(cdn.hitRatio).toBeCloseTo(1 - 285.6 / 15_600, 9)
  })

  test('with both needs 6 backends and 1 − 5·285.6/15 600 = 90.8 %', () => {
    const both = option(answer, 'both')!
    expect(both.backends).toBe(6)
    expect(both.hitRatio).toBeCloseTo(1 - 1428 / 15_600, 9)
  })

  test('one point of hit ratio is 156/s, 6.67 % of the load, 0.55 backends; a backend 1.8 points', () => {
    const [hit, headroom, backend] = answer.sized!.sensitivity.map(({ text }) => text)
    expect(hit).toContain('takes 156/s off the backends, 6.67 % of their load, as much as 0.55 backends')
    expect(headroom).toContain('36.7/s')
    expect(backend).toContain("carries 286/s of the backends' load, as much as 1.8 points")
  })
})

test('present backends that do are kept, and fewer are named where they would do', () => {
  const system = measuredSystem(420 * 12, 12, { capacity: { rps: 420 * 12, low: 408 * 12, high: 432 * 12 } })
  const answer = answerTo(12_000, WORKED, [system])
  expect(recommended(answer).name).toBe('do-nothing')
  expect(answer.because).toMatch(/^keep the 12 backends that are there; 10 would do: /)
  expect(answer.sized!.options.map(({ name }) => name)).toEqual(['do-nothing', 'limiter'])
})

describe('where more backends carry less', () => {
  const systems = [1, 2, 4, 8, 16, 32].map(n =>
    measuredSystem((408 * n) / (1 + 0.03 * (n - 1) + 2e-3 * n * (n - 1)), n, { width: 1e-6 }),
  )
  test('a cache is what helps, before as many as carry most: n* = √(0.97/0.002) = 22', () => {
    const answer = answerTo(5000, {}, systems)
    expect(answer.sized!.need).toMatchObject({ reachable: false })
    expect(option(answer, 'backends')).toBeUndefined()
    expect(answer.verdict).toBe('holds')
    expect(recommended(answer).name).toBe('cdn')
  })

  test('and where most requests write, nothing does', () => {
    const writing = systems.map(system => ({
      ...system,
      routes: [{ ...system.routes[0]!, method: 'POST' }],
    }))
    const answer = answerTo(5000, {}, writing)
    expect(answer.verdict).toBe('fails')
    expect(recommended(answer)).toMatchObject({ name: 'limiter', holds: false })
    expect(answer.because).toContain('cannot be reached by adding backends')
    expect(option(answer, 'cdn')!.because).toContain('only 0 % of the requests are GET or HEAD')
  })
})

describe('a knee that is only known to be at least 300/s', () => {
  const bound = measuredSystem(600, 2, { capacity: { rps: 600, low: 600, high: null } })
  const answer = answerTo(5000, {}, [bound])

  test('says how many are enough, 5000/(0.7·300) = 23.8, so 24 + 1, and that fewer may be', () => {
    expect(answer.sized).toMatchObject({ exact: false, need: { backends: { value: 25 } } })
    expect(answer.because).toBe(
      'run 25 backends (now 2): enough for a peak of 5 000/s, and less may do, as one backend is only known to carry at least 300/s',
    )
  })

  test('gives no number that might be wrong: no probability, no limits, nothing of what two would refuse', () => {
    expect(answer.sized!.limits).toBeNull()
    expect(answer.sized!.limitsBecause).toContain('measure at higher rates')
    expect(answer.sized!.sensitivity).toEqual([])
    expect(option(answer, 'do-nothing')).toMatchObject({ holds: null, refused: null, odds: null })
    expect(answer.sized!.rows.map(({ reading }) => reading)).toEqual(['pessimistic'])
  })
})

test('without a usable report nothing is said but why, and what to measure', () => {
  const leftOut = [{ label: 'a.json', because: 'it has no knee', measure: 'run a ramp' }]
  expect(sizeSystem(question(5000), [], leftOut)).toMatchObject({
    verdict: 'cannot-tell',
    because: 'nothing can be sized: it has no knee',
    leftOut,
    sized: null,
  })
})

test('reports that ask for different things are told apart', () => {
  const other = measuredSystem(800, 2, { label: 'other.json' })
  const routes = [{ ...other.routes[0]!, path: '/other' }]
  const answer = answerTo(2000, {}, [lowerEnd408, { ...other, routes }])
  expect(answer.sized!.notes.join('\n')).toContain('other.json and 1.json differ in their requests')
})

test('whatever is asked, exactly one option is recommended, and it holds within the headroom after the loss', () => {
  const asked = record({
    peak: double({ min: 10, max: 20_000, noNaN: true }),
    headroom: double({ min: 0.1, max: 1, noNaN: true }),
    survive: integer({ min: 0, max: 4 }),
    zones: integer({ min: 1, max: 4 }),
    hitRatio: double({ min: 0, max: 0.95, noNaN: true }),
  })
  assert(
    property(asked, integer({ min: 1, max: 12 }), ({ peak, ...rest }, backends) => {
      const answer = answerTo(peak, rest, [measuredSystem(400 * backends, backends)])
      const best = recommended(answer)
      expect(best.holds).toBe(true)
      expect(best.utilisationAfterLoss!).toBeLessThanOrEqual(rest.headroom * (1 + 1e-8))
      for (const { hitRatio } of answer.sized!.options) expect(hitRatio).toBeLessThan(1)
    }),
    { numRuns: 30 },
  )
})
