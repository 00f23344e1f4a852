import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_MARGINS } from '../../../src/compare/margins.ts'
import { POLICY_KEYS, readPolicy } from '../../../src/scenario/policy.ts'
import type { Policy } from '../../../src/scenario/policy.ts'
import type { Problem } from '../../../src/units/problem.ts'
import { placed } from './reading.ts'

type Margin = keyof typeof DEFAULT_MARGINS
const MARGINS = Object.keys(DEFAULT_MARGINS) as Margin[]

const read = (text: string, file = 'gate.yaml'): ReturnType<typeof readPolicy<Margin>> =>
  readPolicy(text, file, { margins: MARGINS, requests: ['home', 'checkout'] })

function policyOf(text: string, file?: string): Policy<Margin> {
  const policy = read(text, file)
  if (!policy.ok) throw new Error(JSON.stringify(policy.problems, undefined, 2))
  return policy.value
}

function problemsOf(text: string): readonly Problem[] {
  const policy = read(text)
  return policy.ok ? [] : policy.problems
}

const WHOLE = `promises:
  - p99 of checkout < 300ms up to 600/s
  - knee > 800/s
margins: { knee: 3%, errors: 0.2% }
strict: true
baseline: [base/1.json, /srv/base]
history: ../reports
`

test('a policy says what must hold, what does not matter, and what to compare with', () => {
  expect(policyOf(WHOLE, 'ci/gate.yaml')).toMatchObject({
    promises: [
      { kind: 'latency', request: 'checkout', limit: 300e6, upTo: 600 },
      { kind: 'knee', above: 800 },
    ],
    margins: { knee: 0.03, errors: 0.002 },
    strict: true,
    // From the folder of the policy, as a scenario names its certificates.
    baseline: ['ci/base/1.json', '/srv/base'],
    history: 'ci/../reports',
  })
})

test('what it does not say is not asked', () => {
  const policy = policyOf('strict: false')
  expect(policy).toEqual({ promises: [], margins: {}, strict: false, baseline: [], history: undefined })
})

test('all problems are told at once, each with its place, the nearest known word and what to write', () => {
  const problems = problemsOf(
    [
      'promisses: [p99 < 300ms]',
      'promises:',
      '  - p99 < 300',
      '  - p99 of chekout < 1s',
      'margins: { kne: 5%, p99: 15, p95: 200% }',
      'strict: maybe',
      'baseline: []',
      'history: ""',
    ].join('\n'),
  )
  expect(problems.map(placed)).toEqual([
    'gate.yaml:1:1 policy/unknown-key',
    'gate.yaml:3:5 policy/promise-limit',
    'gate.yaml:4:5 policy/promise-request',
    'gate.yaml:5:12 policy/unknown-key',
    'gate.yaml:5:26 policy/not-a-share',
    'gate.yaml:5:35 policy/not-a-share',
    'gate.yaml:6:9 policy/not-a-choice',
    'gate.yaml:7:11 policy/not-a-list',
    'gate.yaml:8:10 policy/path',
  ])
  expect(problems[0]).toMatchObject({ message: 'a policy has no key "promisses"', fix: 'write promises' })
  expect(problems.slice(1, 5).map(({ fix }) => fix)).toEqual([
    'write p99 < 300ms',
    'write checkout',
    'write knee',
    'write p99: 15%',
  ])
})

test.each([
  ['', 'gate.yaml:1:1 policy/empty'],
  ['- strict', 'gate.yaml:1:1 policy/not-a-mapping'],
  ['strict: true\nstrict: false', 'gate.yaml:2:1 policy/duplicate-key'],
  ['strict: [', 'gate.yaml:1:10 policy/yaml'],
  ['margins: 5%', 'gate.yaml:1:10 policy/not-a-mapping'],
])('%j is no policy', (text, problem) => {
  expect(problemsOf(text).map(placed)).toEqual([problem])
})

test('no text makes it throw, and every problem has a place in the file', () => {
  const line = constantFrom(
    'promises: ',
    'margins: {knee: ',
    '- ',
    '5%',
    '}',
    '\n',
    'strict: ',
    'true',
    '&a',
    '*a',
  )
  assert(
    property(array(oneof(line, string({ unit: 'binary', maxLength: 8 }))), parts => {
      for (const { at, code } of problemsOf(parts.join(''))) {
        expect(at).toMatchObject({ file: 'gate.yaml', line: expect.any(Number), column: expect.any(Number) })
        expect(code).toMatch(/^policy\//)
      }
    }),
  )
})

describe('docs/policy.schema.json', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../docs/policy.schema.json', import.meta.url), 'utf8'),
  ) as { properties: Record<string, { properties?: Record<string, { default: string }> }> }
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema)

  test('has the keys, the margins and their defaults that the reader knows', () => {
    expect(Object.keys(schema.properties).toSorted()).toEqual(POLICY_KEYS.toSorted())
    const defaults = Object.entries(schema.properties['margins']!.properties!).map(
      ([name, { default: size }]) => [name, Number(size.replace('%', '')) / 100],
    )
    expect(Object.fromEntries(defaults)).toEqual(DEFAULT_MARGINS)
  })

  test('takes what the reader takes', () => {
    validate(parse(WHOLE))
    expect(validate.errors ?? []).toEqual([])
  })

  test.each([
    'strickt: true',
    'strict: maybe',
    'promises: []',
    'promises: [be quick]',
    'margins: { kne: 5% }',
    'margins: { knee: 5 }',
    'baseline: base.json',
    'baseline: []',
    'history: [reports]',
  ])('refuses what the reader refuses: %s', text => {
    expect(problemsOf(text)).not.toEqual([])
    expect(validate(parse(text))).toBe(false)
  })
})
