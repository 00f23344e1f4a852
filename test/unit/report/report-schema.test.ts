import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { renderJson } from '../../../src/report/render-json.ts'
import type { Report } from '../../../src/report/report.ts'
import { FAILURE_CAUSES, NEVER_SENT_REASONS } from '../../../src/result/outcome.ts'
import { FIXTURES, launchReport } from '../../support/report-fixture.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schema = { [key: string]: Json }

const read = (name: string): string => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const schema = JSON.parse(read('report.schema.json')) as Schema
const ajv = (): Ajv2020 =>
  new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true })
const validate = ajv().compile(schema)

const [whole, few] = [launchReport(), 2]
const brief: Report = {
  ...whole,
  windows: whole.windows.slice(0, few),
  result: { ...whole.result, windows: whole.result.windows.slice(0, few) },
}
const fixture = (): Schema => JSON.parse(renderJson(brief)) as Schema

/** Follows a path such as `capacity.knee.rps` or `stages[].name`; a set of all values found. */
function valuesAt(data: Json, path: readonly string[]): Json[] {
  const [first, ...rest] = path
  if (first === undefined) return [data]
  if (Array.isArray(data)) return data.flatMap(item => valuesAt(item, path))
  if (typeof data !== 'object' || data === null || !(first in data)) return []
  return valuesAt(data[first]!, rest)
}

function without(data: Schema, path: readonly string[]): Schema {
  const copy = structuredClone(data)
  const parents = valuesAt(copy, path.slice(0, -1))
  for (const parent of parents.flat()) delete (parent as Schema)[path.at(-1)!]
  return copy
}

const under = (parent: string, names: string): string[] => names.split(' ').map(name => `${parent}.${name}`)

const QUANTILES = 'mean p50 p90 p95 p99 p999 max'
const RATES = 'fromSeconds toSeconds offeredRps sentRps completedRps goodRps'
const COUNTS = 'offered statuses failures neverSent valid'

/** The paths that other programs rely on. */
const PATHS = [
  'verdict',
  'sizing',
  ...under('promises', 'text held measured because'),
  ...under('trust', 'ok reasons'),
  ...under('capacity', 'limitedBy knee.rps knee.low knee.high knee.confidence knee.bound'),
  ...under('onset', '502 503 504 any'),
  ...under('onset.502', 'rps low high confidence atSeconds loadRelated'),
  ...under('recovery', 'recovered seconds metastable'),
  ...under('causes', 'cause certainty evidence next'),
  ...under('generator', 'workers latenessUs.p50 latenessUs.p99 latenessUs.max cpuShare eventLoopUtilisation'),
  ...under('run', 'id toolVersion scenario.digest seed machine startedAt endedAt'),
  ...under('stages', 'name'),
  ...under('routes', 'name'),
  ...['stages', 'windows', 'routes'].flatMap(part => [
    ...under(part, `${RATES} ${COUNTS}`),
    ...under(`${part}.responseTimeMs`, QUANTILES),
    ...under(`${part}.serviceTimeMs`, QUANTILES),
  ]),
]

describe('the published schema', () => {
  test.each(Object.entries(FIXTURES))('accepts the %s report as it is written', (_name, make) => {
    validate(JSON.parse(renderJson(make())))
    expect(validate.errors ?? []).toEqual([])
  })

  test('describes every part of a report: closed against anything else, it accepts the same', () => {
    const strict = ajv().compile(closed(schema) as Schema)
    for (const make of Object.values(FIXTURES)) {
      strict(JSON.parse(renderJson(make())))
      expect(strict.errors ?? []).toEqual([])
    }
    expect(strict({ ...fixture(), surplus: 1 })).toBe(false)
  })

  test.each(PATHS)('demands %s', path => {
    const keys = path.split('.')
    expect(valuesAt(fixture(), keys).length).toBeGreaterThan(0)
    expect(validate(without(fixture(), keys))).toBe(false)
  })

  test.each([
    ['verdict', 'maybe'],
    ['schema', 'plimsoll/report@2'],
    ['capacity.knee.bound', 'about'],
    ['capacity.limitedBy', 'weather'],
    ['causes.cause', 'gremlins'],
    ['promises.held', 'yes'],
    ['stages.offered', 1.5],
    ['run.ended.how', 'vanished'],
    ['result.windows.series.outcome.kind', 'lost'],
    ['result.plan.arrivals', 'bursty'],
  ])('rejects %s: %j', (path, value) => {
    const keys = path.split('.')
    const broken = fixture()
    const parents = valuesAt(broken, keys.slice(0, -1)).flat()
    expect(parents.length).toBeGreaterThan(0)
    for (const parent of parents) (parent as Schema)[keys.at(-1)!] = value
    expect(validate(broken)).toBe(false)
  })

  test('names the same outcomes as the code', () => {
    const text = JSON.stringify(schema)
    expect(text).toContain(JSON.stringify(FAILURE_CAUSES))
    expect(text).toContain(JSON.stringify(NEVER_SENT_REASONS))
  })

  test('belongs to no host', () => {
    expect(schema['$id']).toBe('plimsoll/report@1')
  })
})

test('the document speaks of every path that the schema demands at the top, and of every figure', () => {
  const document = read('report.md')
  const figures = (schema['$defs'] as { figures: { required: string[] } }).figures.required
  for (const name of [...(schema['required'] as string[]), ...figures])
    expect(document).toContain(`\`${name}`)
})

/** The schema with every object closed against properties it does not describe. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const parts = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'figures' || key === 'estimate' ? value : closed(value),
    ]),
  )
  const isObject = node['type'] === 'object' && node['properties'] !== undefined
  return isObject ? { ...parts, unevaluatedProperties: false } : parts
}
