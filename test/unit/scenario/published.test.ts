import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import {
  REQUEST_KEYS,
  SCENARIO_KEYS,
  SEARCH_KEYS,
  STAGE_KEYS,
  STRATEGY_KEYS,
  TLS_KEYS,
} from '../../../src/scenario/scenario-keys.ts'
import { starterScenario } from '../../../src/scenario/starter.ts'
import { planOf, problemsOf, STAGES } from './reading.ts'

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>
}
type Schema = ObjectSchema & {
  readonly $defs: Readonly<Record<'stage' | 'request' | 'tls' | 'search', ObjectSchema>>
}
const schema = JSON.parse(read('scenarios/scenario.schema.json')) as Schema
const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
}).compile(schema)

const examples = readdirSync(new URL('scenarios/', root))
  .filter(name => name.endsWith('.yaml'))
  .map(name => ({ name, text: read(`scenarios/${name}`) }))
const starters = ['http://127.0.0.1:8080', 'http://[::1]:8080/a', 'unix:/run/my app.sock'].map(target => ({
  name: `the starter for ${target}`,
  text: starterScenario(target),
}))

describe.each([...examples, ...starters])('$name', ({ text }) => {
  test('has no problem and fits the schema', () => {
    const plan = planOf(text)
    expect(plan.stages.length > 0).toBe(plan.search === undefined)
    validate(parse(text))
    expect(validate.errors ?? []).toEqual([])
  })
})

test('every example begins with the line that gives editors its schema', () => {
  expect(examples.map(({ name }) => name).toSorted()).toEqual([
    'closed-probe.yaml',
    'hello.yaml',
    'http2.yaml',
    'search.yaml',
    'steps.yaml',
    'storefront.yaml',
  ])
  for (const { text } of examples)
    expect(text.split('\n', 1)).toEqual(['# yaml-language-server: $schema=./scenario.schema.json'])
})

test('the schema has the keys that the reader knows, and no other', () => {
  const keys = ({ properties }: ObjectSchema): string[] => Object.keys(properties).toSorted()
  expect(keys(schema)).toEqual(SCENARIO_KEYS.toSorted())
  expect(keys(schema.$defs.stage)).toEqual(STAGE_KEYS.toSorted())
  expect(keys(schema.$defs.request)).toEqual(REQUEST_KEYS.toSorted())
  expect(keys(schema.$defs.tls)).toEqual(TLS_KEYS.toSorted())
  expect(keys(schema.$defs.search)).toEqual(SEARCH_KEYS.toSorted())
})

describe('the schema refuses what the reader refuses', () => {
  test.each([
    'stages: []',
    'stages: [{ rate: 200, for: 10s }]',
    'stages: [{ rate: 5/s, from: 1/s, for: 10s }]',
    'stages: [{ rate: 5/s, for: 10s, steps: 3 }]',
    'stages: [{ from: 1/s, to: 5/s, steps: 3, for: 10s, each: 1s }]',
    'arivals: even',
    'target: localhost:8080',
    'deadline: 10',
    'expect: 99',
    'headers: { Content-Length: 5 }',
    'requests: [{ get: /, post: / }]',
    'requests: [{ get: /, path: / }]',
    'requests: [{ get: two words }]',
    'requests: [{ post: /, body: a, json: b }]',
    'promises: [be quick]',
    'http: 3',
    'streams: 5',
    'connection-strategy: per-user',
    'connection-strategy: {}',
    'connection-strategy: { per-user: 5, max-requests: 5 }',
    'tls: { ca: [] }',
    'tls: { ca: a.pem, insecure: true }',
    'tls: { cert: a.pem }',
    'tls: { authority: a.pem }',
    'search: { from: 20/s }',
    'connections: 8',
    'model: closed',
    'model: closed\nconnections: 0',
    'model: closed\nconnections: [1, 1]',
    'model: closed\nconnections: 8\narrivals: even',
    'model: closed\nconnections: 8\nstages: [{ rate: 5/s, for: 10s }]',
    'model: closed\nconnections: 8\nsearch: {}',
    'model: closed\nconnections: 8\nhttp: 2',
    'model: closed\nconnections: 8\nconnection-strategy: per-request',
    'model: closed\nconnections: 8\npromises: [p99 < 300ms]',
    'model: open\nsearch: { rate: 20/s }',
    'model: open\nsearch: { from: 20 }',
    'model: open\nsearch: { precision: 3 }',
    'model: open\nsearch: { gentle: yes }',
    'model: open\nsearch: { soak: forever }',
    'model: open\nsearch: []',
    'model: open',
  ])('%s', lines => {
    const text = /^(stages|model)/.test(lines) ? lines : `${lines}\n${STAGES}`
    const target = lines.startsWith('tls') ? 'https://a' : 'http://a'
    expect(problemsOf(text, lines.startsWith('target') ? {} : { target })).not.toEqual([])
    expect(validate(parse(text))).toBe(false)
  })
})

