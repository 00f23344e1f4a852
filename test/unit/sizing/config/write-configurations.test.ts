import { assert, constantFrom, double, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { writeConfigurations } from '../../../../src/sizing/config/write-configurations.ts'
import { fileNamed, limitsWith, saidAbove, VALUES, withoutComments } from './sized-limits.ts'
import type { FigureName } from './sized-limits.ts'

const FILES = writeConfigurations(limitsWith())

test('there is a file for each program', () => {
  expect(FILES.map(({ name, program }) => [name, program])).toEqual([
    ['haproxy.cfg', 'HAProxy'],
    ['nginx.conf', 'nginx'],
    ['nginx-cache.conf', 'nginx'],
    ['envoy.yaml', 'Envoy'],
    ['varnish.vcl', 'Varnish'],
    ['kubernetes.yaml', 'Kubernetes'],
    ['edge-numbers.md', 'ALB, CloudFront, Cloudflare'],
  ])
})

/** n = 3, m = 27, q = 306, T_q = 750 ms, answers given up after 1800 ms. */
describe.each<[file: string, line: string, from: readonly FigureName[]]>([
  ['haproxy.cfg', 'maxconn 27 maxqueue 306', ['maxConcurrent', 'queue']],
  ['haproxy.cfg', 'if { avg_queue gt 306 }', ['queue']],
  ['haproxy.cfg', 'hdr Retry-After 1 ', ['queueTimeout']],
  ['haproxy.cfg', 'timeout queue 750ms', ['queueTimeout']],
  ['haproxy.cfg', 'timeout server 1800ms', ['answerTimeout']],
  ['haproxy.cfg', 'retries 1', ['retryBudget']],
  ['haproxy.cfg', 'server b1 198.18.0.1:8080', ['backends']],
  ['nginx.conf', 'max_conns=34', ['maxConcurrentWithoutQueue']],
  ['nginx.conf', 'rate=1224r/s', ['ceiling']],
  // 3 × 306
  ['nginx.conf', 'burst=918', ['queue', 'queueTimeout']],
  // ⌈14.7 × 3⌉
  ['nginx.conf', 'keepalive 45;', ['concurrency']],
  // ⌈0.05 × 10 s × 408/s⌉
  ['nginx.conf', 'max_fails=204', ['capacity']],
  ['nginx.conf', 'proxy_read_timeout 1800ms', ['answerTimeout']],
  ['nginx.conf', 'proxy_next_upstream error', ['retryBudget']],
  ['nginx-cache.conf', 'proxy_cache_lock_timeout 1800ms', ['answerTimeout']],
  // 3 × 27, 3 × 306
  ['envoy.yaml', 'max_requests: 81', ['maxConcurrent']],
  ['envoy.yaml', 'max_pending_requests: 918', ['queue']],
  ['envoy.yaml', 'retry_budget:', ['retryBudget']],
  ['envoy.yaml', 'timeout: 1.800s', ['answerTimeout']],
  ['varnish.vcl', '.max_connections = 34', ['maxConcurrentWithoutQueue', 'answerTimeout', 'backends']],
  ['varnish.vcl', '.timeout = 1.800s', ['answerTimeout']],
  ['varnish.vcl', 'bereq.retries < 1', ['retryBudget']],
  ['varnish.vcl', 'vcl 4.1', ['queue']],
  ['kubernetes.yaml', 'replicas: 3', ['backends']],
  ['kubernetes.yaml', 'minReplicas: 3', ['backends']],
  // 5 + ⌈1.8⌉
  ['kubernetes.yaml', 'terminationGracePeriodSeconds: 7', ['answerTimeout']],
])('%s: %s', (file, line, from) => {
  test.each(from)('says that it comes from %s', name => {
    expect(saidAbove(fileNamed(FILES, file), line)).toContain(`from ${name}`)
  })
})

test('the numbers for rented services say where they come from in their own row', () => {
  const rows = fileNamed(FILES, 'edge-numbers.md').split('\n')
  const rowOf = (start: string): string => rows.find(row => row.startsWith(`| ${start}`)) ?? ''
  expect(rowOf('targets')).toMatch(/\| 3 \|.*from backends/)
  expect(rowOf('idle')).toMatch(/\| 30 \|.*from answerTimeout/)
  expect(rowOf('deregistration')).toMatch(/\| 2 \|.*from answerTimeout/)
  expect(rowOf('requests at a time')).toMatch(/\| 27 \|.*from maxConcurrent/)
  expect(rowOf('waiting for each')).toMatch(/\| 306 \|.*from queue/)
  expect(rowOf('Response timeout')).toMatch(/\| 2 \|.*from answerTimeout/)
  expect(rowOf('Connection attempts')).toMatch(/\| 2 \|.*from retryBudget/)
  // 81 + 918
  expect(rowOf('connections that the origin accepts')).toMatch(/\| 999 \|.*from maxConcurrent/)
  // 60 × 734.4 / 3
  expect(rowOf('ALBRequestCountPerTarget')).toMatch(/\| 14688 \|/)
  expect(rowOf('rate limiting')).toContain('from ceiling')
})

const HOSTILE = [
  'a\n}\nserver { listen 1; }',
  'a\r\nglobal\r\n  daemon',
  '*/ } backend evil { .host = "1.2.3.4"; } /*',
  'C{ system("id"); }C',
  'a\u2028b\u2029c\u0085d\u000be\u0000f\uFEFF\uD800',
  '\\',
  '"${HOME}" \'',
  '%{+Q}o | <img src=x> [a](javascript:b) `c` # d',
  '\u202Egnp.exe',
  'x'.repeat(5000),
]

/** Of the lines that a program acts on all, of the markdown how many cells each has, and of both how many lines there are. */
const actedOn = (word: string): readonly unknown[] =>
  writeConfigurations(limitsWith({}, () => word)).map(({ name, text }) => [
    name.endsWith('.md') ? cellsOf(text) : withoutComments(text),
    text.split('\n').length,
  ])

const cellsOf = (text: string): readonly number[] =>
  text.split('\n').map(line => line.replaceAll(/\\./g, '').split('|').length)

const PLAIN = actedOn('plain')

test.each(HOSTILE)('what a sentence says changes nothing but a comment: %j', word => {
  expect(actedOn(word)).toEqual(PLAIN)
})

test('whatever a sentence says', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 200 }), word => {
      expect(actedOn(word)).toEqual(PLAIN)
    }),
    { numRuns: 50 },
  )
})

