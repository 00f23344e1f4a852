import { expect, test } from 'vitest'
import type { SearchRecord } from '../../../src/result/search-record.ts'
import { undecidedSearch } from '../../../src/verdict/undecided-search.ts'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import { milliseconds, perSecond } from '../../../src/units/quantity.ts'
import { concluded } from '../../support/scripted-search.ts'

const cut: SearchRecord = {
  steps: [],
  conclusion: concluded(800, { complete: false, flags: ['budget-spent'], loadSeconds: 20 }),
  state: {},
}
const whole: SearchRecord = { ...cut, conclusion: concluded(800) }
const knee: PromiseClause = { kind: 'knee', text: 'knee > 500/s', above: perSecond(500) }
const latency: PromiseClause = {
  kind: 'latency',
  text: 'mean < 300ms',
  statistic: 'mean',
  limit: milliseconds(300),
}
const upTo500: PromiseClause = { ...latency, text: 'mean < 300ms up to 500/s', upTo: perSecond(500) }
const found = { bound: 'measured' } as const
const nothing = { bound: 'none' } as const

test('a search without a knee has answered nothing, whatever was promised', () => {
  const because = 'the search was cut short by its budget after 20 s of load and has found no knee'
  expect(undecidedSearch(cut, nothing, [knee])).toBe(because)
  expect(undecidedSearch(whole, nothing, [])).toBe('the search has come to its end and has found no knee')
})

test('one that was cut short decides promises that name a rate, and nothing else', () => {
  expect(undecidedSearch(cut, found, [knee])).toBeUndefined()
  expect(undecidedSearch(cut, found, [upTo500])).toBeUndefined()
  expect(undecidedSearch(cut, found, [])).toContain('not confirmed')
  expect(undecidedSearch(cut, found, [latency])).toContain('not confirmed')
  expect(undecidedSearch(cut, found, [latency, upTo500])).toContain('not confirmed')
})

test('a promised knee says up to which rate latency is promised', () => {
  expect(undecidedSearch(cut, found, [latency, knee])).toBeUndefined()
})

test('one that came to its end has answered, and a run with stages was not asked', () => {
  expect(undecidedSearch(whole, found, [latency])).toBeUndefined()
  expect(undecidedSearch(undefined, nothing, [])).toBeUndefined()
})
