import { describe, expect, test } from 'vitest'
import { encodeRequest } from '../../../src/http/encode-request.ts'
import type { RequestTemplate, Target } from '../../../src/plan/plan.ts'
import { request } from '../../support/simulate-result.ts'

const target: Target = { protocol: 'http', host: '127.0.0.1', port: 8080, basePath: '' }

const encoded = (template: Partial<RequestTemplate> = {}, to: Partial<Target> = {}): string =>
  encodeRequest({ ...request('home'), path: '/', ...template }, { ...target, ...to }).toString('utf8')

const lineOf = (name: string, text: string): string[] =>
  text.split('\r\n').filter(line => line.toLowerCase().startsWith(`${name}:`))

test('a GET', () => {
  expect(encoded({ path: '/a?b=c' })).toBe(
    'GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: plimsoll\r\nAccept: */*\r\n\r\n',
  )
})

test('the last request on a connection leaves the closing to the server', () => {
  const template = { ...request('home'), path: '/' }
  expect(encodeRequest(template, target, 'last').toString()).toBe(
    'GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: plimsoll\r\nAccept: */*\r\nConnection: close\r\n\r\n',
  )
})

test('headers in their order, a body with its length in bytes', () => {
  const template = {
    method: 'POST',
    path: '/pay',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Empty', ''],
    ] as const,
    body: '{"a":"é"}',
  }
  expect(encoded(template, { basePath: '/shop' })).toBe(
    'POST /shop/pay HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: plimsoll\r\nAccept: */*\r\n' +
      'Content-Type: application/json\r\nX-Empty: \r\nContent-Length: 10\r\n\r\n{"a":"é"}',
  )
})

describe('the length is told', () => {
  test.each([
    ['POST', undefined, ['Content-Length: 0']],
    ['PUT', undefined, ['Content-Length: 0']],
    ['PATCH', '', ['Content-Length: 0']],
    ['GET', undefined, []],
    ['DELETE', undefined, []],
    ['DELETE', 'x', ['Content-Length: 1']],
    ['GET', 'query', ['Content-Length: 5']],
  ])('%s with body %j', (method, body, expected) => {
    const template = body === undefined ? { method } : { method, body }
    expect(lineOf('content-length', encoded(template))).toEqual(expected)
  })
})

test.each([
  ['Host: 127.0.0.1:8080', {}],
  ['Host: example.com', { host: 'example.com', port: 80 }],
  ['Host: example.com', { protocol: 'https', host: 'example.com', port: 443 }],
  ['Host: example.com:80', { protocol: 'https', host: 'example.com', port: 80 }],
  ['Host: [::1]:8080', { host: '::1' }],
  ['Host: localhost', { host: 'localhost', port: 80, socketPath: '/run/app.sock' }],
  ['Host: 127.0.0.1:8080', { basePath: '/base' }],
] as const)('%s', (expected, to) => expect(lineOf('host', encoded({}, to))).toEqual([expected]))

test('a header of the template takes the place of our own, whatever its case', () => {
  const text = encoded({
    headers: [
      ['HOST', 'other'],
      ['user-agent', 'me'],
      ['Accept', 'text/html'],
    ],
  })
  expect(text).toBe('GET / HTTP/1.1\r\nHOST: other\r\nuser-agent: me\r\nAccept: text/html\r\n\r\n')
})
