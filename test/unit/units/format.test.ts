import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatDuration,
  formatNumber,
  formatRate,
  formatShare,
  formatSize,
} from '../../../src/units/format.ts'
import { parseDuration, parseRate, parseShare, parseSize } from '../../../src/units/parse.ts'

/** Digits and the decimal point of a formatted number, without what groups its thousands. */
const plain = (text: string): string => text.replaceAll(/\s/g, '')

test.each([
  [0, '0'],
  [1, '1'],
  [0.5, '0.5'],
  [12.34, '12.3'],
  [12.04, '12'],
  [999.6, '1000'],
  [1234.5, '1235'],
  [1234567, '1234567'],
  [0.001234, '0.00123'],
  [-12.34, '-12.3'],
])('%s is written %s', (value, expected) => {
  expect(plain(formatNumber(value))).toBe(expected)
})

test.each([NaN, Infinity, -Infinity])('%s is written as a dash', value => {
  expect(formatNumber(value)).toBe('–')
})

test('thousands are grouped by three', () => {
  expect(formatNumber(1234567).split(/\s/)).toEqual(['1', '234', '567'])
  expect(formatNumber(999).split(/\s/)).toEqual(['999'])
  expect(formatNumber(-1000).split(/\s/)).toEqual(['-1', '000'])
})

test('a formatted number is within half a unit of its third digit, and never in exponents', () => {
  assert(
    property(double({ min: 1e-9, max: 1e15, noNaN: true }), value => {
      const text = plain(formatNumber(value))
      expect(text).toMatch(/^\d+(\.\d+)?$/)
      expect(Math.abs(Number(text) - value) / value).toBeLessThanOrEqual(0.0051)
    }),
  )
})

test.each([
  [842, '842/s'],
  [0.5, '0.5/s'],
  [1140, '1140/s'],
  [1234.4, '1234/s'],
])('the rate %s is written %s', (rate, expected) => {
  expect(plain(formatRate(rate))).toBe(expected)
})

test.each([
  [0, '0 s'],
  [999, '999 ns'],
  [340e3, '340 µs'],
  [12.4e6, '12.4 ms'],
  [999.6e6, '1 s'],
  [1.5e9, '1.5 s'],
  [119e9, '119 s'],
  [120e9, '2 min'],
  [125e9, '2 min 5 s'],
  [-1.5e9, '-1.5 s'],
])('%s ns is written %s', (time, expected) => {
  expect(formatDuration(time)).toBe(expected)
})

test.each([
  [0.125, '12.5 %'],
  [0.0004, '0.04 %'],
  [0, '0 %'],
  [1, '100 %'],
])('the share %s is written %s', (part, expected) => {
  expect(formatShare(part)).toBe(expected)
})

test.each([
  [512, '512 B'],
  [12_400, '12.4 kB'],
  [3e6, '3 MB'],
  [1.25e9, '1.25 GB'],
])('%s bytes are written %s', (size, expected) => {
  expect(formatSize(size)).toBe(expected)
})

test('what is written with at most three digits is read back as the same value', () => {
  const digits = integer({ min: 1, max: 999 })
  const scale = integer({ min: 0, max: 2 })
  assert(
    property(digits, scale, (value, power) => {
      const scaled = value / 10 ** power
      expect(parseRate(formatRate(scaled))).toBeCloseTo(scaled, 9)
      expect(parseShare(formatShare(scaled / 1000))! * 1000).toBeCloseTo(scaled, 9)
      expect(parseSize(formatSize(value * 1e6))).toBeCloseTo(value * 1e6, 3)
      for (const unit of [1e3, 1e6]) {
        expect(parseDuration(formatDuration(value * unit))! / unit).toBeCloseTo(value, 9)
      }
    }),
  )
})
