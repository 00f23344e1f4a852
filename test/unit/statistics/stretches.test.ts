import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { dispersionOf, stretchDispersion } from '../../../src/statistics/dispersion.ts'
import { largest, smallest } from '../../../src/statistics/extremes.ts'
import { runningSum } from '../../../src/statistics/running-sum.ts'

const flow = array(record({ count: nat(2000), seconds: constantFrom(1, 1, 1, 0.5, 1.25) }), {
  minLength: 1,
  maxLength: 30,
})

test('a running sum over any stretch is the sum of its items', () => {
  assert(
    property(array(integer({ min: -1e6, max: 1e6 })), nat(), nat(), (items, a, b) => {
      const [from, to] = [a % (items.length + 1), b % (items.length + 1)].sort((x, y) => x - y)
      const sum = items.slice(from, to).reduce((total, item) => total + item, 0)
      expect(runningSum(items, item => item)(from!, to!)).toBe(sum)
    }),
  )
})

test('the dispersion of any stretch is that of its counts against its own mean rate', () => {
  assert(
    property(flow, nat(), nat(), (windows, a, b) => {
      const from = a % windows.length
      const to = from + 1 + (b % (windows.length - from))
      const own = windows.slice(from, to)
      const seconds = own.reduce((sum, window) => sum + window.seconds, 0)
      const g = own.reduce((sum, { count }) => sum + count, 0) / seconds
      const direct = dispersionOf(
        own.map(({ count }) => count),
        own.map(window => g * window.seconds),
      )
      const { idc, df } = stretchDispersion(windows)(from, to)
      expect(df).toBe(direct.df)
      expect(idc / direct.idc).toBeCloseTo(1, 8)
    }),
  )
})

test('extremes are found among more values than a call may have arguments', () => {
  const values = Array.from({ length: 300_000 }, (_, i) => i)
  expect([largest(values), smallest(values)]).toEqual([299_999, 0])
  expect([largest([], 7), smallest([], 7)]).toEqual([7, 7])
})
