import { describe, expect, test } from 'vitest'
import { assert, integer, property } from 'fast-check'
import { codesWith, faultsWith, planWith } from './reading.ts'

const S = 1e9

describe('a staircase', () => {
  test('from 100/s to 400/s in 4 steps holds 100, 200, 300 and 400/s', () => {
    const { stages } = planWith(
      'stages: [{ name: up, from: 100/s, to: 400/s, steps: 4, for: 10s, warmup: false }]',
    )
    expect(stages).toEqual([
      { name: 'up 1/4', from: 100, to: 100, for: 2.5 * S, warmup: false },
      { name: 'up 2/4', from: 200, to: 200, for: 2.5 * S, warmup: false },
      { name: 'up 3/4', from: 300, to: 300, for: 2.5 * S, warmup: false },
      { name: 'up 4/4', from: 400, to: 400, for: 2.5 * S, warmup: false },
    ])
  })

  test('with each: 5s takes 5 s per step, and may go down', () => {
    const { stages } = planWith('stages: [{ from: 30/s, to: 10/s, steps: 3, each: 5s }]')
    expect(stages.map(({ name, from, for: time }) => [name, from, time])).toEqual([
      ['stage 1 1/3', 30, 5 * S],
      ['stage 1 2/3', 20, 5 * S],
      ['stage 1 3/3', 10, 5 * S],
    ])
  })

  test('begins and ends at its rates exactly, and only climbs', () => {
    assert(
      property(
        integer({ min: 0, max: 1e6 }),
        integer({ min: 1, max: 1e6 }),
        integer({ min: 2, max: 50 }),
        (a, d, n) => {
          const { stages } = planWith(`stages: [{ from: ${a}/s, to: ${a + d}/s, steps: ${n}, each: 1s }]`)
          const rates = stages.map(({ from }) => from)
          expect([rates.length, rates[0], rates.at(-1)]).toEqual([n, a, a + d])
          expect(rates).toEqual([...rates].sort((x, y) => x - y))
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('a stage says its rate and its duration once', () => {
  const rate = 'scenario/stage-rate'
  const duration = 'scenario/stage-duration'
  test.each([
    ['{ for: 1s }', [rate]],
    ['{ rate: 1/s }', [duration]],
    ['{}', [rate, duration]],
    ['{ rate: 1/s, from: 1/s, to: 2/s, for: 1s }', [rate]],
    ['{ rate: 1/s, to: 2/s, for: 1s }', [rate]],
    ['{ from: 1/s, for: 1s }', [rate]],
    ['{ to: 1/s, for: 1s }', [rate]],
    ['{ rate: 1/s, steps: 3, for: 1s }', [rate]],
    ['{ rate: 1/s, each: 1s }', [duration]],
    ['{ from: 1/s, to: 2/s, steps: 3 }', [duration]],
    ['{ from: 1/s, to: 2/s, steps: 3, for: 3s, each: 1s }', [duration]],
    ['{ from: 1/s, to: 2/s, steps: 1, each: 1s }', ['scenario/not-a-whole-number']],
    ['{ from: 1/s, to: 2/s, steps: 1001, each: 1s }', ['scenario/not-a-whole-number']],
    ['{ rate: 1/s, for: 1s, warmup: yes }', ['scenario/not-a-choice']],
    ['{ rate: -1/s, for: 1s }', ['scenario/not-a-rate']],
    ['{ rate: 10s, for: 1s }', ['scenario/not-a-rate']],
    ['{ rate: 1/s, for: -1s }', ['scenario/not-a-duration']],
    ['5/s', ['scenario/not-a-mapping']],
  ])('%s', (stage, codes) => {
    expect(codesWith(`stages: [${stage}]`)).toEqual(codes)
  })
})

test('the fix keeps the number that was written', () => {
  expect(faultsWith('stages: [{ rate: 12 rps, for: 5 minutes }]')).toEqual([
    'scenario/not-a-rate: write rate: 12/s',
    'scenario/not-a-duration: write for: 5s',
  ])
})

describe('the stages together', () => {
  test.each([
    ['{ rate: 5/s, for: 1s, warmup: true }', 'scenario/only-warmup'],
    ['{ rate: 0/s, for: 1s }', 'scenario/no-load'],
    ['{ rate: 5/s, for: 1s, warmup: true }, { rate: 0/s, for: 1s }', 'scenario/no-load'],
    ['{ rate: 5/s, for: 12h }, { rate: 5/s, for: 721min }', 'scenario/too-long'],
    ['{ from: 1/s, to: 2/s, steps: 1000, each: 2m }', 'scenario/too-long'],
    ['{ name: a, rate: 5/s, for: 1s }, { name: a, rate: 6/s, for: 1s }', 'scenario/duplicate-name'],
  ])('%s', (stages, code) => {
    expect(codesWith(`stages: [${stages}]`)).toEqual([code])
  })

  test('a pause among stages with load is fine, and 24 h are not too long', () => {
    const { stages } = planWith('stages: [{ rate: 0/s, for: 12h }, { from: 0/s, to: 1/s, for: 12h }]')
    expect(stages.map(({ for: time }) => time)).toEqual([43_200 * S, 43_200 * S])
  })

  test('a list without stages is a problem that shows how to write one', () => {
    expect(faultsWith('stages: []')).toEqual([
      'scenario/not-a-list: write, on a line of its own, - { rate: 200/s, for: 30s }',
    ])
  })
})
