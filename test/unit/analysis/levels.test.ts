import { describe, expect, test } from 'vitest'
import { findCollapse } from '../../../src/analysis/collapse.ts'
import { sustainedFrom } from '../../../src/analysis/dose-response.ts'
import { latencyModeUs } from '../../../src/analysis/latency-mode.ts'
import type { Level } from '../../../src/analysis/levels.ts'
import { risingLevels } from '../../../src/analysis/levels.ts'
import { findOutages } from '../../../src/analysis/outages.ts'
import type { Dose } from '../../../src/analysis/outages.ts'
import { readWindows } from '../../../src/analysis/window-record.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { fixed, queue } from '../../support/servers.ts'
import { hold, planOf, simulateResult, stage } from '../../support/simulate-result.ts'

describe('the rising part', () => {
  const stagesIn = (stages: Plan['stages']): number[] => {
    const result = simulateResult(planOf(stages), queue(fixed(0.002)))
    return [...new Set(risingLevels(readWindows(result)).map(level => level.stage))]
  }

  test('leaves out warm-up and what falls below the highest rate so far', () => {
    const warmUp = stage('warm-up', 400, 400, 2, true)
    expect(
      stagesIn([warmUp, hold('a', 50, 2), stage('b', 50, 90, 2), hold('c', 70, 2), hold('d', 120, 2)]),
    ).toEqual([1, 2, 4])
  })

  test('is the part that reaches highest: a fall before it is no part of it', () => {
    expect(stagesIn([stage('down', 90, 20, 2), stage('up', 20, 100, 2), hold('rest', 30, 2)])).toEqual([1])
    expect(stagesIn([stage('up', 20, 90, 2), hold('rest', 20, 2), stage('again', 20, 90, 2)])).toEqual([0])
  })

  test('ends where a ramp goes down', () => {
    expect(stagesIn([stage('up', 20, 80, 2), stage('down', 80, 20, 2)])).toEqual([0])
  })
})

describe('an outage', () => {
  const doses = (hits: readonly number[]): readonly Dose[] =>
    hits.map((count, i) => ({ at: i, seconds: 1, rate: 100 + i, offered: 100, hits: count }))

  test('is a block that fails while what comes before and after does not', () => {
    expect(findOutages(doses([0, 0, 0, 100, 90, 0, 0, 0]))).toEqual([{ from: 3, to: 5 }])
  })

  test('is not failure that stays at higher load', () => {
    expect(findOutages(doses([0, 0, 0, 10, 12, 14, 16, 18]))).toEqual([])
    expect(findOutages(doses([0, 0, 0, 100, 100, 100, 100, 100]))).toEqual([])
  })

  test('is not what chance does: 3 of 100 among ones', () => {
    expect(findOutages(doses([1, 0, 1, 3, 0, 1, 1, 0]))).toEqual([])
  })

  test('is not failure that ends because the load fell', () => {
    const falling = doses([0, 0, 0, 90, 90, 0, 0, 0]).map((dose, i) => (i < 5 ? dose : { ...dose, rate: 50 }))
    expect(findOutages(falling)).toEqual([])
  })
})

describe('hits that stay', () => {
  const doses = (hits: readonly number[]): readonly Dose[] =>
    hits.map((count, i) => ({ at: i, seconds: 1, rate: 100 + i, offered: 100, hits: count }))

  test('begin with the first of the windows that show them, four at least', () => {
    expect(sustainedFrom(doses([0, 0, 0, 0, 20, 20, 20, 20]), 0)).toBe(4)
    expect(sustainedFrom(doses([0, 0, 0, 0, 0, 20, 20, 20]), 0)).toBeUndefined()
  })

  test('may pause in two windows of five', () => {
    expect(sustainedFrom(doses([0, 0, 20, 0, 20, 0, 20, 20, 20]), 0)).toBe(2)
    expect(sustainedFrom(doses([20, 0, 0, 0, 0, 20, 0, 0, 0, 0]), 0)).toBeUndefined()
  })

  test('must exceed the baseline: 20 of 100 say nothing where 20 % fail at any load', () => {
    expect(sustainedFrom(doses([20, 20, 20, 20, 20, 20, 20, 20]), 0.2)).toBeUndefined()
  })
})

describe('a collapse', () => {
  const levels = (good: readonly number[]): readonly Level[] =>
    good.map((count, i) => ({
      at: i,
      seconds: 1,
      rate: 100 + 10 * i,
      offered: 100 + 10 * i,
      good: count,
      bad: 0,
      inFlight: { mean: 0, atEnd: 0 },
      stage: 0,
      series: [],
    }))

  test('begins where goodput falls for good', () => {
    expect(findCollapse(levels([100, 110, 120, 130, 140, 40, 30, 20, 10]), 0)).toBe(5)
  })

  test('is not a level that stays, nor a pause that is caught up with', () => {
    expect(findCollapse(levels([100, 110, 120, 125, 125, 125, 125, 125, 125]), 0)).toBeUndefined()
    expect(findCollapse(levels([100, 110, 120, 0, 270, 150, 160, 170, 180]), 0)).toBeUndefined()
  })
})

describe('the time after which failing requests end', () => {
  test('is 1 s when 70 of 100 end within 50 ms of it', () => {
    const times = [
      ...Array.from({ length: 70 }, (_, i) => 1e6 + 500 * i),
      ...Array.from({ length: 30 }, (_, i) => 1e4 * i),
    ]
    expect(Math.abs(latencyModeUs(countsOf(times))! / 1e6 - 1)).toBeLessThan(0.002)
  })

  test('is none when they scatter, or end at once', () => {
    expect(latencyModeUs(countsOf(Array.from({ length: 100 }, (_, i) => 2e4 * i)))).toBeUndefined()
    expect(latencyModeUs(countsOf(Array.from({ length: 100 }, () => 500)))).toBeUndefined()
    expect(latencyModeUs(countsOf([]))).toBeUndefined()
  })
})
