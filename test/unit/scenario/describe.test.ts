import { expect, test } from 'vitest'
import { describePlan } from '../../../src/scenario/describe.ts'
import { planOf, planWith } from './reading.ts'

test('a plan reads as a list of stages, requests and promises', () => {
  const plan = planOf(`
name: launch
target: http://127.0.0.1:8080
stages:
  - { name: warm-up, rate: 50/s, for: 10s, warmup: true }
  - { name: ramp, from: 50/s, to: 150/s, for: 60s }
requests:
  - { name: home, weight: 3, get: / }
  - { get: /about, deadline: 500ms }
promises: [p99 < 300ms]
`)
  // 50/s × 10 s = 500 and (50 + 150)/2 × 60 s = 6000 requests; weights 3 and 1.
  expect(describePlan(plan)).toEqual([
    'launch',
    'target    http://127.0.0.1:8080',
    'arrivals  Poisson',
    'takes     70 s, about 6 500 requests',
    '',
    '2 stages',
    '  warm-up  50/s           10 s  about 500 requests, warm-up',
    '  ramp     50/s to 150/s  60 s  about 6 000 requests',
    '',
    '2 requests',
    '  home        75 %  within 10 s  GET /',
    '  GET /about  25 %  within 500 ms',
    '',
    '1 promise',
    '  p99 < 300ms',
  ])
})

test('a long list is cut in the middle, and says by how much', () => {
  const lines = describePlan(planWith('stages: [{ name: up, from: 1/s, to: 100/s, steps: 100, each: 1s }]'))
  const stages = lines.slice(lines.indexOf('100 stages') + 1, lines.indexOf('1 request') - 1)
  expect(stages).toHaveLength(12)
  expect(stages[9]).toContain('up 10/100')
  expect(stages[10]).toContain('… 89 more stages …')
  expect(stages[11]).toContain('up 100/100')
})

test('no line is wider than 80 columns, however long names and paths are', () => {
  const long = 'x'.repeat(100)
  const lines = describePlan(
    planWith(`name: ${long}
stages: [{ name: ${long}, from: 1/s, to: 123456.789/s, for: 1h }]
requests: [{ name: ${long}, get: /${long} }]
promises: [p99 of ${long} < 300ms up to 500/s]`),
  )
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
})

test('a closed model reads as its ladder, without rates', () => {
  const plan = planOf('target: http://a\nmodel: closed\nconnections: [1, 8]\npromises: [errors < 1%]\n')
  // Two rungs of 5 s.
  expect(describePlan(plan)).toEqual([
    'shop',
    'target    http://a',
    'model     closed: a connection sends its next request after an answer',
    'takes     10 s',
    '',
    '2 stages',
    '  1 connection   5 s',
    '  8 connections  5 s',
    '',
    '1 request',
    '  GET /  100 %  within 10 s',
    '',
    '1 promise',
    '  errors < 1%',
  ])
})

test.each([
  ['http: 2', ['over      HTTP/2, up to 100 streams on one connection']],
  ['connection-strategy: per-request', ['over      HTTP/1.1, a new connection for each request']],
  ['connection-strategy: { per-user: 500 }', ['over      HTTP/1.1, 500 users with connections of their own']],
  ['connection-strategy: { max-requests: 1 }', ['over      HTTP/1.1, a new connection after 1 answer']],
  ['tls: { insecure: true }', ['tls       any certificate is taken, whoever it is from']],
  [
    'tls: { ca: a.pem, cert: b.pem, key: b.key, server-name: c.example, resume: false }',
    [
      'tls       trusts the authorities in a.pem',
      '          shows the client certificate b.pem',
      '          asks for the server c.example',
      '          every connection makes a full handshake',
    ],
  ],
])('%s is described after the arrivals', (lines, expected) => {
  const described = describePlan(planOf(`target: https://a\n${lines}\nstages: [{ rate: 1/s, for: 1s }]`))
  const takes = described.findIndex(line => line.startsWith('takes'))
  expect(described.slice(2, takes)).toEqual(['arrivals  Poisson', ...expected])
})
