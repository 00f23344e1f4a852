import { describe, expect, test } from 'vitest'
import { forbiddenTarget } from '../../../src/cli/allowed-target.ts'
import type { Target } from '../../../src/plan/plan.ts'

const target = (host: string, socketPath?: string): Target => ({
  protocol: 'http',
  host,
  port: 80,
  basePath: '',
  ...(socketPath === undefined ? {} : { socketPath }),
})

describe('load may go to', () => {
  test.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST', 'localhost.'])(
    'this machine: %s',
    host => {
      expect(forbiddenTarget(target(host), [])).toBeUndefined()
    },
  )

  test('a unix socket, whatever its Host header says', () => {
    expect(forbiddenTarget(target('shop.example', '/run/shop.sock'), [])).toBeUndefined()
  })

  test('a host that was named, however it is written', () => {
    expect(forbiddenTarget(target('shop.example'), ['other.example', 'Shop.Example'])).toBeUndefined()
    expect(forbiddenTarget(target('2001:db8::1'), ['[2001:db8::1]'])).toBeUndefined()
  })
})

test.each([
  '10.0.0.1',
  '128.0.0.1',
  '127.0.0.1.shop.example',
  'localhost.shop.example',
  'shop.example',
  '0.0.0.0',
  '::2',
])('load may not go to %s unless it is named', host => {
  expect(forbiddenTarget(target(host), ['shop', 'example'])).toMatchObject({
    code: 'run/host-not-allowed',
    fix: `if you may load that host, add --allow-host ${host}`,
  })
})
