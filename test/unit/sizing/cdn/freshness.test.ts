import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../../src/sizing/cdn/answer-reading.ts'
import { deltaSeconds, readCacheControl } from '../../../../src/sizing/cdn/cache-control.ts'
import type { Freshness } from '../../../../src/sizing/cdn/freshness.ts'
import { readHttpDate } from '../../../../src/sizing/cdn/http-date.ts'
import { fieldValue, readHead } from '../../../../src/sizing/cdn/response-head.ts'
import { head } from './cdn-fixture.ts'

const freshnessOf = (...lines: readonly string[]): Freshness =>
  readAnswer(readHead(head(...lines))!).freshness

const DATE = 'Date: Sun, 06 Nov 1994 08:49:37 GMT'

describe('how long an answer may be used by a shared cache', () => {
  test.each([
    ['s-maxage before max-age', ['Cache-Control: max-age=5, s-maxage=600'], 600, 's-maxage'],
    [
      'max-age before Expires',
      [DATE, 'Expires: Sun, 06 Nov 1994 09:49:37 GMT', 'Cache-Control: max-age=5'],
      5,
      'max-age',
    ],
    ['Expires less Date', [DATE, 'Expires: Sun, 06 Nov 1994 09:49:37 GMT'], 3600, 'Expires'],
    ['an Expires in the past is 0', [DATE, 'Expires: Sun, 06 Nov 1994 08:00:00 GMT'], 0, 'Expires'],
    ['Expires: 0 is in the past', [DATE, 'Expires: 0'], 0, 'Expires'],
    [
      'directives of several lines are one list',
      ['Cache-Control: public', 'cache-control: MAX-AGE=7'],
      7,
      'max-age',
    ],
    ['quotes do not matter', ['Cache-Control: max-age="60"'], 60, 'max-age'],
    ['of two the first counts', ['Cache-Control: max-age=3, max-age=600'], 3, 'max-age'],
    ['what is too large is 2³¹ s', ['Cache-Control: max-age=99999999999'], 2 ** 31, 'max-age'],
    ['a directive may hold a list', ['Cache-Control: no-cache="a, max-age=1", max-age=9'], 9, 'max-age'],
  ])('%s', (_, lines, lifetime, from) => {
    expect(freshnessOf(...lines)).toEqual({ lifetime, from, invalid: false })
  })

  test.each(['max-age=soon', 'max-age=-1', 'max-age=1.5', 'max-age=', 'max-age', 's-maxage=x, max-age=60'])(
    'none, and stale at once, by %s',
    value => {
      expect(freshnessOf(`Cache-Control: ${value}`)).toMatchObject({ lifetime: 0, invalid: true })
    },
  )

  test('a Last-Modified alone says nothing: heuristics are refused', () => {
    expect(freshnessOf(DATE, 'Last-Modified: Sun, 06 Nov 1983 08:49:37 GMT')).toEqual({
      lifetime: null,
      from: null,
      invalid: false,
    })
  })

  test('Expires without Date would need the time of receipt, which nobody kept', () => {
    expect(freshnessOf('Expires: Sun, 06 Nov 1994 08:49:37 GMT')).toEqual({
      lifetime: null,
      from: 'Expires',
      invalid: false,
    })
  })
})

describe('Cache-Control', () => {
  test('any number of directives in any order, with odd spaces and empty members', () => {
    expect([...readCacheControl(' ,public ,, MAX-AGE = 60,ext="a\\"b" ')]).toEqual([
      ['public', undefined],
      ['max-age', '60'],
      ['ext', 'a\\"b'],
    ])
    expect([...readCacheControl(undefined)]).toEqual([])
  })

  test('every number of seconds below 2³¹ reads as itself', () => {
    assert(
      property(integer({ min: 0, max: 2 ** 31 - 1 }), seconds => {
        expect(deltaSeconds(String(seconds))).toBe(seconds)
      }),
    )
  })
})

describe('an HTTP date', () => {
  test('in its three forms is the same instant, 784 111 777 s after 1970', () => {
    const forms = [
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ]
    expect(forms.map(readHttpDate)).toEqual([784_111_777, 784_111_777, 784_111_777])
  })

  test('agrees with the calendar of the language', () => {
    assert(
      property(integer({ min: 0, max: 4_102_444_800 }), seconds => {
        expect(readHttpDate(new Date(seconds * 1000).toUTCString())).toBe(seconds)
      }),
    )
  })

  test.each([
    '0',
    '-1',
    '',
    'tomorrow',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 28:49:37 GMT',
    'Sun, 00 Nov 1994 08:49:37 GMT',
  ])('is not %j', text => {
    expect(readHttpDate(text)).toBeUndefined()
  })
})

describe('a head', () => {
  test('has a status and fields by name, whatever their case; a list may stand on several lines', () => {
    const read = readHead('HTTP/2 200\nVary: Accept\nVARY:Cookie\nno colon\n')!
    expect([read.status, fieldValue(read, 'vary'), fieldValue(read, 'etag')]).toEqual([
      200,
      'Accept, Cookie',
      undefined,
    ])
  })

  test('is none in the text of an error', () => {
    expect(readHead('connect ECONNREFUSED 127.0.0.1:80')).toBeUndefined()
  })

  test('of 2048 characters was cut', () => {
    const filled = (length: number): string => head('X: ').padEnd(length, 'x')
    expect([2047, 2048].map(length => readHead(filled(length))!.cut)).toEqual([false, true])
  })
})
