import { expect, test } from 'vitest'
import { assert, property, string } from 'fast-check'
import { editDistance, nearest, nearestFix } from '../../../src/units/nearest.ts'

test.each([
  ['', '', 0],
  ['rate', 'rate', 0],
  ['rate', 'rat', 1],
  ['rate', 'rates', 1],
  ['rate', 'gate', 1],
  ['rate', 'raet', 1], // two neighbours swapped
  ['kitten', 'sitting', 3], // k→s, e→i, +g: Wagner and Fischer's classic
])('from %j to %j it takes %i edits', (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits)
})

test('the way back takes as many edits, at most the longer length, at least the difference', () => {
  assert(
    property(string(), string(), (a, b) => {
      const edits = editDistance(a, b)
      expect(editDistance(b, a)).toBe(edits)
      expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length))
      expect(edits).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
    }),
  )
})

test('the nearest name is near enough to be a slip', () => {
  expect(nearest('Wieght', ['name', 'weight'])).toBe('weight')
  expect(nearest('duration', ['rate', 'for'])).toBeUndefined()
  expect(nearest('x', ['y'])).toBeUndefined()
  expect(nearestFix('fro', ['for', 'from'], 'the keys are')).toBe('write for')
  expect(nearestFix('xyz', ['for', 'from'], 'the keys are')).toBe('the keys are: for, from')
})
