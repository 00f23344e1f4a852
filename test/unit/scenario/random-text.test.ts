import { expect, test } from 'vitest'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Checked, Place } from '../../../src/units/problem.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import {
  METHOD_KEYS,
  REQUEST_KEYS,
  SCENARIO_KEYS,
  SEARCH_KEYS,
  STAGE_KEYS,
  STRATEGY_KEYS,
  TLS_KEYS,
} from '../../../src/scenario/scenario-keys.ts'
import { starterScenario } from '../../../src/scenario/starter.ts'

const keys = [
  ...SCENARIO_KEYS,
  ...STAGE_KEYS,
  ...REQUEST_KEYS,
  ...METHOD_KEYS,
  ...TLS_KEYS,
  ...STRATEGY_KEYS,
  ...SEARCH_KEYS,
  '<<',
  '__proto__',
]
const values = [
  '5/s',
  '10s',
  '200',
  '-1',
  '0',
  '.inf',
  '1e999',
  '~',
  'true',
  '/',
  '/a b',
  'p99 < 3ms',
  'http://a',
  'https://a',
  'closed',
  '1..64',
  '[1, 2, 4]',
  '{ insecure: true }',
  'per-user',
  '*a',
  '"\\uD800"',
]
const marks = [
  ' ',
  '\n',
  '\n  ',
  '\n  - ',
  ': ',
  ', ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '"',
  "'",
  '#',
  '\t',
  '---\n',
  '|\n',
  '!!set ',
  '? ',
  '%',
  '\0',
  '=',
]
const piece: Arbitrary<string> = oneof(
  constantFrom(...keys),
  constantFrom(...values),
  constantFrom(...marks),
  string({ maxLength: 5 }),
)
const yamlish = array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
const lines = array(
  oneof(
    constantFrom(...keys).chain(key =>
      oneof(constantFrom(...values), yamlish).map(value => `${key}: ${value}`),
    ),
    constantFrom(
      'stages:',
      'requests:',
      'promises:',
      '  - rate: 5/s',
      '  - get: /',
      '  - p99 < 5ms',
      '    for: 1s',
    ),
  ),
  { maxLength: 15 },
).map(each => each.join('\n'))

/** Nothing, where the answer is a plan with something to do, or problems that say where, what and what to write. */
function flawsOf(read: Checked<Plan>, isPlace: (place: Place) => boolean): readonly unknown[] {
  if (read.ok) {
    const { stages, search, requests } = read.value
    return stages.length > 0 === (search === undefined) && requests.length > 0 ? [] : [read]
  }
  if (read.problems.length === 0) return ['no problems']
  return read.problems.filter(
    ({ code, message, fix, at }) =>
      !/^scenario\/[a-z-]+$/.test(code) || message === '' || fix === '' || !isPlace(at),
  )
}

test('any text gives a plan or problems with a line, and never throws', () => {
  assert(
    property(oneof(string({ unit: 'binary' }), yamlish, lines), text => {
      expect(flawsOf(readScenario(text, 'random.yaml', {}), ({ line }) => (line ?? 0) >= 1)).toEqual([])
    }),
    { numRuns: 1500 },
  )
})

test('any --set on a good scenario gives a plan or problems with a place', () => {
  const word = constantFrom(
    'stages',
    'search',
    'requests',
    'promises',
    'headers',
    '0',
    '1',
    'ramp',
    'home',
    'rate',
    'get',
    'json',
  )
  const path = oneof(
    array(word, { minLength: 1, maxLength: 4 }).map(words => words.join('.')),
    yamlish,
  )
  assert(
    property(path, oneof(yamlish, constantFrom(...values)), (path, value) => {
      const read = readScenario(starterScenario(), 'a.yaml', { set: [`${path}=${value}`] })
      expect(flawsOf(read, ({ file, line }) => file === '--set' || (line ?? 0) >= 1)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a good scenario with one place damaged gives a plan or problems with a line', () => {
  const good = starterScenario()
  assert(
    property(constantFrom(...Array(good.length).keys()), piece, (at, damage) => {
      const text = good.slice(0, at) + damage + good.slice(at + damage.length)
      expect(flawsOf(readScenario(text, 'a.yaml', {}), ({ line }) => (line ?? 0) >= 1)).toEqual([])
    }),
    { numRuns: 500 },
  )
})
