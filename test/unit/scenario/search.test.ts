import { describe, expect, test } from 'vitest'
import type { SearchGoal } from '../../../src/plan/search-goal.ts'
import { describePlan } from '../../../src/scenario/describe.ts'
import { formatProblem } from '../../../src/units/problem.ts'
import { placed, planOf, problemsOf, STAGES } from './reading.ts'

const TARGET = 'target: http://shop.test'
const textOf = (search: string, more = ''): string => `${TARGET}\nsearch: ${search}\n${more}`
const goalOf = (search: string, more = ''): SearchGoal | undefined => planOf(textOf(search, more)).search
const told = (search: string): readonly string[] =>
  problemsOf(textOf(search)).map(problem => formatProblem(problem).replaceAll(/\n */g, ' | '))

const DEFAULTS = { from: 20, to: 100_000, precision: 0.03, budget: 180e9, gentle: false }

describe('search: instead of stages', () => {
  test('makes a plan without stages, which it adds itself', () => {
    const plan = planOf(
      textOf('{ from: 20/s, to: 5000/s, precision: 2%, budget: 90s, gentle: true, soak: 30s }'),
    )
    expect(plan.stages).toEqual([])
    expect(plan.search).toEqual({
      from: 20,
      to: 5000,
      precision: 0.02,
      budget: 90e9,
      gentle: true,
      soak: 30e9,
    })
  })

  test.each(['{}', ''])('has a default for every key: search: %s', search => {
    expect(goalOf(search)).toEqual(DEFAULTS)
  })

  test('has three minutes on top of a soak', () => {
    expect(goalOf('{ soak: 10m }')).toEqual({ ...DEFAULTS, soak: 600e9, budget: 780e9 })
  })

  test('may stand beside even arrivals', () => {
    expect(planOf(textOf('{}', 'arrivals: even'))).toMatchObject({ arrivals: 'even', search: DEFAULTS })
  })
})

describe('what slow means comes from the promises', () => {
  test('the first percentile of all requests, wherever it is promised', () => {
    const promises = 'promises: [mean < 1s, p95 of GET / < 1s, p99 < 300ms up to 500/s, p50 < 10ms]'
    expect(goalOf('{}', promises)?.slow).toEqual({ within: 300e6, share: 0.99, text: 'p99 < 300ms' })
  })

  test.each(['max < 1s', 'errors < 1%', 'p99 of GET / < 1s'])('not %s', promise => {
    expect(goalOf('{}', `promises: [${promise}]`)).not.toHaveProperty('slow')
  })
})

describe('problems', () => {
  test('are told all at once, each with its place and what to write', () => {
    expect(told('{ from: 20, to: fast, precision: 3, budget: 1s, gentle: 1, soak: 0s, until: 5s }')).toEqual([
      'shop.yaml:2:17 scenario/rate-without-unit | search.from is 20; a rate says how many per what | fix: write from: 20/s',
      'shop.yaml:2:25 scenario/not-a-rate | search.to is "fast"; a rate is a number, zero or more, per s, min or h | fix: write to: 200/s',
      'shop.yaml:2:42 scenario/not-a-share | search.precision is 3; it must be a share with its sign, from 1 % to 20 % | fix: write precision: 3%',
      'shop.yaml:2:53 scenario/duration-out-of-range | search.budget is "1s"; it must be at least 5 s and at most 24 h | fix: write budget: 5s or more',
      'shop.yaml:2:65 scenario/not-a-choice | search.gentle is 1; it must be true or false | fix: write gentle: true, or remove it',
      'shop.yaml:2:74 scenario/duration-out-of-range | search.soak is "0s"; it must be at least 1 s and at most 24 h | fix: write soak: 1s or more',
      'shop.yaml:2:78 scenario/unknown-key | search has no key "until" | fix: the keys here are: from, to, precision, budget, gentle, soak',
    ])
  })

  test.each([
    ['{ from: 50/s, to: 50/s }', '2:27', 'write to: 100/s or more, or a lower from'],
    ['{ from: 200000/s }', '2:17', 'write to: 400000/s or more, or a lower from'],
    ['{ from: 0/s }', '2:17', 'write from: 20/s, or leave it out'],
    ['{ soak: 10m, budget: 10m }', '2:30', 'write budget: 780s, or leave it out'],
  ])('%s goes nowhere', (search, place, fix) => {
    const [problem] = problemsOf(textOf(search))
    expect(placed(problem!)).toBe(`shop.yaml:${place} scenario/search-bounds`)
    expect(problem!.fix).toBe(fix)
  })

  test.each(['0.5%', '30%', '"3"', '~', '[3%]'])(
    'a precision of %s is refused with one that would do',
    precision => {
      const [problem] = problemsOf(textOf(`{ precision: ${precision} }`))
      expect([problem!.code, problem!.fix]).toEqual([
        'scenario/not-a-share',
        precision === '"3"' ? 'write precision: 3%' : 'write precision: 4%',
      ])
    },
  )

  test('stages and search are one load too many', () => {
    const problems = problemsOf(`${TARGET}\n${STAGES}\nsearch: {}`)
    expect(problems.map(placed)).toEqual(['shop.yaml:3:9 scenario/stages-and-search'])
    expect(problems[0]!.fix).toBe('keep stages: or search:')
  })
})

