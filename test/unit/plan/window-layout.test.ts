import { array, assert, integer, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import { hold, stage } from '../../support/simulate-result.ts'

const layOut = (...durations: readonly number[]): number[][] =>
  layOutWindows({ stages: durations.map(duration => hold('s', 1, duration)) }).map(({ stage, from, to }) => [
    stage,
    from / 1e9,
    to / 1e9,
  ])

test('whole seconds make windows of one second', () => {
  expect(layOut(3)).toEqual([
    [0, 0, 1],
    [0, 1, 2],
    [0, 2, 3],
  ])
})

test('a rest below half a second lengthens the last window, a longer one makes a window of its own', () => {
  expect(layOut(2.25)).toEqual([
    [0, 0, 1],
    [0, 1, 2.25],
  ])
  expect(layOut(2.5)).toEqual([
    [0, 0, 1],
    [0, 1, 2],
    [0, 2, 2.5],
  ])
})

test('a stage shorter than half a second is one window', () => {
  expect(layOut(0.25, 1)).toEqual([
    [0, 0, 0.25],
    [1, 0.25, 1.25],
  ])
})

test('windows cover the trial without gap or overlap, never cross a stage, and last 0.5 to 1.5 s', () => {
  const nanoseconds = oneof(integer({ min: 1, max: 3e9 }), integer({ min: 1, max: 1e11 }))
  assert(
    property(array(nanoseconds, { minLength: 1, maxLength: 8 }), durations => {
      const stages = durations.map(duration => stage('s', 1, 2, duration / 1e9))
      const spans = layOutWindows({ stages })
      const ends: number[] = []
      let end = 0
      for (const { for: duration } of stages) ends.push((end += duration))
      expect(spans.at(-1)!.to).toBe(end)
      for (const [i, { stage, from, to }] of spans.entries()) {
        expect(from).toBe(spans[i - 1]?.to ?? 0)
        expect(from).toBeGreaterThanOrEqual(stage === 0 ? 0 : ends[stage - 1]!)
        expect(to).toBeLessThanOrEqual(ends[stage]!)
        const length = to - from
        expect(length).toBeLessThanOrEqual(1.5e9)
        expect(length).toBeGreaterThanOrEqual(Math.min(0.5e9, stages[stage]!.for) - 1)
      }
    }),
  )
})
