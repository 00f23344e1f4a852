import { expect, test } from 'vitest'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import type { TickPart } from '../../../src/recording/window-part.ts'
import { countsOf } from '../../../src/result/counts.ts'
import { toProgress } from '../../../src/trial/progress.ts'
import { closedPlan, rung } from '../../support/closed-plan.ts'
import { QUIET_TICK } from '../../support/quiet-tick.ts'
import { hold, planOf, stage } from '../../support/simulate-result.ts'

const PLAN = planOf([stage('warm-up', 1, 1, 1, true), hold('load', 10, 1.25)])
const SPANS = layOutWindows(PLAN)

const tick = (index: number, rest: Partial<TickPart> = {}): TickPart => ({
  ...QUIET_TICK,
  index,
  ...rest,
})

test('a quiet second of the warm-up', () => {
  expect(toProgress(PLAN, SPANS, [tick(0)])).toEqual({
    atSeconds: 1,
    secondsLeft: 1.25,
    stage: 'warm-up',
    warmup: true,
    offeredRps: 0,
    goodRps: 0,
    errorShare: null,
    p99Ms: null,
    inFlight: 0,
    draining: false,
  })
})

test('two workers add up; rates count the true length of the window, here 1.25 s', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i + 1) * 10)
  const progress = toProgress(PLAN, SPANS, [
    tick(1, {
      offered: 30,
      flow: { answered: 10, good: 8, ended: 12 },
      inFlight: 3,
      response: countsOf(values.slice(0, 50)),
    }),
    tick(1, {
      offered: 20,
      flow: { answered: 8, good: 7, ended: 8 },
      inFlight: 4,
      response: countsOf(values.slice(50)),
    }),
  ])
  expect(progress).toEqual({
    atSeconds: 2.25,
    secondsLeft: 0,
    stage: 'load',
    warmup: false,
    offeredRps: 40,
    goodRps: 12,
    // 20 ended, 15 of them good.
    errorShare: 0.25,
    // The 99th of 10, 20, … 1000 µs.
    p99Ms: 0.99,
    inFlight: 7,
    draining: true,
  })
})

test('in a closed model with how many connections', () => {
  const plan = closedPlan([rung(8, 1)])
  expect(toProgress(plan, layOutWindows(plan), [tick(0)])).toMatchObject({
    stage: '8 connections',
    connections: 8,
  })
})
