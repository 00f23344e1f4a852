import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { onePause, periodicPauses } from '../../../src/lab/working-time.ts'

test('a periodic pause stops the clock at the end of every period', () => {
  const clock = periodicPauses(1.5, 0.5)
  expect([1, 1.5, 1.75, 2, 2.25, 4.25].map(at => clock.toWorked(at))).toEqual([1, 1.5, 1.5, 1.5, 1.75, 3.25])
  expect([1, 1.75, 3.25].map(worked => clock.toReal(worked))).toEqual([1, 2.25, 4.25])
})

test('an instant within a pause comes back as its end', () => {
  expect(periodicPauses(1.5, 0.5).toReal(1.5)).toBe(2)
  const once = onePause(30, 1)
  expect(once.toReal(once.toWorked(30.5))).toBe(31)
  expect(once.toReal(once.toWorked(29.5))).toBe(29.5)
  expect(once.toReal(once.toWorked(45))).toBe(45)
})

test('no work finishes before it came', () => {
  const clocks = [periodicPauses(1.8, 0.2), onePause(30, 1)]
  const instants = double({ min: 0, max: 1e5, noNaN: true })
  assert(
    property(instants, at => {
      for (const clock of clocks) expect(clock.toReal(clock.toWorked(at) + 1e-6)).toBeGreaterThanOrEqual(at)
    }),
  )
})
