import { describe, expect, test } from 'vitest'
import { share } from '../../../../src/units/quantity.ts'
import { FAMILIES } from '../../../../bench/search/family.ts'
import { runErrand } from '../../../../bench/search/run-trials.ts'
import { carryOutTrial, drawTrial } from '../../../../bench/search/trial.ts'

const SEEDS = [1, 2, 3]

describe.each(['MM1', 'MM1K'])('searches for the capacity of %s', family => {
  test.each(SEEDS)('find it and its cause with seed %i', seed => {
    const found = runErrand({ family, seed })
    expect(found.trusted).toBe(true)
    // ω is 3 %; one search in twenty may lie outside, and not these.
    expect(Math.abs(found.error!)).toBeLessThan(0.03)
    expect(found.labelRight).toBe(true)
    expect(found.falseOnset).toBe(false)
    expect(found.loadSeconds).toBeLessThan(2 * found.plannedSeconds)
  })
})

test.each(SEEDS)('a full queue is found where the first loss is, with seed %i', seed => {
  expect(Math.abs(runErrand({ family: 'MM1K', seed }).onsetError!)).toBeLessThan(0.05)
})

test('every second of load lies in the stage that its step made', () => {
  const { result } = carryOutTrial(drawTrial(FAMILIES[0]!, 1))
  const { stages } = result.plan
  expect(stages).toHaveLength(result.search!.steps.length)
  expect(result.windows).toHaveLength(stages.reduce((sum, stage) => sum + stage.for / 1e9, 0))
  expect(result.windows.map(({ stage }) => stages[stage]!.from)).toEqual(
    result.windows.map(({ stage }) => result.search!.steps[stage]!.rate),
  )
})

test('the same seed finds the same, another seed another server', () => {
  const found = runErrand({ family: 'D1', seed: 4 })
  expect(runErrand({ family: 'D1', seed: 4 })).toEqual(found)
  expect(runErrand({ family: 'D1', seed: 5 }).trueRps).not.toBe(found.trueRps)
})

test('a server that doubles while a backlog drains has changed its capacity, and did not warm up', () => {
  // The first plateau and its drain see 176/s for ten seconds and 226/s on average after that.
  const found = runErrand({ family: 'STEP', seed: 3046 })
  expect(found.flags).toEqual(['capacity-changed'])
  expect(found.labelRight).toBe(true)
})

test('a server that fails nothing is overloaded all the same where requests wait longer than the load allows', () => {
  // Half of 339/s for ten seconds is a backlog of ten seconds: the deadline of the load.
  const found = runErrand({ family: 'STEP', seed: 3051 })
  expect([found.cause, found.labelRight]).toEqual(['overload', true])
})

test('a hold that takes eight minutes ends after eight minutes', () => {
  // ±1 % of a server that collapses: 8.56·2/0.01² = 171 200 requests, at 358/s 479 s.
  const { conclusion } = carryOutTrial(
    drawTrial(
      FAMILIES.find(({ name }) => name === 'TIMEOUT')!,
      3,
      { precision: share(0.01) },
    ),
  )
  expect(conclusion.complete).toBe(true)
  expect(conclusion.lowerBound!.seconds).toBeGreaterThan(240)
  expect(Math.abs(conclusion.knee.rps! / conclusion.lowerBound!.rps - 1)).toBeLessThan(0.04)
})
