import { describe, expect, test } from 'vitest'
import { assert, constant, constantFrom, integer, oneof, option, property, record } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import type { PromiseClause } from '../../../src/plan/promise-clause.ts'
import { formatPromise } from '../../../src/scenario/format-promise.ts'
import { parsePercentile } from '../../../src/scenario/percentile.ts'
import { parsePromise } from '../../../src/scenario/promise.ts'
import { parseDuration, parseRate, parseShare } from '../../../src/units/parse.ts'

const NAMES = ['home', 'checkout', 'GET /a < b', 'of up to 5/s']
const MS = 1e6

function clauseOf(text: string): PromiseClause {
  const parsed = parsePromise(text, NAMES)
  if ('fault' in parsed) throw new Error(JSON.stringify(parsed.fault))
  return parsed.clause
}

function faultOf(text: string): string {
  const parsed = parsePromise(text, NAMES)
  return 'fault' in parsed ? `${parsed.fault.code}: ${parsed.fault.fix}` : 'none'
}

describe('a promise', () => {
  test.each([
    ['p99 < 300ms', { kind: 'latency', statistic: { percentile: 0.99 }, limit: 300 * MS }],
    ['p99.9<1s', { kind: 'latency', statistic: { percentile: 0.999 }, limit: 1000 * MS }],
    ['p50 <= 20 ms', { kind: 'latency', statistic: { percentile: 0.5 }, limit: 20 * MS }],
    ['mean ≤ 50ms', { kind: 'latency', statistic: 'mean', limit: 50 * MS }],
    ['max < 2s up to 600/s', { kind: 'latency', statistic: 'max', limit: 2000 * MS, upTo: 600 }],
    ['errors < 0.1%', { kind: 'errors', limit: 0.001 }],
    ['errors <= 0%', { kind: 'errors', limit: 0 }],
    [
      'errors of checkout < 1% up to 6000/min',
      { kind: 'errors', limit: 0.01, request: 'checkout', upTo: 100 },
    ],
    [
      'p99 of GET /a < b < 5ms',
      { kind: 'latency', statistic: { percentile: 0.99 }, limit: 5 * MS, request: 'GET /a < b' },
    ],
    [
      'mean of of up to 5/s < 5ms up to 9/s',
      { kind: 'latency', statistic: 'mean', limit: 5 * MS, request: 'of up to 5/s', upTo: 9 },
    ],
    ['knee > 800/s', { kind: 'knee', above: 800 }],
    ['knee >= 48000/min', { kind: 'knee', above: 800 }],
    ['onset > 900/s', { kind: 'onset', status: 'any', above: 900 }],
    ['any onset ≥ 900/s', { kind: 'onset', status: 'any', above: 900 }],
    ['502 onset > 900/s', { kind: 'onset', status: '502', above: 900 }],
    ['504 onset > 900/s', { kind: 'onset', status: '504', above: 900 }],
  ])('%s', (text, clause) => {
    expect(clauseOf(` ${text} `)).toEqual({ text, ...clause })
  })
})

describe('not a promise', () => {
  test.each([
    ['', 'scenario/promise-syntax: write, for example, p99 < 300ms'],
    ['be quick', 'scenario/promise-syntax: write, for example, p99 < 300ms'],
    ['p99 = 5ms', 'scenario/promise-syntax: write, for example, p99 < 300ms'],
    ['p99 > 300ms', 'scenario/promise-direction: write p99 < 300ms'],
    ['errors of home >= 1% up to 5/s', 'scenario/promise-direction: write errors of home < 1% up to 5/s'],
    ['knee < 800/s', 'scenario/promise-direction: write knee > 800/s'],
    ['503 onset < 800/s', 'scenario/promise-direction: write 503 onset > 800/s'],
    ['p99 < 300', 'scenario/promise-limit: write p99 < 300ms'],
    ['p99 < 0ms', 'scenario/promise-limit: write p99 < 300ms'],
    ['p99 < 3m', 'scenario/promise-limit: write p99 < 300ms'],
    ['p99 <', 'scenario/promise-limit: write p99 < 300ms'],
    ['errors < 0.5', 'scenario/promise-limit: write errors < 0.5%'],
    ['errors < 101%', 'scenario/promise-limit: write errors < 0.1%'],
    ['knee > 800', 'scenario/promise-limit: write knee > 800/s'],
    ['knee > 0/s', 'scenario/promise-limit: write knee > 800/s'],
    ['p99 < 1s up to 600', 'scenario/promise-limit: write up to 600/s'],
    ['p99 < 1s up to', 'scenario/promise-limit: write p99 < 300ms'],
    ['knee of home > 5/s', 'scenario/promise-scope: remove "of …"'],
    ['onset > 5/s up to 9/s', 'scenario/promise-scope: remove "up to …"'],
    ['p99 of chekout < 1s', 'scenario/promise-request: write checkout'],
    ['errors of xyz < 1%', `scenario/promise-request: the requests are: ${NAMES.join(', ')}`],
    ['avg < 1s', 'scenario/promise-statistic: write mean'],
    ['median < 1s', 'scenario/promise-statistic: write p50'],
    ['p100 < 1s', 'scenario/promise-statistic: write max'],
    ['p0 < 1s', 'scenario/promise-statistic: write p50'],
    ['error < 1%', 'scenario/promise-statistic: write errors'],
    ['500 onset > 5/s', 'scenario/promise-statistic: write 502 onset'],
  ])('%s', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })
})

/** A quantity that someone can write: up to six digits, up to three of them decimals, and a unit. */
const written = <Q>(parse: (text: string) => Q | undefined, units: string[], most = 999_999): Arbitrary<Q> =>
  record({
    digits: integer({ min: 1, max: most }),
    decimals: integer({ min: 0, max: 3 }),
    unit: constantFrom(...units),
  })
    .map(({ digits, decimals, unit }) => parse(`${(digits / 10 ** decimals).toFixed(decimals)}${unit}`))
    .filter(quantity => quantity !== undefined)

const rate = written(parseRate, ['/s', '/min', '/h'])
const scope = record({ request: option(constantFrom(...NAMES)), upTo: option(rate) }).map(
  ({ request, upTo }) => ({
    ...(request === null ? {} : { request }),
    ...(upTo === null ? {} : { upTo }),
  }),
)
const percentile = written(text => parsePercentile(`p${text}`), [''], 99).map(share => ({
  percentile: share,
}))
const clause: Arbitrary<PromiseClause> = oneof(
  record({
    kind: constant('latency' as const),
    text: constant(''),
    statistic: oneof(constantFrom('mean' as const, 'max' as const), percentile),
    limit: written(parseDuration, ['us', 'ms', 's'], 99),
    scope,
  }).map(({ scope, ...rest }) => ({ ...rest, ...scope })),
  record({
    kind: constant('errors' as const),
    text: constant(''),
    limit: written(parseShare, ['%'], 100),
    scope,
  }).map(({ scope, ...rest }) => ({ ...rest, ...scope })),
  record({ kind: constant('knee' as const), text: constant(''), above: rate }),
  record({
    kind: constant('onset' as const),
    text: constant(''),
    status: constantFrom('502' as const, '503' as const, '504' as const, 'any' as const),
    above: rate,
  }),
)

test('a clause that is printed and read again is the same clause', () => {
  assert(
    property(clause, before => {
      const text = formatPromise(before)
      expect(clauseOf(text)).toEqual({ ...before, text })
    }),
    { numRuns: 1000 },
  )
})
