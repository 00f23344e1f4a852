import { expect, test } from 'vitest'
import { judgeSuite } from '../../../../bench/truth/judge-suite.ts'
import type { TruthRow } from '../../../../bench/truth/judge-search.ts'
import { RIGHT } from '../../../support/right-score.ts'

const rowOf = (family: string, faults: readonly string[] = []): TruthRow => ({
  score: { ...RIGHT, family },
  tolerance: 0.03,
  attempt: 1,
  faults,
})

/** Three searches each of so many servers; one search of each that is named twice or once is wrong as often. */
function suite(servers: number, ...wrong: readonly number[]): TruthRow[] {
  return Array.from({ length: servers }, (_, i) => {
    const count = wrong.filter(one => one === i).length
    return [0, 1, 2].map(k => rowOf(`S${i}`, k < count ? ['rate'] : []))
  }).flat()
}

test('all right passes, with however few seeds', () => {
  expect(judgeSuite(suite(19), 0, 3)).toEqual({ passed: true, because: '' })
  expect(judgeSuite([rowOf('A')], 0, 1).passed).toBe(true)
})

test('two of 57 may be wrong, of different servers; three are more than 5 %', () => {
  expect(judgeSuite(suite(19, 0, 1), 0, 3).passed).toBe(true)
  expect(judgeSuite(suite(19, 0, 1, 2), 0, 3).passed).toBe(false)
})

test('one server wrong twice of three fails, and is named', () => {
  expect(judgeSuite(suite(19, 4, 4), 0, 3)).toEqual({
    passed: false,
    because: ', and S4 too often wrong',
  })
})

test('with fewer than three seeds none may be wrong', () => {
  expect(judgeSuite([rowOf('A', ['rate']), rowOf('A')], 0, 2).passed).toBe(false)
})

test('a search without a report is never forgiven', () => {
  expect(judgeSuite(suite(19), 1, 3).passed).toBe(false)
})
