import { expect, test } from 'vitest'
import { SEARCH_DEFAULTS } from '../../../src/scenario/search.ts'
import { markEarlier } from '../../../src/search/changed-capacity.ts'
import { startSearch } from '../../../src/search/search.ts'
import type { Plateau } from '../../../src/search/search-state.ts'

/** 200/s for ten seconds, without a trend. */
const SLOW: Plateau = {
  rate: 340,
  round: 0,
  good: 200,
  error: 0.03,
  idc: 1,
  freedom: 9,
  seconds: 10,
  early: 200,
  late: 200,
  trend: 'steady',
  drained: null,
  badShare: 0,
  room: null,
}
const FAST: Plateau = { ...SLOW, rate: 500, good: 400, early: 400, late: 400 }

function flagsAfter(first: Plateau, last: Plateau = FAST): readonly string[] {
  const state = startSearch(SEARCH_DEFAULTS, { arrivalVariation: 1 })
  return markEarlier({ ...state, plateaus: [first, last] }).flags
}

test('plateaus less than a tenth apart are one capacity', () => {
  expect(flagsAfter({ ...FAST, good: 370 })).toEqual([])
})

test('twice as much later, and nobody saw it grow: it jumped', () => {
  expect(flagsAfter(SLOW)).toEqual(['capacity-changed'])
})

test('half as much again later is a warm-up, as far as anybody can tell', () => {
  expect(flagsAfter(SLOW, { ...FAST, good: 300, early: 300, late: 300 })).toEqual(['warm-up'])
})

test('what grows while it is overloaded and while its backlog drains warms up', () => {
  // From 200/s to 230/s and on to 280/s: 80/s more, where chance is √(280/10 + 200/3.3) ≈ 9.
  const grows = { ...SLOW, late: 230, drained: { good: 280, seconds: 10, most: 310 } }
  expect(flagsAfter(grows)).toEqual(['warm-up'])
})

test('what stands still, and doubles within the drain, jumps', () => {
  // 7 s of 200/s, 3 s of 400/s: 260/s on average, like a warm-up, but 400 in one second.
  expect(flagsAfter({ ...SLOW, late: 201, drained: { good: 260, seconds: 10, most: 400 } })).toEqual([
    'capacity-changed',
  ])
})

test('what grew before is no jump, however fast the drain ends', () => {
  // 60/s between the thirds, where chance is √((200 + 260)/3.3) ≈ 12.
  const grows = { ...SLOW, late: 260, drained: { good: 300, seconds: 10, most: 400 } }
  expect(flagsAfter(grows)).toEqual(['warm-up'])
})
