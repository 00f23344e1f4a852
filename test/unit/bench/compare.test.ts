import { expect, test } from 'vitest'
import type { Performance } from '../../../bench/throughput/contestant.ts'
import { medianRatio, summarise } from '../../../bench/throughput/compare.ts'
import { rowsOf } from '../../../bench/throughput/result-table.ts'
import { median } from '../../../bench/support/median.ts'

const rates = (...perSecond: number[]): Performance[] =>
  perSecond.map(requestsPerSecond => ({ requestsPerSecond, cpuUsPerRequest: 10, peakResidentBytes: 5e6 }))

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 7])).toBe(6)
  expect(median([])).toBeNaN()
})

test('each round is compared with its own reference before the median is taken', () => {
  // The machine halves its speed after the first round: ratios 0.8, 0.9, 0.7, of medians it would be 45 / 50 = 0.9.
  expect(medianRatio(rates(80, 45, 35), rates(100, 50, 50))).toBeCloseTo(0.8)
})

test('a summary has medians over the rounds', () => {
  expect(summarise(rates(30, 10, 20), rates(30, 20, 20))).toEqual({
    requestsPerSecond: 20,
    cpuUsPerRequest: 10,
    peakResidentBytes: 5e6,
    ratio: 1,
  })
})

test('a row says how many times as fast plimsoll is, and whether that meets the target', () => {
  const results = new Map([
    ['wrk', rates(1000)],
    ['plimsoll', rates(750)],
    ['hey', rates(250)],
  ])
  expect(rowsOf(results, 'wrk', { wrk: 0.8, hey: 2.5 })).toEqual([
    ['wrk', '1 000', '1.00', '10.0', '5.00', '0.75', '≥ 0.8 MISSED'],
    ['plimsoll', '750', '0.75', '10.0', '5.00', '', ''],
    ['hey', '250', '0.25', '10.0', '5.00', '3.00', '≥ 2.5 met'],
  ])
})