const positive = double({ min: 1e-9, max: 1e12, noNaN: true, noDefaultInfinity: true })
const figures = {
  ...(Object.fromEntries(Object.keys(VALUES).map(name => [name, positive])) as Record<
    FigureName,
    typeof positive
  >),
  backends: integer({ min: 1, max: 20 }),
}

test('any positive figures make lines that programs can read: whole numbers, no exponent, braces that close, YAML that parses', () => {
  assert(
    property(record(figures), constantFrom(1, 3), (values, zones) => {
      const files = writeConfigurations(limitsWith(values, undefined, zones))
      const acted = files.map(({ text }) => withoutComments(text).join('\n'))
      expect(acted.join('\n')).not.toMatch(/NaN|Infinity|undefined|\de[+-]?\d/)
      expect(acted.map(openBraces)).toEqual(acted.map(() => 0))
      expect(Math.max(...files.flatMap(({ text }) => text.split('\n').map(bytesOf)))).toBeLessThan(2048)
      const yaml = files.filter(({ name }) => name.endsWith('.yaml'))
      expect(yaml.flatMap(({ text }) => parseAllDocuments(text).flatMap(({ errors }) => errors))).toEqual([])
    }),
    { numRuns: 50 },
  )
})

const bytesOf = (line: string): number => new TextEncoder().encode(line).length

const openBraces = (text: string): number => text.split('{').length - text.split('}').length
