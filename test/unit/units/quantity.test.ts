import { expect, test } from 'vitest'
import {
  milliseconds,
  nanoseconds,
  perSecond,
  seconds,
  share,
  toMilliseconds,
  toSeconds,
} from '../../../src/units/quantity.ts'

test('times convert by powers of a thousand', () => {
  expect(seconds(1.5)).toBe(1_500_000_000)
  expect(milliseconds(2)).toBe(2_000_000)
  expect(toSeconds(nanoseconds(2.5e9))).toBe(2.5)
  expect(toMilliseconds(nanoseconds(2.5e6))).toBe(2.5)
})

test('a quantity that is not a finite number is refused with the unit in the message', () => {
  expect(() => nanoseconds(NaN)).toThrow('a time in ns must be a finite number, got NaN')
  expect(() => perSecond(Infinity)).toThrow('a rate in 1/s must be a finite number, got Infinity')
  expect(() => share(-Infinity)).toThrow(RangeError)
})