test.each([
  'http: 2\nstreams: 5',
  'http: "1.1"\nconnection-strategy: { max-requests: 5 }',
  'connection-strategy: per-request',
  'tls: { ca: [a.pem, b.pem], cert: c.pem, key: c.key, server-name: shop, resume: false }',
  'tls: { insecure: true }',
  'model: open',
  'search: {}',
  'search:',
  'search: { from: 1/min, to: 5_000/s, precision: 2.5%, budget: 90s, gentle: true, soak: 30s }',
  'model: closed\nconnections: 1..64\nfor: 1s',
  'model: closed\nconnections: [1, 5, 9]\npromises: [errors < 1%]',
])('the schema takes what the reader takes: %s', lines => {
  const text = /^(model: closed|search)/.test(lines) ? lines : `${lines}\n${STAGES}`
  expect(problemsOf(text, { target: 'https://a' })).toEqual([])
  validate(parse(text))
  expect(validate.errors ?? []).toEqual([])
})

describe('docs/scenario.md', () => {
  const page = read('docs/scenario.md')
  const rows = [...page.matchAll(/^\| `(scenario\/[a-z-]+)` \| (.+?) \| .+ \|$/gm)].map(
    ([, code, example]) => ({
      code: code!,
      example: example!,
    }),
  )
  const snippets = rows.filter(({ example }) => /^`(?!plimsoll)[^`]+`$/.test(example))
  const sources = readdirSync(new URL('src/scenario/', root)).map(name => read(`src/scenario/${name}`))
  const codes = new Set(
    sources.flatMap(text => [...text.matchAll(/'(scenario\/[a-z-]+)'/g)].map(match => match[1]!)),
  )

  test('has one row for every problem code of the source, and no other', () => {
    expect(rows.map(({ code }) => code).toSorted()).toEqual([...codes].toSorted())
  })

  test('names every key', () => {
    const keys = [...SCENARIO_KEYS, ...STAGE_KEYS, ...REQUEST_KEYS, ...TLS_KEYS, ...SEARCH_KEYS]
    for (const key of keys) expect(page).toContain(`\`${key}\``)
    for (const key of STRATEGY_KEYS) expect(page).toContain(`\`{ ${key}: `)
  })

  test('begins with a scenario that has no problem', () => {
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? ''
    expect(planOf(example).stages).toHaveLength(12)
  })

  test.each(snippets)('$example gives $code', ({ code, example }) => {
    const text = example.slice(1, -1).replaceAll('⏎', '\n').replaceAll('⇥', '\t')
    const set = /^--set (.*)$/.exec(text)?.slice(1) ?? []
    const isWhole = /^(stages|search|model|#)/m.test(text)
    const lines = set.length > 0 ? STAGES : isWhole ? text : `${text}\n${STAGES}`
    const problems = problemsOf(lines, /^target:/m.test(text) ? { set } : { set, target: 'http://a' })
    expect([...new Set(problems.map(problem => problem.code))]).toEqual([code])
  })
})
