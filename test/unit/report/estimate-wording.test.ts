import { describe, expect, test } from 'vitest'
import type { RateEstimate } from '../../../src/analysis/findings.ts'
import { wordEstimate, wordInterval } from '../../../src/report/view/estimate-wording.ts'

const estimate = (given: Partial<RateEstimate>): RateEstimate => ({
  rps: null,
  low: null,
  high: null,
  confidence: 0.95,
  bound: 'none',
  ...given,
})

describe('an estimate reads', () => {
  test('as a number with its interval when it was measured', () => {
    expect(wordEstimate(estimate({ bound: 'measured', rps: 842.3, low: 826, high: 858.4 }))).toEqual({
      value: '842/s',
      detail: '826/s to 858/s, 95 % confidence',
    })
  })

  test('as "at least" when it was not reached, by the lower of the values that hold', () => {
    expect(wordEstimate(estimate({ bound: 'at-least', rps: 600, low: 590 }))).toEqual({
      value: 'at least 590/s',
      detail: 'not reached, so it may be higher',
    })
  })

  test('as "at most" when it was passed at the lowest rate, by the higher of the values that hold', () => {
    expect(wordEstimate(estimate({ bound: 'at-most', rps: 50, high: 55 }))).toEqual({
      value: 'at most 55/s',
      detail: 'passed already at the lowest rate, so it may be lower',
    })
  })

  test('as no number at all when nothing can be said', () => {
    expect(wordEstimate(estimate({ bound: 'none' })).value).toBe('cannot tell')
  })

  test('as no number when the bound promises one that is not there', () => {
    expect(wordEstimate(estimate({ bound: 'measured' })).value).toBe('cannot tell')
    expect(wordEstimate(estimate({ bound: 'at-least' })).value).toBe('cannot tell')
  })
})

test('an end of an interval that is not known is not invented', () => {
  expect(wordInterval(845, null, 0.9)).toBe('at least 845/s, 90 % confidence')
  expect(wordInterval(null, 858, 0.9)).toBe('at most 858/s, 90 % confidence')
  expect(wordInterval(null, null, 0.9)).toBe('without an interval')
})
