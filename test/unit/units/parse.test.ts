import { assert, constantFrom, integer, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { parseDuration, parseRate, parseShare, parseSize } from '../../../src/units/parse.ts'

test.each([
  ['200/s', 200],
  ['12000/min', 200],
  ['7200/h', 2],
  ['1_000/s', 1000],
  [' 0.5 / sec ', 0.5],
  ['.5/second', 0.5],
  ['90/minute', 1.5],
  ['1800/hour', 0.5],
])('%j is %s per second', (text, expected) => {
  expect(parseRate(text)).toBe(expected)
})

test.each([
  ['1ns', 1],
  ['3us', 3e3],
  ['3 µs', 3e3],
  ['500ms', 500e6],
  ['1.5s', 1.5e9],
  ['5m', 300e9],
  ['2min', 120e9],
  ['1h', 3600e9],
])('%j is %s ns', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

test.each([
  ['512B', 512],
  ['10kB', 10_000],
  ['10KiB', 10_240],
  ['2MB', 2e6],
  ['1MiB', 1_048_576],
  ['1.5GB', 1.5e9],
  ['1GiB', 1_073_741_824],
])('%j is %s bytes', (text, expected) => {
  expect(parseSize(text)).toBe(expected)
})

test.each([
  ['0%', 0],
  ['50 %', 0.5],
  ['100%', 1],
])('%j is the share %s', (text, expected) => {
  expect(parseShare(text)).toBe(expected)
})

test.each(['200', '', '/s', '-1/s', '1e3/s', '1_00/s', '200/d', '200/s x', '1,5/s', '1..5/s', '1_000_/s'])(
  '%j is not a rate',
  text => expect(parseRate(text)).toBeUndefined(),
)

test.each(['10', '10 sec', '-5s', '5S', '5 s s', 's', '1_00s', '٣s'])('%j is not a duration', text =>
  expect(parseDuration(text)).toBeUndefined(),
)

test.each(['10', '10KB', '10 kb', '-1B', 'B'])('%j is not a size', text =>
  expect(parseSize(text)).toBeUndefined(),
)

test.each(['0.5', '%', '-1%', '1%%'])('%j is not a percentage', text =>
  expect(parseShare(text)).toBeUndefined(),
)

test('a written number keeps its value in every unit', () => {
  assert(
    property(integer({ min: 0, max: 1_000_000 }), integer({ min: 0, max: 999 }), (whole, thousandths) => {
      const written = `${whole}.${String(thousandths).padStart(3, '0')}`
      const value = whole + thousandths / 1000
      expect(parseRate(`${written}/s`)).toBeCloseTo(value, 9)
      expect(parseRate(`${written}/min`)! * 60).toBeCloseTo(value, 6)
      expect(parseDuration(`${written}s`)! / 1e9).toBeCloseTo(value, 9)
      expect(parseDuration(`${written}h`)! / 3600e9).toBeCloseTo(value, 9)
      expect(parseSize(`${written}MB`)! / 1e6).toBeCloseTo(value, 9)
      expect(parseShare(`${written}%`)! * 100).toBeCloseTo(value, 6)
    }),
  )
})

test('underscores between thousands change nothing', () => {
  assert(
    property(integer({ min: 0, max: 1e12 }), value => {
      const grouped = String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_')
      expect(parseRate(`${grouped}/s`)).toBe(value)
    }),
  )
})

test('no text makes a parser throw, not even a number too large for the unit', () => {
  const parsers = [parseRate, parseDuration, parseSize, parseShare]
  const hostile = constantFrom(`1${'0'.repeat(308)}`, '9'.repeat(400), `0.${'0'.repeat(400)}1`, '')
  const unit = constantFrom('h', '/s', 'GiB', '%', ' ')
  assert(
    property(string(), hostile, unit, (text, number, suffix) => {
      for (const parse of parsers) {
        for (const input of [text, number + suffix, text + suffix]) {
          const value = parse(input)
          expect(value === undefined || Number.isFinite(value)).toBe(true)
        }
      }
    }),
  )
})
