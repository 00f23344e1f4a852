import { assert, integer, property, uniqueArray } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doubling } from '../../../src/scenario/connection-ladder.ts'
import { placed, planOf, problemsOf, STAGES } from './reading.ts'

const S = 1e9
const TARGET = { target: 'http://shop.test' }
const closed = (lines: string): string => `model: closed\n${lines}\n`
const rungsOf = (connections: string): readonly unknown[] =>
  planOf(closed(`connections: ${connections}`), TARGET).stages.map(stage => stage.connections)
const faults = (lines: string): readonly string[] =>
  problemsOf(closed(lines), TARGET).map(({ code, fix }) => `${code}: ${fix}`)

test('each rung is a stage without a rate, five seconds long unless for says otherwise', () => {
  const plan = planOf(closed('connections: [1, 8]'), TARGET)
  expect(plan.model).toBe('closed')
  expect(plan.stages).toEqual([
    { name: '1 connection', from: 0, to: 0, for: 5 * S, warmup: false, connections: 1 },
    { name: '8 connections', from: 0, to: 0, for: 5 * S, warmup: false, connections: 8 },
  ])
  expect(planOf(closed('connections: 3\nfor: 1m'), TARGET).stages[0]!.for).toBe(60 * S)
})

describe('connections', () => {
  test.each([
    ['32', [32]],
    ['[1, 10, 100]', [1, 10, 100]],
    ['1..64', [1, 2, 4, 8, 16, 32, 64]],
    ['3..20', [3, 6, 12, 20]],
    ['1 .. 5', [1, 2, 4, 5]],
    ['7..7', [7]],
  ])('%s', (text, rungs) => expect(rungsOf(text)).toEqual(rungs))

  test('a range doubles: it rises from its start to its end, at most twofold each time', () => {
    assert(
      property(integer({ min: 1, max: 10_000 }), integer({ min: 0, max: 9999 }), (first, more) => {
        const last = Math.min(10_000, first + more)
        const rungs = doubling(first, last)
        expect([rungs[0], rungs.at(-1)]).toEqual([first, last])
        for (const [i, rung] of rungs.entries()) {
          if (i === 0) continue
          expect(rung).toBeGreaterThan(rungs[i - 1]!)
          expect(rung).toBeLessThanOrEqual(2 * rungs[i - 1]!)
        }
        // Doubling 1 to 8192 takes 14 rungs, and 10 000 is one more.
        expect(rungs.length).toBeLessThanOrEqual(15)
      }),
    )
  })

  test('a list is a ladder exactly when it rises', () => {
    assert(
      property(uniqueArray(integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 32 }), rungs => {
        const rising = rungs.toSorted((a, b) => a - b)
        expect(rungsOf(`[${rising.join(', ')}]`)).toEqual(rising)
        const fix = `scenario/connections: write connections: [${rising.join(', ')}]`
        const isRising = rungs.every((rung, i) => rung === rising[i])
        expect(faults(`connections: [${rungs.join(', ')}]`)).toEqual(isRising ? [] : [fix])
      }),
    )
  })

  test.each([
    '0',
    '10001',
    '1.5',
    'many',
    '[]',
    '[1, 0]',
    '[1, two]',
    '64..1',
    '0..4',
    '1..10001',
    '{ a: 1 }',
  ])('%s is a problem', text =>
    expect(faults(`connections: ${text}`)).toEqual([expect.stringMatching(/^scenario\/connections: /)]),
  )

  test('a rung that comes twice is named once in the fix', () => {
    expect(faults('connections: [4, 2, 4]')).toEqual(['scenario/connections: write connections: [2, 4]'])
  })

  test('33 rungs are one too many', () => {
    const rungs = Array.from({ length: 33 }, (_, i) => i + 1)
    expect(rungsOf(`[${rungs.slice(1).join(', ')}]`)).toHaveLength(32)
    expect(faults(`connections: [${rungs.join(', ')}]`)).toHaveLength(1)
  })

  test('the highest rung needs as many connections as there may be', () => {
    expect(faults('connections: 1..64\nmax-connections: 63')).toEqual([
      'scenario/too-few-connections: write max-connections: 64, or a smaller number here',
    ])
    expect(faults('connections: 1..64\nmax-connections: 64')).toEqual([])
  })
})

describe('what does not go together', () => {
  test.each([
    ['for: 999ms', 'scenario/duration-out-of-range: write for: 1s or more'],
    ['for: 61m', 'scenario/duration-out-of-range: write for: 3600s or less'],
    ['for: 5', 'scenario/duration-without-unit: write for: 5s'],
    [STAGES, expect.stringMatching(/^scenario\/closed-load: remove stages, or model: closed/)],
    ['arrivals: even', expect.stringMatching(/^scenario\/closed-load: remove arrivals/)],
    ['search: { from: 1/s }', expect.stringMatching(/^scenario\/closed-load: remove search/)],
    ['http: 2', 'scenario/closed-transport: remove http, or model: closed'],
    [
      'connection-strategy: per-request',
      'scenario/closed-transport: remove connection-strategy, or model: closed',
    ],
  ])('a closed model and %s', (lines, fault) => expect(faults(`connections: 8\n${lines}`)).toEqual([fault]))

  test('a closed model without connections', () => {
    expect(faults('')).toEqual([
      'scenario/connections-missing: write connections: 32, or a ladder: connections: 1..64',
    ])
  })

  test('an open model and the keys of a closed one', () => {
    expect(problemsOf(`connections: 8\nfor: 5s\n${STAGES}`, TARGET).map(({ fix }) => fix)).toEqual([
      'add model: closed, or remove connections',
      'add model: closed, or remove for',
    ])
  })

  test('25 rungs of one hour each are more than a day', () => {
    const rungs = Array.from({ length: 25 }, (_, i) => i + 1).join(', ')
    expect(problemsOf(closed(`connections: [${rungs}]\nfor: 1h`), TARGET).map(placed)).toEqual([
      'shop.yaml:2:14 scenario/too-long',
    ])
  })

  test('a word that is no model is one problem, whatever else is there', () => {
    const problems = problemsOf('model: close\nconnections: 8', TARGET)
    expect(problems.map(({ fix }) => fix)).toEqual(['write model: closed'])
  })
})

describe('promises of a closed model', () => {
  const promise = (text: string): readonly string[] =>
    problemsOf(closed(`connections: 8\npromises: ["${text}"]`), TARGET).map(problem => problem.message)

  test('errors can be promised', () => {
    expect(promise('errors < 1%')).toEqual([])
    expect(promise('errors of GET / < 1%')).toEqual([])
  })

  test.each([
    ['knee > 800/s', 'a load above capacity is never offered'],
    ['502 onset > 800/s', 'a load above capacity is never offered'],
    ['p99 < 300ms', 'whole milliseconds'],
    ['errors < 1% up to 600/s', 'no rate is offered'],
  ])('%s cannot: it says why', (text, why) => {
    expect(promise(text)).toEqual([expect.stringContaining(why)])
  })
})