describe('from the command line', () => {
  test('flags win over the keys of the same name, and fill in what is missing', () => {
    const overrides = { search: { to: '900/s', gentle: true } as const }
    expect(planOf(textOf('{ from: 50/s, to: 100/s }'), overrides).search).toMatchObject({
      from: 50,
      to: 900,
      gentle: true,
    })
    expect(planOf(textOf(''), overrides).search).toEqual({ ...DEFAULTS, to: 900, gentle: true })
    expect(planOf(TARGET, overrides).search).toEqual({ ...DEFAULTS, to: 900, gentle: true })
  })

  test('--set changes one key, also of a search that was not there', () => {
    expect(planOf(textOf('{ from: 50/s }'), { set: ['search.to=900/s'] }).search?.to).toBe(900)
    expect(planOf(TARGET, { set: ['search.to=900/s'] }).search?.to).toBe(900)
  })

  test.each([
    [
      { search: { budget: '5m' } },
      '--budget',
      'leave out --budget, or write search: {} in the scenario instead of stages:',
    ],
    [
      { set: ['search.to=90/s'] },
      '--set',
      'leave out --set search, or write search: {} in the scenario instead of stages:',
    ],
  ] as const)(
    'with stages they have nothing to say, and the problem stands at the flag',
    (overrides, at, fix) => {
      const problems = problemsOf(`${TARGET}\n${STAGES}`, overrides)
      expect(problems).toEqual([
        expect.objectContaining({ code: 'scenario/stages-and-search', at: { file: at }, fix }),
      ])
    },
  )

  test('--promise takes the place of the promises of the file', () => {
    const plan = planOf(textOf('{}', 'promises: [p99 < 1s]'), { promises: ['errors < 1%', 'knee > 5/s'] })
    expect(plan.promises.map(({ text }) => text)).toEqual(['errors < 1%', 'knee > 5/s'])
    expect(problemsOf(textOf('{}'), { promises: ['be quick'] }).map(placed)).toEqual([
      '--promise scenario/promise-syntax',
    ])
  })
})

test('a plan with a search says what it will do, and what is known beforehand', () => {
  const plan = planOf(
    textOf('{ to: 5000/s, gentle: true, soak: 10m }', 'name: launch\npromises: [p99 < 300ms up to 90/s]'),
  )
  expect(describePlan(plan, ['so precise, so long'])).toEqual([
    'launch',
    'target    http://shop.test',
    'arrivals  Poisson',
    'takes     at most 13 min of load',
    '',
    'search for the capacity',
    '  from 20/s to at most 5 000/s, to within ±3 %',
    '  gently: holds only, each a little above the last one that passed',
    '  then holds what was found for 10 min',
    '  beside it, the highest rate at which p99 < 300ms',
    '  so precise, so long',
    '',
    '1 request',
    '  GET /  100 %  within 10 s',
    '',
    '1 promise',
    '  p99 < 300ms up to 90/s',
  ])
})
