import { describe, expect, test } from 'vitest'
import { durationOf, formatTarget, isExpected } from '../../../src/plan/plan.ts'
import type { Target } from '../../../src/plan/plan.ts'
import { hold, request } from '../../support/simulate-result.ts'

const local: Target = { protocol: 'http', host: '127.0.0.1', port: 8080, basePath: '' }

test.each<[string, Partial<Target>]>([
  ['http://127.0.0.1:8080', {}],
  ['http://127.0.0.1', { port: 80 }],
  ['http://127.0.0.1:443', { port: 443 }],
  ['https://127.0.0.1', { protocol: 'https', port: 443 }],
  ['https://127.0.0.1:80', { protocol: 'https', port: 80 }],
  ['http://[::1]:8080/base', { host: '::1', basePath: '/base' }],
  ['http://[::1]', { host: '::1', port: 80 }],
  ['unix:/run/app.sock', { socketPath: '/run/app.sock' }],
  ['unix:/run/app.sock:/base', { socketPath: '/run/app.sock', basePath: '/base' }],
])('formats %s', (expected, difference) => {
  expect(formatTarget({ ...local, ...difference })).toBe(expected)
})

describe('an answer is expected', () => {
  test.each([
    [199, false],
    [200, true],
    [399, true],
    [400, false],
    [502, false],
  ])('without a list, %s: %s', (status, good) => expect(isExpected(request('r'), status)).toBe(good))

  test('with a list, exactly when it is on it', () => {
    const template = { ...request('r'), expect: [404, 410] }
    expect([404, 410, 200, 403].map(status => isExpected(template, status))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

test('a trial lasts as long as its stages together', () => {
  expect(durationOf({ stages: [hold('a', 1, 2), hold('b', 1, 0.5)] })).toBe(2.5e9)
})
