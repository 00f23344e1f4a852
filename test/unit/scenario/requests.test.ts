import { describe, expect, test } from 'vitest'
import { codesWith, faultsWith, planWith } from './reading.ts'

describe('a request has one method and one path', () => {
  test.each([
    ['get: /', 'GET', '/'],
    ['post: /a?b=c', 'POST', '/a?b=c'],
    ['put: /a', 'PUT', '/a'],
    ['patch: /a', 'PATCH', '/a'],
    ['delete: /a', 'DELETE', '/a'],
    ['head: /a', 'HEAD', '/a'],
    ['options: /a', 'OPTIONS', '/a'],
    ['method: purge, path: /a', 'PURGE', '/a'],
  ])('%s', (line, method, path) => {
    const [request] = planWith(`requests: [{ ${line} }]`).requests
    expect([request!.name, request!.method, request!.path]).toEqual([`${method} ${path}`, method, path])
  })

  test.each(['name: a', 'get: /, post: /', 'method: PURGE', 'path: /', 'get: /, method: PURGE, path: /'])(
    'not %s',
    line => {
      expect(codesWith(`requests: [{ ${line} }]`)).toEqual(['scenario/request-line'])
    },
  )
})

describe('a path goes onto the wire as it is', () => {
  test.each([
    ['products', 'write /products'],
    ['/two words', 'write /two%20words'],
    ['/größe/50%25', 'write /gr%C3%B6%C3%9Fe/50%25'],
    ['/a#top', 'write /a'],
    ['http://shop.test/a?b', 'write /a?b'],
    ['http://shop.test', 'write /'],
    ['"/a\\r\\nx: y"', 'write /a%0D%0Ax:%20y'],
    ['"/\\uD800"', 'write /%EF%BF%BD'],
  ])('%s', (path, fix) => {
    expect(faultsWith(`requests: [{ get: ${path} }]`)).toEqual([`scenario/path: ${fix}`])
  })
})

describe('headers', () => {
  test('of the scenario come first, and give way to the request, whatever their case', () => {
    const { requests } = planWith(`
headers: { accept: text/html, X-Trace: 1, Host: shop.example }
requests:
  - { name: a, get: /, headers: { ACCEPT: "*/*", n: 5 } }
  - { name: b, post: /, json: [1], headers: { Content-Type: application/vnd.api+json } }
`)
    expect(requests.map(({ headers }) => headers)).toEqual([
      [
        ['X-Trace', '1'],
        ['Host', 'shop.example'],
        ['ACCEPT', '*/*'],
        ['n', '5'],
      ],
      [
        ['accept', 'text/html'],
        ['X-Trace', '1'],
        ['Host', 'shop.example'],
        ['Content-Type', 'application/vnd.api+json'],
      ],
    ])
  })

  test.each([
    ['{ "a b": x }', 'scenario/header-name'],
    ['{ "": x }', 'scenario/header-name'],
    ['{ "a:": x }', 'scenario/header-name'],
    ['{ a: "x\\r\\nb: y" }', 'scenario/header-value'],
    ['{ a: ü }', 'scenario/header-value'],
    ['{ a: }', 'scenario/not-a-text'],
    ['{ a: [x] }', 'scenario/not-a-text'],
    ['{ Connection: close }', 'scenario/header-owned'],
    ['{ content-length: 5 }', 'scenario/header-owned'],
    ['{ Transfer-Encoding: chunked }', 'scenario/header-owned'],
    ['{ accept: a, Accept: b }', 'scenario/duplicate-header'],
    ['[accept]', 'scenario/not-a-mapping'],
  ])('%s', (headers, code) => {
    expect(codesWith(`headers: ${headers}`)).toEqual([code])
    expect(codesWith(`requests: [{ get: /, headers: ${headers} }]`)).toEqual([code])
  })

  test('__proto__ is a name like any other', () => {
    expect(planWith('headers: { __proto__: a }').requests[0]!.headers).toEqual([['__proto__', 'a']])
    expect(planWith('requests: [{ post: /, json: { __proto__: 1 } }]').requests[0]!.body).toBe(
      '{"__proto__":1}',
    )
  })
})

describe('expected statuses', () => {
  test.each([
    ['200', [200]],
    ['[404, 200, 404]', [200, 404]],
    ['200-203', [200, 201, 202, 203]],
    ['[201 - 202, 304]', [201, 202, 304]],
  ])('%s', (statuses, expected) => {
    expect(planWith(`expect: ${statuses}`).requests[0]!.expect).toEqual(expected)
  })

  test.each(['[]', '99', '101', '600', '204-200', '1xx', 'ok', '[[200]]'])('not %s', statuses => {
    expect(codesWith(`expect: ${statuses}`)).toEqual(['scenario/status'])
  })

  test('2xx is the hundred statuses from 200 to 299', () => {
    const { expect: statuses } = planWith('requests: [{ get: /, expect: 2xx }]').requests[0]!
    expect(statuses).toEqual(Array.from({ length: 100 }, (_, i) => 200 + i))
  })
})

test('body is sent as written, and never beside json', () => {
  expect(planWith('requests: [{ post: /, body: "a=1&b=ü" }]').requests[0]!.body).toBe('a=1&b=ü')
  expect(planWith('requests: [{ post: /, body: 1.50 }]').requests[0]!.body).toBe('1.50')
  expect(codesWith('requests: [{ post: /, body: a, json: b }]')).toEqual(['scenario/body-and-json'])
})

test.each(['0', '-1', '1/s', 'two', '.inf', '.nan'])('the weight %s is a problem', weight => {
  expect(codesWith(`requests: [{ get: /, weight: ${weight} }]`)).toEqual(['scenario/not-a-positive-number'])
})

test('two requests with the same name, given or not, are a problem', () => {
  expect(codesWith('requests: [{ get: / }, { get: / }]')).toEqual(['scenario/duplicate-name'])
  expect(codesWith('requests: [{ name: GET /, head: / }, { get: / }]')).toEqual(['scenario/duplicate-name'])
})

test.each(['connect', '"GET /"', '""'])('the method %s is a problem', method => {
  expect(codesWith(`requests: [{ method: ${method}, path: / }]`)).toEqual(['scenario/method'])
})
