import { describe, expect, test } from 'vitest'
import { calibrationJson, describeCeiling, limitSearch, refuseRate } from '../../../src/cli/calibration.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { planOf } from '../scenario/reading.ts'

const MACHINE = { ceilingRps: 61_040, workers: 2 }

test('the ceiling is said in words, and how much of it to plan for', () => {
  // 70 % of 61 040 is 42 728.
  expect(describeCeiling(MACHINE)).toBe(
    'this machine, with 2 workers, makes 61 000 requests/s against a responder in its own process; ' +
      'plan for at most 70 % of that, 42 000/s',
  )
  expect(describeCeiling({ ceilingRps: 9.99, workers: 1 })).toMatch(/with 1 worker, makes 9\.99 .*, 6\.9\/s$/)
})

test('programs get the figures as they are', () => {
  expect(JSON.parse(calibrationJson(MACHINE))).toEqual({ calibration: MACHINE, usableRps: 42_728 })
})

describe('a scenario beyond 70 % of the ceiling', () => {
  const ramp = (to: number): Plan =>
    planOf(
      `target: http://a\nstages: [{ rate: 5/s, for: 1s }, { from: 5/s, to: ${to}/s, for: 9s, warmup: true }]`,
    )

  test('is refused for its highest rate, wherever in a stage that is, and told what to change', () => {
    const refusal = refuseRate(ramp(42_729), MACHINE)
    expect(refusal).toContain('Nothing was sent: the scenario goes up to 42 729/s')
    for (const change of ['more --workers (now 2)', 'a faster machine', 'a top stage of at most 42 000/s'])
      expect(refusal).toContain(change)
  })

  test('one that stays within is not', () => expect(refuseRate(ramp(42_728), MACHINE)).toBeUndefined())
})

describe('a search', () => {
  const search = (from: number, to: number): Plan =>
    planOf(`target: http://a\nsearch: { from: ${from}/s, to: ${to}/s }`)

  test('goes no further than 70 % of the ceiling, in two digits, and says so', () => {
    expect(refuseRate(search(20, 100_000), MACHINE)).toBeUndefined()
    const { plan, said } = limitSearch(search(20, 100_000), MACHINE)
    expect(plan.search).toMatchObject({ from: 20, to: 42_000 })
    expect(said).toContain('up to 42 000/s instead of 100 000/s')
  })

  test('that stays within goes where it was to go', () => {
    const plan = search(20, 42_000)
    expect(limitSearch(plan, MACHINE)).toEqual({ plan, said: '' })
  })

  test('that could not even begin is refused', () => {
    const refusal = refuseRate(search(42_000, 100_000), MACHINE)
    expect(refusal).toContain('the scenario begins at 42 000/s')
    expect(refusal).toContain('a search that begins below 42 000/s')
    expect(refuseRate(search(41_999, 100_000), MACHINE)).toBeUndefined()
  })
})
