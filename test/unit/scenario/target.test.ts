import { describe, expect, test } from 'vitest'
import { formatTarget } from '../../../src/plan/plan.ts'
import { parseTarget } from '../../../src/scenario/target.ts'

function targetOf(text: string): unknown {
  const parsed = parseTarget(text)
  return 'target' in parsed ? parsed.target : parsed.faults.map(({ code }) => code)
}

describe('a target', () => {
  test.each([
    ['http://127.0.0.1:8080', 'http', '127.0.0.1', 8080, ''],
    ['http://shop.test', 'http', 'shop.test', 80, ''],
    ['HTTPS://Shop.Test/', 'https', 'shop.test', 443, ''],
    ['https://shop.test:8443/a/b/', 'https', 'shop.test', 8443, '/a/b'],
    ['http://[::1]:8080/x', 'http', '::1', 8080, '/x'],
    ['http://[2001:DB8::7]', 'http', '2001:db8::7', 80, ''],
    ['http://[::ffff:10.0.0.1]', 'http', '::ffff:10.0.0.1', 80, ''],
    ['http://my_service-1.local', 'http', 'my_service-1.local', 80, ''],
  ])('%s', (text, protocol, host, port, basePath) => {
    expect(targetOf(text)).toEqual({ protocol, host, port, basePath })
  })

  test.each([
    ['unix:/run/app.sock', '/run/app.sock', ''],
    ['unix:/run/app.sock:/base/', '/run/app.sock', '/base'],
    ['unix:///run/app.sock', '/run/app.sock', ''],
  ])('%s', (text, socketPath, basePath) => {
    expect(targetOf(text)).toEqual({ protocol: 'http', host: 'localhost', port: 80, socketPath, basePath })
  })

  test.each(['http://shop.test', 'https://[::1]:8443/base', 'unix:/run/app.sock', 'unix:/a.sock:/b'])(
    '%s is printed as it was written',
    text => {
      const parsed = parseTarget(text)
      expect('target' in parsed && formatTarget(parsed.target)).toBe(text)
    },
  )
})

describe('not a target', () => {
  test.each([
    ['localhost:8080', 'scenario/target-scheme'],
    ['ftp://a', 'scenario/target-scheme'],
    ['', 'scenario/target-scheme'],
    ['http:/a', 'scenario/target-scheme'],
    ['http://', 'scenario/target-host'],
    ['http://a b', 'scenario/target-host'],
    ['http://-a', 'scenario/target-host'],
    ['http://größe.test', 'scenario/target-host'],
    ['http://127.0.0.256', 'scenario/target-host'],
    ['http://127.1', 'scenario/target-host'],
    ['http://[::1]x', 'scenario/target-host'],
    ['http://[::1', 'scenario/target-host'],
    ['http://::1', 'scenario/target-host'],
    ['http://[1:2:3]', 'scenario/target-host'],
    ['http://[1::2::3]', 'scenario/target-host'],
    ['http://[::12345]', 'scenario/target-host'],
    ['http://[1:2:3:4:5:6:7:8:9]', 'scenario/target-host'],
    ['http://a:0', 'scenario/target-port'],
    ['http://a:65536', 'scenario/target-port'],
    ['http://a:', 'scenario/target-port'],
    ['http://a:b', 'scenario/target-port'],
    ['http://a?b', 'scenario/target-query'],
    ['http://a/#b', 'scenario/target-query'],
    ['http://a/b c', 'scenario/path'],
    ['unix:', 'scenario/target-socket'],
    ['unix:app.sock', 'scenario/target-socket'],
    ['unix:/', 'scenario/target-socket'],
    ['unix:/a.sock:base', 'scenario/path'],
    ['http://%@a', 'scenario/target-user'],
    ['http://a:%0A@a', 'scenario/target-user'],
    ['http://a%3Ab:c@a', 'scenario/target-user'],
  ])('%s', (text, code) => {
    expect(targetOf(text)).toEqual([code])
  })

  test('several faults come at once', () => {
    expect(targetOf('http://a..b:x/?q')).toEqual([
      'scenario/target-host',
      'scenario/target-port',
      'scenario/target-query',
    ])
  })

  test('a missing scheme is filled in', () => {
    const parsed = parseTarget('shop.test:8080/base')
    expect('faults' in parsed && parsed.faults[0]!.fix).toBe('write target: http://shop.test:8080/base')
  })
})

test.each([
  ['http://me@a', 'me:'],
  ['http://me:a%40b%3A%C3%BC@a', 'me:a@b:ü'],
  ['http://me:a:b@a', 'me:a:b'],
  ['http://:@a', ':'],
])('%s signs in as %s', (text, plain) => {
  const parsed = parseTarget(text)
  const expected = `Basic ${Buffer.from(plain, 'utf8').toString('base64')}`
  expect('target' in parsed && parsed.authorization).toBe(expected)
})
