import { expect, test } from 'vitest'
import type { RateEstimate } from '../../../src/analysis/findings.ts'
import { size } from '../../../src/analysis/sizing.ts'

const knee = (estimate: Partial<RateEstimate>): Parameters<typeof size>[0] => ({
  knee: {
    rps: 420,
    low: 408,
    high: 432,
    confidence: 0.95,
    bound: 'measured',
    because: 'measured',
    method: 'by hand',
    ...estimate,
  },
})

test('2340/s at 408/s for one backend and u = 0.7: 2340 / 285.6 = 8.19, so 9 backends', () => {
  const { backends, safeRps, formulas } = size(knee({}), { peak: 2340, backends: 1, headroom: 0.7 })
  // 2340 / (0.7·420) = 7.96 and 2340 / (0.7·432) = 7.74.
  expect(backends).toEqual({ pessimistic: 9, expected: 8, optimistic: 8 })
  expect(safeRps).toBeCloseTo(285.6, 9)
  expect(formulas.join('\n')).toContain('⌈2 340/s / (0.7 × 408/s)⌉ = 9')
})

test('a CDN must take 1 − 0.7·408/2340 = 87.8 % off one backend', () => {
  const { cdnOffload } = size(knee({}), { peak: 2340, backends: 1, headroom: 0.7 })
  expect(cdnOffload!.pessimistic).toBeCloseTo(1 - 285.6 / 2340, 12)
  expect(cdnOffload!.optimistic).toBeCloseTo(1 - 302.4 / 2340, 12)
})

test('what was measured behind three backends is a third for each: 1200 / (0.7·136) = 12.6, so 13', () => {
  expect(size(knee({}), { peak: 1200, backends: 3, headroom: 0.7 }).backends!.pessimistic).toBe(13)
})

test('a peak that the present backends carry needs no CDN and no more of them', () => {
  const { backends, cdnOffload, because } = size(knee({}), { peak: 200, backends: 1, headroom: 0.7 })
  expect(backends!.pessimistic).toBe(1)
  expect(cdnOffload).toEqual({ pessimistic: 0, expected: 0, optimistic: 0 })
  expect(because).toBe('the present backend carries the peak')
})

test('exactly full is enough: 571.2 = 2·0.7·408', () => {
  expect(size(knee({}), { peak: 571.2, backends: 1, headroom: 0.7 }).backends!.pessimistic).toBe(2)
})

test('without a peak it speaks of the safe rate alone', () => {
  const sizing = size(knee({}), { backends: 1, headroom: 0.5 })
  expect(sizing).toMatchObject({ peakRps: null, safeRps: 204, backends: null, cdnOffload: null })
})

test('a knee that is only a lower bound gives no optimistic row, and says so', () => {
  const sizing = size(knee({ rps: 408, high: null, bound: 'at-least' }), {
    peak: 2340,
    backends: 1,
    headroom: 0.7,
  })
  expect(sizing.backends).toEqual({ pessimistic: 9, expected: 9, optimistic: null })
  expect(sizing.because).toContain('fewer may do')
})

test.each([
  [{ rps: null, low: null, high: null, bound: 'none' as const }],
  [{ rps: 420, low: null, high: 432, bound: 'at-most' as const }],
])('without a lower end of the knee nothing is sized: %o', estimate => {
  const sizing = size(knee(estimate), { peak: 2340, backends: 1, headroom: 0.7 })
  expect(sizing).toMatchObject({ safeRps: null, backends: null, cdnOffload: null, formulas: [] })
})
