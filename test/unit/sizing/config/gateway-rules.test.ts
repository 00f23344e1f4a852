import { describe, expect, test } from 'vitest'
import { backendEndpoints, hostAndPort } from '../../../../src/sizing/config/addresses.ts'
import { gatewayFigures } from '../../../../src/sizing/config/gateway-figures.ts'
import { inert } from '../../../../src/sizing/config/inert.ts'
import { scalingTarget } from '../../../../src/sizing/config/scaling-target.ts'
import { writeConfigurations } from '../../../../src/sizing/config/write-configurations.ts'
import { nginxRate } from '../../../../src/sizing/config/write-nginx.ts'
import { fileNamed, limitsWith, withoutComments } from './sized-limits.ts'

describe('a comment', () => {
  test('is one line', () => {
    expect(inert('a\nb\r\nc\u2028d\te')).toBe('a b c d e')
  })
  test('cannot be ended from within', () => {
    expect(inert('a */ b /* c')).toBe('a * / b / * c')
  })
  test('is cut after 400 characters', () => {
    expect(inert('€'.repeat(401))).toBe(`${'€'.repeat(399)}…`)
    expect(inert('€'.repeat(400))).toBe('€'.repeat(400))
  })
  test('keeps the signs of formulas', () => {
    expect(inert('m = ⌈L + 3√L⌉ = 27; q = ⌊C₁ × T_q⌋')).toBe('m = ⌈L + 3√L⌉ = 27; q = ⌊C₁ × T_q⌋')
  })
})

describe('addresses', () => {
  test('that are given come first, the others are made up', () => {
    const given = [{ host: '::1', port: 81 }]
    expect(backendEndpoints(3, given).map(hostAndPort)).toEqual([
      '[::1]:81',
      '198.18.0.2:8080',
      '198.18.0.3:8080',
    ])
  })
  test('are no more than there are backends, and at most 1000', () => {
    expect(
      backendEndpoints(1, [
        { host: 'a', port: 1 },
        { host: 'b', port: 1 },
      ]),
    ).toHaveLength(1)
    expect(backendEndpoints(5000, [])).toHaveLength(1000)
    // 1000 = 3 × 256 + 232
    expect(backendEndpoints(5000, []).at(-1)!.host).toBe('198.18.3.232')
  })
})

describe('figures', () => {
  test('are never 0 where 0 would mean no limit', () => {
    const { queue, queueTimeoutMs } = gatewayFigures(limitsWith({ queue: 0, queueTimeout: 0.0001 }))
    expect(queue).toEqual({ value: 1, from: 'from queue; at least 1, as 0 would mean no limit' })
    expect(queueTimeoutMs.value).toBe(1)
  })
  test.each([
    // 734.4 / 1224 = 0.6 of 3: 1.2 may be missing.
    [{}, 1],
    // 10 × (1 − 0.6) = 4
    [{ backends: 10 }, 4],
    [{ originPeak: 2000 }, 0],
    // Nearly idle, but one has to stay.
    [{ originPeak: 1e-6 }, 2],
  ])('the peak can do without: %j', (changes, spare) => {
    expect(gatewayFigures(limitsWith(changes)).spare.value).toBe(spare)
  })
})

test.each([
  [1224, '1224r/s'],
  [302.1, '302r/s'],
  // 10/s would be 6.5 % less
  [10.7, '642r/m'],
  [0.5, '30r/m'],
  [0.001, '1r/m'],
])('nginx takes a rate of %d/s as %s', (rate, text) => {
  expect(nginxRate(rate).text).toBe(text)
})

describe('an autoscaler', () => {
  test('is to have n backends at the peak: 734.4/s on 3 are 244.8/s each', () => {
    expect(scalingTarget(limitsWith()).value).toBeCloseTo(244.8, 9)
    expect(fileNamed(writeConfigurations(limitsWith()), 'kubernetes.yaml')).toContain('averageValue: 244800m')
  })
  test('acts before one is full, though it ignores 10 %: 408 / 1.1 = 370.9', () => {
    expect(scalingTarget(limitsWith({ originPeak: 1200 })).value).toBeCloseTo(408 / 1.1, 9)
  })
})

describe('without a retry budget nobody tries again', () => {
  const files = writeConfigurations(limitsWith({ retryBudget: 0 }))
  test.each([
    ['haproxy.cfg', /^ {2}retries 0$/m],
    ['nginx.conf', /proxy_next_upstream off;[^]*proxy_next_upstream_tries 1;/],
    ['envoy.yaml', /budget_percent: \{ value: 0 \}\s+min_retry_concurrency: 0/],
    ['edge-numbers.md', /Connection attempts \| 1 /],
  ])('%s', (name, line) => {
    expect(fileNamed(files, name)).toMatch(line)
  })
  test('and neither Envoy nor Varnish has a rule for it', () => {
    expect(withoutComments(fileNamed(files, 'envoy.yaml')).join('\n')).not.toContain('retry_policy')
    expect(withoutComments(fileNamed(files, 'varnish.vcl')).join('\n')).not.toContain('retry')
  })
})
