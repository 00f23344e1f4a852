import { describe, expect, test } from 'vitest'
import { DEFAULT_MARGINS } from '../../../src/compare/margins.ts'
import { looksOf } from '../../../src/compare/pair-series.ts'
import type { Look } from '../../../src/compare/pair-series.ts'
import type { Comparison } from '../../../src/compare/comparison.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { pairTrial } from '../../../src/scenario/pair-trial.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { comparePairsVirtually } from '../../../src/virtual/pair-series.ts'

const RATE = 400
const planFor = (seed: number): Plan => {
  const text = pairTrial({
    name: 'virtual',
    target: 'http://127.0.0.1:80',
    path: '/',
    kneeRps: RATE,
    overloads: true,
  })
  const read = readScenario(text, 'trial.yaml', { seed })
  if (!read.ok) throw new Error(read.problems[0]!.message)
  return read.value
}
const FIVE: readonly Look[] = [{ pairs: 5, perSide: 0.025 }]

const compare = (slower: number, seed: number, looks = FIVE, betweenRuns = 0.02): Comparison =>
  comparePairsVirtually({ planFor, rate: RATE, slower, betweenRuns }, seed, looks, {
    margins: DEFAULT_MARGINS,
    force: false,
  })

describe('a series in virtual time', () => {
  test('is the same again with the same seed, and another with another', () => {
    const changes = (seed: number): unknown => compare(0, seed).metrics.map(({ change }) => change)
    expect(changes(7)).toEqual(changes(7))
    expect(changes(7)).not.toEqual(changes(8))
  })

  test('has pairs of the same arrivals, in the order ABBA BAAB', () => {
    const { base, candidate, design } = compare(0, 3)
    expect(base.runs.map(({ seed }) => seed)).toEqual(candidate.runs.map(({ seed }) => seed))
    expect(new Set(base.runs.map(({ seed }) => seed)).size).toBe(5)
    const byTime = [...base.runs, ...candidate.runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
    expect(byTime.slice(0, 8).map(({ label }) => label)).toEqual([
      '1-base',
      '1-candidate',
      '2-candidate',
      '2-base',
      '3-candidate',
      '3-base',
      '4-base',
      '4-candidate',
    ])
    expect(design.kind).toBe('paired')
  })

  test('finds that a candidate with a third more service time carries a quarter less, after the first look', () => {
    const { verdict, metrics, design } = compare(1 / 3, 1, looksOf(12, 0.025))
    expect(verdict).toBe('regressed')
    expect(design.pairs.length).toBeLessThan(12)
    const knee = metrics.find(({ id }) => id === 'knee')!
    // ln(4/3) = 0.288.
    expect(knee.low!).toBeLessThan(0.288)
    expect(knee.high!).toBeGreaterThan(0.288)
    expect(knee.baseValue!).toBeGreaterThan(370)
    expect(knee.baseValue!).toBeLessThan(430)
  })

  test('calls neither of two equal servers worse', () => {
    const verdicts = [1, 2, 3, 4, 5, 6].map(seed => compare(0, seed, FIVE, 0).verdict)
    expect(verdicts).not.toContain('regressed')
    expect(verdicts).not.toContain('improved')
    expect(verdicts).toContain('equivalent')
  })
})
