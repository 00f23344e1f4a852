import { expect, test } from 'vitest'
import type { SearchRecord } from '../../../src/result/search-record.ts'
import { undecidedSearch } from '../../../src/verdict/undecided-search.ts'
import { concluded } from '../../support/scripted-search.ts'

const cut: SearchRecord = {
  steps: [],
  conclusion: concluded(800, { complete: false, flags: ['budget-spent'], loadSeconds: 20 }),
  state: {},
}
const whole: SearchRecord = { ...cut, conclusion: concluded(800) }
const found = { bound: 'measured' } as const
const nothing = { bound: 'none' } as const

test('a search without a knee has answered nothing, whatever was promised', () => {
  const because = 'the search was cut short by its budget after 20 s of load and has found no knee'
  expect(undecidedSearch(cut, nothing, true)).toBe(because)
  expect(undecidedSearch(whole, nothing, false)).toBe('the search has come to its end and has found no knee')
})

test('one that was cut short decides promises, not the knee', () => {
  expect(undecidedSearch(cut, found, true)).toBeUndefined()
  expect(undecidedSearch(cut, found, false)).toContain('not confirmed')
})

test('one that came to its end has answered, and a run with stages was not asked', () => {
  expect(undecidedSearch(whole, found, false)).toBeUndefined()
  expect(undecidedSearch(undefined, nothing, false)).toBeUndefined()
})
