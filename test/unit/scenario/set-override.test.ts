import { describe, expect, test } from 'vitest'
import { formatProblem } from '../../../src/units/problem.ts'
import { planOf, problemsOf } from './reading.ts'

const TEXT = `
target: http://shop.test
stages:
  - { name: warm-up, rate: 5/s, for: 1s, warmup: true }
  - { name: ramp, from: 1/s, to: 9/s, for: 10s }
requests:
  - &home { name: home, get: / }
  - { <<: *home, name: GET /a.b, headers: { accept: a } }
promises: [p99 < 300ms]
`

const planSet = (...set: string[]): ReturnType<typeof planOf> => planOf(TEXT, { set })
const problemSet = (...set: string[]): string[] =>
  problemsOf(TEXT, { set }).map(problem => formatProblem(problem).replaceAll(/\n */g, ' | '))

describe('--set changes the document before it is read', () => {
  test('list items go by index or by name', () => {
    const { stages, requests } = planSet(
      'stages.1.to=50/s',
      'stages.warm-up.for=2s',
      'requests.home.weight=3',
    )
    expect([stages[1]!.to, stages[0]!.for, requests[0]!.weight]).toEqual([50, 2e9, 3])
  })

  test('a name may hold spaces and dots, and a shared anchor is changed in one place only', () => {
    const { requests } = planSet('requests.GET /a.b.get=/c', 'requests.GET /a.b.headers.accept=b')
    expect(requests.map(({ path, headers }) => [path, headers])).toEqual([
      ['/', []],
      ['/c', [['accept', 'b']]],
    ])
  })

  test('the value is YAML, up to the end, equals signs and all', () => {
    expect(planSet('requests.home.expect=[200, 404]').requests[0]!.expect).toEqual([200, 404])
    expect(planSet('requests.0.get=/?a=b').requests[0]!.path).toBe('/?a=b')
    expect(planSet('promises=["max < 1s"]', 'promises.0=knee > 5/s').promises).toEqual([
      { kind: 'knee', text: 'knee > 5/s', above: 5 },
    ])
  })

  test('new keys may be set, and headers come into being', () => {
    expect(planSet('headers.accept=b').requests[0]!.headers).toEqual([['accept', 'b']])
    expect(planSet('name=shop').name).toBe('shop')
  })

  test('--target comes after every --set', () => {
    expect(planOf(TEXT, { set: ['target=nonsense'], target: 'http://b' }).target.host).toBe('b')
  })
})

describe('what --set cannot do is a problem at --set that names what is there', () => {
  test.each([
    [
      'stages.9.rate=5/s',
      '--set scenario/set-path | --set stages.9.rate=5/s: stages has no item 9 (by index or name) | fix: stages has 0 (warm-up), 1 (ramp)',
    ],
    [
      'stages.rmap.to=5/s',
      '--set scenario/set-path | --set stages.rmap.to=5/s: stages has no item rmap (by index or name) | fix: write ramp instead of rmap; stages has 0 (warm-up), 1 (ramp)',
    ],
    [
      'reqests.0.weight=5',
      '--set scenario/set-path | --set reqests.0.weight=5: the scenario has no reqests | fix: write requests instead of reqests; the scenario has target, stages, requests, promises',
    ],
    [
      'stages.0.rate.x=5',
      '--set scenario/set-path | --set stages.0.rate.x=5: stages.0.rate is "5/s" and has nothing inside | fix: write --set stages.0.rate=…',
    ],
    [
      'stages',
      '--set scenario/set-syntax | --set stages has no path, or no = after it | fix: write, for example, --set stages.0.rate=100/s',
    ],
    ['stages.1.raet=5/s', '--set scenario/unknown-key | stages.1 has no key "raet" | fix: write rate'],
    [
      'stages.0.rate=5',
      '--set scenario/rate-without-unit | stages.0.rate is 5; a rate says how many per what | fix: write rate: 5/s',
    ],
  ])('%s', (setting, problem) => {
    expect(problemSet(setting)).toEqual([problem])
  })

  test('a value that is not YAML', () => {
    expect(problemsOf(TEXT, { set: ['name="a'] })[0]).toMatchObject({
      code: 'scenario/set-syntax',
      at: { file: '--set' },
    })
  })
})
