import { array, assert, constantFrom, oneof, property, string, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inertText } from '../../../../src/report/csv/inert-text.ts'

describe('a text of a cell', () => {
  test.each([
    ['=1+1', `'=1+1`],
    ['+49 30 1234', `'+49 30 1234`],
    ['-5', `'-5`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `' =1`],
    ['\r=1', `' =1`],
    ['  =1', `'  =1`],
    ['＝1', `'＝1`],
    [`a;=cmd|' /C calc'!A0`, `a;'=cmd|' /C calc'!A0`],
    ['a; "=1', `a;' "=1`],
  ])('%j becomes %j', (text, inert) => expect(inertText(text)).toBe(inert))

  test.each(['a=b', 'checkout', 'ramp-up', 'GET /?a=1&b=+2', 'a;b', "o'clock", ''])('%j stays', text =>
    expect(inertText(text)).toBe(text),
  )
})

const DANGEROUS = Array.from('=+-@;,\t\r\n "\'＝＋－＠\u2028')

/** Texts made of what is dangerous, mixed with anything. */
const hostile = array(oneof(constantFrom(...DANGEROUS), string({ unit: 'binary' })), {
  maxLength: 8,
}).map(parts => parts.join(''))

test('no text starts a formula, not even after a semicolon', () => {
  assert(
    property(hostile, text => {
      for (const cell of inertText(text).split(';')) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u)
    }),
    { numRuns: 2000 },
  )
})

test('letters, digits and what stands between them are kept', () => {
  assert(
    property(stringMatching(/^[\w/][\w/=+@. -]{0,20}$/), text => {
      expect(inertText(text)).toBe(text)
    }),
  )
})
