import { expect, test } from 'vitest'
import { foreseeSearch } from '../../../src/cli/foresee-search.ts'
import { planOf } from '../scenario/reading.ts'

const outlook = (search: string, more = ''): readonly string[] =>
  foreseeSearch(planOf(`target: http://a\nsearch: ${search}\n${more}`))

// ±3 % takes 35 s and 40 000 requests, and the requests grow with the inverse square of the precision.

test('how much load the precision takes, at two capacities, and what the budget reaches there', () => {
  // 35 + 40 000/1000 = 75 s; 35 + 40 000/200 = 235 s. In 180 − 35 = 145 s come 29 000 requests at 200/s:
  // 3 % × √(40/29) = 3.5 %.
  expect(outlook('{}')).toEqual([
    '±3 % takes about 75 s at 1 000/s, 3 min 55 s at 200/s',
    '3 min reach ±3 % at 1 000/s, ±3.5 % at 200/s',
  ])
})

test('a budget that suffices for both is said to', () => {
  expect(outlook('{ budget: 5m }')).toEqual([
    '±3 % takes about 75 s at 1 000/s, 3 min 55 s at 200/s; 5 min suffice',
  ])
})

test('one that suffices for neither is not made to look better', () => {
  // 36 − 35 = 1 s: 1000 and 200 requests; 3 % × √40 = 19 %, 3 % × √200 = 42 %.
  expect(outlook('{ budget: 36s }')[1]).toBe('36 s reach ±19 % at 1 000/s, no better than ±25 % at 200/s')
})

test('one that reaches nothing is not given a figure', () => {
  expect(outlook('{ budget: 20s }')[1]).toBe('20 s are too short to tell much there')
})

test('capacities are taken from within the bounds of the search', () => {
  // 35 + 40 000/60 = 702 s; 35 + 40 000/50 = 835 s.
  expect(outlook('{ from: 30/s, to: 100/s, budget: 1h }')[0]).toBe(
    '±3 % takes about 11 min 42 s at 60/s; 60 min suffice',
  )
  expect(outlook('{ from: 30/s, to: 50/s, budget: 1h }')[0]).toBe(
    '±3 % takes about 13 min 55 s at 50/s; 60 min suffice',
  )
})

test('a soak comes on top of what finding takes, and off the budget', () => {
  // 75 s and 10 min; 13 min less the soak are 3 min.
  expect(outlook('{ from: 500/s, to: 2000/s, soak: 10m }')).toEqual([
    '±3 % takes about 11 min 15 s at 1 000/s; 13 min suffice',
  ])
})

test('a plan with stages has nothing of the kind', () => {
  expect(foreseeSearch(planOf('target: http://a\nstages: [{ rate: 5/s, for: 9s }]'))).toEqual([])
})
