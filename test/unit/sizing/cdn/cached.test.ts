import { describe, expect, test } from 'vitest'
import { judgeCached } from '../../../../src/sizing/cdn/cached.ts'
import type { Cached } from '../../../../src/sizing/cdn/cdn-answer.ts'
import { head, route } from './cdn-fixture.ts'

const judged = (...lines: readonly string[]): Cached => judgeCached(route({ head: head(...lines) }))

const DATE = 'Date: Sun, 06 Nov 1994 08:49:37 GMT'

describe('what a shared cache makes of an answer', () => {
  test.each([
    [['Cache-Control: max-age=60'], 60],
    [['Cache-Control: public, max-age=60, s-maxage=3600'], 3600],
    [['Cache-Control: max-age=60, must-revalidate'], 60],
    [['Cache-Control: s-maxage=60, max-age=0'], 60],
    [['Cache-Control: max-age=60', 'Vary: Accept-Encoding, Origin'], 60],
    [[DATE, 'Expires: Sun, 06 Nov 1994 08:50:37 GMT'], 60],
  ])('%j is kept', (lines, ttl) => expect(judged(...lines)).toMatchObject({ kind: 'kept', ttl }))

  test.each([
    [['Cache-Control: no-store, max-age=60'], /no-store/],
    [['Cache-Control: private, max-age=60'], /private/],
    [['Cache-Control: private="x-user", max-age=60'], /private/],
    [['Cache-Control: no-cache, max-age=60'], /revalidated/],
    [['Cache-Control: max-age=0'], /revalidated/],
    [['Cache-Control: s-maxage=0, max-age=60'], /revalidated/],
    [['Cache-Control: max-age=60', 'Set-Cookie: a=b'], /cookie/],
    [['Cache-Control: max-age=60', 'Vary: *'], /Vary/],
    [['Cache-Control: max-age=60', 'Vary: Accept, Cookie'], /visitor/],
    [['Cache-Control: max-age=soon'], /no number of seconds/],
    [['Cache-Control: public'], /does not say for how long/],
    [['Last-Modified: Sun, 06 Nov 1983 08:49:37 GMT'], /does not say for how long/],
    [['Expires: Sun, 06 Nov 1994 08:49:37 GMT'], /without a Date/],
    [[], /does not say for how long/],
  ])('%j is not kept', (lines, because) =>
    expect(judged(...lines)).toEqual({ kind: 'not-kept', because: expect.stringMatching(because) }),
  )

  test('all reasons are named at once', () => {
    expect(judged('Cache-Control: no-store, private', 'Set-Cookie: a=b').because).toBe(
      'Cache-Control: no-store; Cache-Control: private; it sets a cookie; it does not say for how long; what caches then guess is not counted on',
    )
  })

  test('a part of an object is not kept', () => {
    const partial = 'HTTP/1.1 206 Partial Content\r\nCache-Control: max-age=60'
    expect(judgeCached(route({ head: partial })).kind).toBe('not-kept')
  })

  test('only GET and HEAD are answered from a cache, whatever the head or the user says', () => {
    const kept = { head: head('Cache-Control: max-age=60'), ttl: 60 }
    expect(
      ['GET', 'HEAD', 'POST', 'PUT'].map(method => judgeCached(route({ ...kept, method })).kind),
    ).toEqual(['kept', 'kept', 'not-kept', 'not-kept'])
  })

  test('a lifetime given by the user counts, also 0', () => {
    const given = (ttl: number): Cached => judgeCached(route({ head: head('Cache-Control: no-store'), ttl }))
    expect(given(30)).toMatchObject({ kind: 'kept', ttl: 30 })
    expect(given(0).kind).toBe('not-kept')
  })

  test.each([
    ['no head', null],
    ['an error', 'read ECONNRESET'],
    ['a head that was cut', head('Cache-Control: max-age=60', 'X: ').padEnd(2048, 'x')],
  ])('nothing is claimed from %s', (_, kept) => {
    expect(judgeCached(route({ head: kept })).kind).toBe('unknown')
  })
})
