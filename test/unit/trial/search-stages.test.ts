import { expect, test } from 'vitest'
import type { Stage } from '../../../src/plan/plan.ts'
import { carriedOutUntil, withOneSecondMore } from '../../../src/trial/search-stages.ts'
import type { Offer } from '../../../src/trial/search-stages.ts'
import { perSecond, seconds } from '../../../src/units/quantity.ts'
import { hold } from '../../support/simulate-result.ts'

const offer = (step: number, phase: Offer['phase'], rate: number): Offer => ({
  kind: 'offer',
  step,
  phase,
  rate: perSecond(rate),
  because: '',
})
const lengths = (stages: readonly Stage[]): number[] => stages.map(stage => stage.for / 1e9)

test('the same step makes its stage a second longer, another one is a stage of its own', () => {
  let stages: readonly Stage[] = []
  for (const each of [offer(0, 'baseline', 20), offer(0, 'baseline', 20), offer(1, 'ramp', 1140)])
    stages = withOneSecondMore(stages, each)
  expect(stages).toEqual([hold('baseline 20/s', 20, 2), hold('ramp 1 140/s', 1140, 1)])
})

test('two steps of one rate are two stages', () => {
  const stages = withOneSecondMore(withOneSecondMore([], offer(0, 'hold', 50)), offer(1, 'hold', 50))
  expect(lengths(stages)).toEqual([1, 1])
})

test.each([
  ['stopped inside a second: that second is the last', 4.3, 3],
  ['stopped at the end of a second', 4, 2],
  ['stopped before its first second was over, or had begun', 1.2, 1],
  ['windows beyond what was known to be committed', 9, 7],
])('the last stage, committed for 5 s from 2 s on, %s', (_, reached, length) => {
  const stages = [hold('a', 10, 2), hold('b', 20, 5)]
  expect(lengths(carriedOutUntil(stages, seconds(reached)))).toEqual([2, length])
})
