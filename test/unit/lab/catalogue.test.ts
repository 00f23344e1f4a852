import { describe, expect, test } from 'vitest'
import { chooseLab, describeLab, labCatalogue } from '../../../src/lab/catalogue.ts'
import { defaultsOf } from '../../../src/lab/lab-entry.ts'
import type { Problem } from '../../../src/units/problem.ts'
import { poisson, serve, truthOf } from './simulate.ts'

const problemsOf = (name: string, ...settings: string[]): readonly Problem[] => {
  const chosen = chooseLab(name, settings)
  return chosen.ok ? [] : chosen.problems
}

test('names are unique and found whatever their case', () => {
  const names = labCatalogue.map(entry => entry.name)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) {
    expect(chooseLab(name.toLowerCase())).toMatchObject({ ok: true, value: { entry: { name } } })
  }
})

test('an unknown name is a problem that names the nearest', () => {
  expect(problemsOf('MM1L')).toMatchObject([{ code: 'lab/unknown-name', fix: 'write MM1' }])
  expect(problemsOf('stroefront')[0]?.fix).toBe('write STOREFRONT')
})

describe('settings', () => {
  test('override the defaults, the last of a name winning', () => {
    const chosen = chooseLab('mm1k', ['rate=300', 'RATE=24000/min'])
    expect(chosen).toMatchObject({ ok: true, value: { values: { rate: 400, limit: 100 } } })
  })

  test('are read by kind', () => {
    const set = ['errors=1%', 'severity=0.25', 'quiet=2m', 'outage=250ms', 'slots=2', 'rate=1_000/s']
    expect(chooseLab('FLAKY', set)).toMatchObject({
      value: { values: { errors: 0.01, severity: 0.25, quiet: 120, outage: 0.25, slots: 2, rate: 1000 } },
    })
    expect(chooseLab('MMC', ['limit=none'])).toMatchObject({ value: { values: { limit: Infinity } } })
  })

  test('that are wrong are all reported, each at --set with a code and a fix', () => {
    const problems = problemsOf('MM1K', 'rat=400', 'rate=-1', 'limit', 'limit=1.5', 'rate=0')
    expect(problems.map(problem => problem.code)).toEqual([
      'lab/unknown-parameter',
      'lab/bad-value',
      'lab/not-a-setting',
      'lab/bad-value',
      'lab/bad-value',
    ])
    expect(problems[0]?.fix).toBe('write rate=…')
    expect(problems.every(problem => problem.at.file === '--set' && problem.fix !== '')).toBe(true)
  })

  test('of a duration need the unit', () => {
    expect(problemsOf('D1', 'service=2')[0]?.fix).toContain('20ms')
    expect(problemsOf('D1', 'service=0s')).toHaveLength(1)
  })
})

test.each(labCatalogue.map(entry => [entry.name, entry] as const))(
  '%s tells its parameters in a form that can be set again, and its truth',
  (name, entry) => {
    const lines = describeLab(entry)
    expect(lines[0]).toBe(`${name}: ${entry.description}`)
    const settings = lines.flatMap(line => /^ {2}([a-z]+=\S+) /.exec(line)?.[1] ?? [])
    expect(settings).toHaveLength(Object.keys(entry.parameters).length)
    expect(chooseLab(name, settings)).toMatchObject({ ok: true, value: { values: defaultsOf(entry) } })
    expect(lines.some(line => line.trimStart().startsWith('knee '))).toBe(true)
  },
)

test.each(labCatalogue.map(entry => entry.name))('%s does the same again with the same seed', name => {
  const run = (seed: number) =>
    serve(name, poisson(300, 5), { seed, path: n => ['/', '/product/1', '/checkout'][n % 3]! })
  expect(run(5)).toEqual(run(5))
  // No reply is due before its request has come.
  expect(Math.min(...run(6).map(fate => fate.sojourn))).toBeGreaterThanOrEqual(0)
})

test('the truths are those of the closed forms', () => {
  const knees = Object.fromEntries(
    labCatalogue.map(({ name }) => {
      const knee = truthOf(name).kneePerSecond
      return [name, knee === null ? null : Math.round(knee)]
    }),
  )
  expect(knees).toEqual({
    STOREFRONT: 833, // 1 % loss a little below 8/9.5 ms = 842
    D1: 500, // 1/2 ms
    MM1: 500, // µ
    MM1K: 400, // 1 % loss with K = 100 at 400.1
    MMC: 1000, // cµ
    ERLANG: 156, // Erlang B(8, 3.128) = 1 %, over 20 ms
    BUCKET: 300, // r
    GC: 450, // 500 × 1.8/2
    TIMEOUT: 500, // 1/2 ms
    FLAKY: 404, // 400/(1 − 0.891 %)
    ROUTE: 526, // 500/0.95
    BLIP: 400, // µ
    PAUSE: null, // answers at once
    RETRO: 486, // mean time to collapse 30 s/ln 2
    WARM: 400, // when warm
    STEP: 400, // after the growth
    WANDER: 400, // in the mean
  })
})
