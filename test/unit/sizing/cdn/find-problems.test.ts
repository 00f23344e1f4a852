import { describe, expect, test } from 'vitest'
import type { CacheProblem } from '../../../../src/sizing/cdn/cdn-answer.ts'
import type { CdnRoute } from '../../../../src/sizing/cdn/cdn-question.ts'
import { sizeCdn } from '../../../../src/sizing/cdn/size-cdn.ts'
import { head, question, route } from './cdn-fixture.ts'

const FILE = '/static/app.css'
const GOOD = ['Cache-Control: public, max-age=86400', 'ETag: "1"'] as const

const problems = (...routes: readonly CdnRoute[]): readonly CacheProblem[] =>
  sizeCdn(question({ routes })).problems

/** Problems of a single route of 1000/s with these header lines. */
const found = (path: string, ...lines: readonly string[]): readonly string[] =>
  problems(route({ path, head: head(...lines) })).map(({ id }) => id)

describe('what keeps a cache from answering', () => {
  test.each([
    ['no-store', ['Cache-Control: no-store', 'ETag: "1"']],
    ['private', ['Cache-Control: private, max-age=86400', 'ETag: "1"']],
    ['set-cookie', [...GOOD, 'Set-Cookie: session=secret; Path=/']],
    ['vary-star', [...GOOD, 'Vary: *']],
    ['vary-visitor', [...GOOD, 'Vary: Accept-Encoding, User-Agent']],
    ['no-freshness', ['ETag: "1"']],
    ['invalid-freshness', ['Cache-Control: max-age=1d', 'ETag: "1"']],
    ['always-revalidated', ['Cache-Control: no-cache', 'ETag: "1"']],
    ['always-revalidated', ['Cache-Control: max-age=0', 'ETag: "1"']],
    ['always-revalidated', ['Expires: 0', 'ETag: "1"']],
    ['short-freshness', ['Cache-Control: max-age=10', 'ETag: "1"']],
    ['no-validator', ['Cache-Control: max-age=86400']],
  ])('%s, and only it, on a file with %j', (id, lines) => expect(found(FILE, ...lines)).toEqual([id]))

  test('nothing on a file that is kept for a day and can be confirmed', () => {
    expect(found(FILE, ...GOOD)).toEqual([])
    expect(found(FILE, 'Cache-Control: s-maxage=30, max-age=0', 'Last-Modified: yesterday')).toEqual([])
  })

  test('a page may be no-store, private or set a cookie: that is for its author to say', () => {
    expect(found('/account', 'Cache-Control: no-store')).toEqual([])
    expect(found('/account', 'Cache-Control: private, max-age=60', 'Set-Cookie: a=b')).toEqual([])
  })

  test('a page that says how long it is good is meant to be kept', () => {
    expect(found('/', 'Cache-Control: max-age=60', 'ETag: "1"', 'Set-Cookie: a=b')).toEqual(['set-cookie'])
    expect(found('/', 'Cache-Control: max-age=60', 'ETag: "1"', 'Vary: Cookie')).toEqual(['vary-visitor'])
  })

  test('nothing is said of answers to POST, of parts, of what no head was kept of, and where a lifetime is given', () => {
    const bare = head('ETag: "1"')
    expect(
      problems(
        route({ share: 0.25, method: 'POST', head: bare }),
        route({ share: 0.25, head: null }),
        route({ share: 0.25, head: bare, ttl: 60 }),
        route({ share: 0.25, head: 'HTTP/1.1 206 Partial Content' }),
      ),
    ).toEqual([])
  })

  test('several problems of one answer are all named', () => {
    expect(found(FILE, 'Cache-Control: no-store, private', 'Set-Cookie: a=b', 'Vary: *').toSorted()).toEqual([
      'no-store',
      'private',
      'set-cookie',
      'vary-star',
    ])
  })
})

describe('what a problem costs', () => {
  test('no-store on a file of 400/s: all of them less one fetch a day', () => {
    const [problem] = problems(
      route({ name: 'css', path: FILE, share: 0.4, head: head('Cache-Control: no-store', 'ETag: "1"') }),
      route({ share: 0.6, method: 'POST' }),
    )
    expect(problem).toMatchObject({
      id: 'no-store',
      route: 'css',
      evidence: 'Cache-Control: no-store',
      costRps: { value: expect.closeTo(400 - 1 / (86_400 + 1 / 400), 9) },
      costBytesPerSecond: expect.closeTo(400 * 10_000, -1),
    })
    expect(problem?.costRps.from).toBe(
      'the origin is asked 1 000/s with it and 600/s without it (kept for 1440 min): 400/s',
    )
  })

  test('each of two problems costs what it would cost alone', () => {
    const both = problems(route({ path: FILE, head: head(...GOOD, 'Set-Cookie: a=b', 'Vary: *') }))
    expect(both.map(({ costRps }) => costRps.value)).toEqual([
      expect.closeTo(1000, 3),
      expect.closeTo(1000, 3),
    ])
  })

  test('a short lifetime costs the fetches that a longer one saves: 1/(10 + 1/1000) less 1/(86 400 + 1/1000) a second', () => {
    const [problem] = problems(route({ path: FILE, head: head('Cache-Control: max-age=10', 'ETag: "1"') }))
    expect(problem?.costRps.value).toBeCloseTo(1 / 10.001 - 1 / 86_400.001, 9)
  })

  test('a page without freshness is compared with a minute', () => {
    const [problem] = problems(route({ head: head('ETag: "1"') }))
    expect(problem?.costRps.value).toBeCloseTo(1000 - 1 / 60.001, 9)
  })

  /** Fetched once a day: the body, 10 000 bytes less the head, each time. */
  test('a missing validator costs bytes and no requests', () => {
    const kept = head('Cache-Control: max-age=86400')
    const [problem] = problems(route({ path: FILE, head: kept }))
    expect(problem?.costRps.value).toBe(0)
    expect(problem?.costBytesPerSecond).toBeCloseTo((10_000 - kept.length) / 86_400.001, 9)
  })

  test('the dearest comes first', () => {
    const lines = head('Cache-Control: no-store')
    const dear = problems(
      route({ name: 'rare', path: FILE, share: 0.1, head: lines }),
      route({ name: 'often', path: FILE, share: 0.9, head: lines }),
    )
    expect(dear.map(problem => problem.route)).toEqual(['often', 'rare'])
  })

  test('a cookie is named, its value is not', () => {
    const [problem] = problems(
      route({ path: FILE, head: head(...GOOD, 'Set-Cookie: session=secret; Path=/') }),
    )
    expect(problem?.evidence).toBe('Set-Cookie: session=…')
  })
})
