import { assert, constantFrom, double, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { pairTrial } from '../../../src/scenario/pair-trial.ts'
import type { PairTrial } from '../../../src/scenario/pair-trial.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

const trial = (rest: Partial<PairTrial> = {}): PairTrial => ({
  name: 'pairs',
  target: 'http://127.0.0.1:8080',
  path: '/shop?q=1',
  kneeRps: 400,
  overloads: true,
  ...rest,
})

test('goes to 30 and 60 % of the knee, then a quarter beyond it, in 53 s', () => {
  const read = readScenario(pairTrial(trial()), 'trial.yaml', {})
  if (!read.ok) throw new Error(read.problems[0]!.message)
  expect(read.value.stages.map(({ from, to, for: long, warmup }) => [from, to, long / 1e9, warmup])).toEqual([
    [120, 120, 3, true],
    [120, 120, 12, false],
    [240, 240, 12, false],
    [240, 500, 10, false],
    [500, 500, 16, false],
  ])
  expect(read.value.requests.map(({ path }) => path)).toEqual(['/shop?q=1'])
})

test('stays below the knee where more cannot be offered', () => {
  const read = readScenario(pairTrial(trial({ overloads: false })), 'trial.yaml', {})
  expect(read.ok && Math.max(...read.value.stages.map(({ to }) => to))).toBe(240)
})

test('is a scenario without problems for any knee and any name', () => {
  assert(
    property(
      double({ min: 1, max: 1e5, noNaN: true }),
      constantFrom(true, false),
      string(),
      (kneeRps, overloads, tail) => {
        const read = readScenario(
          pairTrial(trial({ kneeRps, overloads, name: `pairs ${tail}` })),
          'trial.yaml',
          {},
        )
        // A name may hold what no name may; then that is the only thing to say.
        expect(read.ok || read.problems.every(({ at }) => at.line === 2)).toBe(true)
      },
    ),
  )
})
