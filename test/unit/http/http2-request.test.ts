import { describe, expect, test } from 'vitest'
import { prepareHttp2Request } from '../../../src/http/http2-request.ts'
import type { RequestTemplate, Target } from '../../../src/plan/plan.ts'
import { template } from '../../support/watched-engine.ts'

const TARGET: Target = { protocol: 'https', host: 'shop.test', port: 8443, basePath: '/v1' }
const headersOf = (rest: Partial<RequestTemplate>, target = TARGET): Record<string, unknown> => ({
  ...prepareHttp2Request(template(1000, rest), target).headers,
})

describe('the headers of a request', () => {
  test('begin with what HTTP/1.1 says in its first line and Host', () => {
    expect(headersOf({ path: '/a?b=c' })).toEqual({
      ':method': 'GET',
      ':path': '/v1/a?b=c',
      ':scheme': 'https',
      ':authority': 'shop.test:8443',
      'user-agent': 'plimsoll',
      accept: '*/*',
    })
  })

  test.each<readonly [Partial<Target>, string]>([
    [{ port: 443 }, 'shop.test'],
    [{ protocol: 'http', port: 80 }, 'shop.test'],
    [{ host: '::1' }, '[::1]:8443'],
    [{ socketPath: '/run/shop.sock', host: 'localhost', port: 443 }, 'localhost'],
  ])('name the authority of %j as %s', (target, authority) => {
    expect(headersOf({}, { ...TARGET, ...target })[':authority']).toBe(authority)
  })

  test('are in lower case; Host becomes the authority, and own ones go before the usual ones', () => {
    const own = [
      ['Host', 'www.shop.test'],
      ['User-Agent', 'me'],
      ['X-Id', 'A'],
    ] as const
    expect(headersOf({ headers: own })).toEqual({
      ':method': 'GET',
      ':path': '/v1/',
      ':scheme': 'https',
      ':authority': 'www.shop.test',
      'user-agent': 'me',
      accept: '*/*',
      'x-id': 'A',
    })
  })

  test('that were given several times are joined, cookies in their own way', () => {
    const own = [
      ['X-Id', 'a'],
      ['Cookie', 'a=1'],
      ['x-id', 'b'],
      ['cookie', 'b=2'],
    ] as const
    expect(headersOf({ headers: own })).toMatchObject({ 'x-id': 'a, b', cookie: 'a=1; b=2' })
  })

  test('do not speak of the connection, which HTTP/2 forbids', () => {
    const own = [
      ['Connection', 'close, X-Hop'],
      ['X-Hop', '1'],
      ['Keep-Alive', 'timeout=5'],
      ['Proxy-Connection', 'close'],
      ['Transfer-Encoding', 'chunked'],
      ['Upgrade', 'h2c'],
      ['HTTP2-Settings', 'AAMAAABk'],
      ['TE', 'gzip'],
      ['Content-Length', '7'],
    ] as const
    expect(headersOf({ headers: own })).toEqual(headersOf({}))
    expect(headersOf({ headers: [['TE', 'trailers']] })).toMatchObject({ te: 'trailers' })
  })
})

describe('the body of a request', () => {
  test('is counted in bytes, not in characters', () => {
    const { headers, body } = prepareHttp2Request(template(1000, { method: 'PUT', body: '5 €' }), TARGET)
    expect(body?.toString('utf8')).toBe('5 €')
    // The sign takes three bytes in UTF-8.
    expect(headers['content-length']).toBe('5')
  })

  test.each([
    ['POST', '0'],
    ['PUT', '0'],
    ['PATCH', '0'],
    ['GET', undefined],
    ['DELETE', undefined],
  ])('of a %s that has none has the length %s', (method, length) => {
    const { headers, body } = prepareHttp2Request(template(1000, { method }), TARGET)
    expect([headers['content-length'], body]).toEqual([length, undefined])
  })
})
