import { expect, test } from 'vitest'
import type { Score } from '../../../../bench/search/score.ts'
import { summaryRows } from '../../../../bench/search/summary-table.ts'
import { summarise } from '../../../../bench/search/summary.ts'
import { RIGHT } from '../../../support/right-score.ts'

const times = (count: number, score: Score): Score[] => Array.from({ length: count }, () => score)

test('a family whose searches are all right misses nothing', () => {
  const summary = summarise(times(20, RIGHT))
  expect(summary.missed).toEqual([])
  expect(summaryRows([summary])).toEqual([
    ['MM1K', '20', '+1.0 %', '100 % ±3 %', '100 %', '120 s', '1.20', '100 %', '0', '2.0 %', '', ''],
  ])
})

test('one of twenty may lie outside ±3 %, two may not', () => {
  const outside = { ...RIGHT, error: 0.031 }
  expect(summarise([...times(19, RIGHT), outside]).missed).toEqual([])
  expect(summarise([...times(18, RIGHT), outside, outside]).missed).toEqual(['error'])
})

test('where a server collapses ±5 % are right, where it has no queue ±8 %', () => {
  const off = (error: number, kind: Score['kind']): readonly string[] =>
    summarise(times(20, { ...RIGHT, kind, error })).missed
  expect([off(0.049, 'collapsing'), off(0.051, 'collapsing')]).toEqual([[], ['error']])
  expect([off(0.079, 'loss'), off(0.081, 'loss')]).toEqual([[], ['error']])
})

test('no number at all is an error, and a single false onset is one too many', () => {
  expect(summarise(times(20, { ...RIGHT, rps: null, error: null })).missed).toEqual(['error'])
  expect(summarise([...times(199, RIGHT), { ...RIGHT, falseOnset: true }]).missed).toEqual(['false onset'])
})

test('coverage, load and label have targets of their own', () => {
  const poor = { ...RIGHT, covered: false, labelRight: false, loadSeconds: 131 }
  expect(summarise(times(20, poor)).missed).toEqual(['coverage', 'load', 'label'])
})

test('an onset that was not found counts as wholly wrong', () => {
  expect(summarise(times(3, { ...RIGHT, onsetError: Number.NaN })).onsetError).toBe(1)
  expect(summarise(times(3, { ...RIGHT, onsetError: null })).onsetError).toBeNull()
})

test('a figure beside the knee has to be right in 95 % of the searches', () => {
  const particular = { name: 'burst', found: 110, known: 100, from: 0.8, to: 1.2 }
  const right = { ...RIGHT, particular }
  const wrong = { ...RIGHT, particular: { ...particular, found: 121 } }
  const none = { ...RIGHT, particular: { ...particular, found: null } }
  expect(summarise([...times(19, right), wrong]).missed).toEqual([])
  const summary = summarise([...times(18, right), wrong, none])
  expect(summary.missed).toEqual(['burst'])
  expect(summaryRows([summary])[0]).toContain('burst 90 % −20 … +20 %')
})
