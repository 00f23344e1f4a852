import { expect, test } from 'vitest'
import type { IntervalWindow, Sample } from '../../../src/result/result.ts'
import type { SearchState } from '../../../src/search/search-state.ts'
import { bothFlows, bothSamples, earlierPart, laterWindow } from '../../../src/trial/earlier-part.ts'
import type { EarlierPart } from '../../../src/trial/earlier-part.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { fixed, queue } from '../../support/servers.ts'
import { hold, planOf, simulateResult } from '../../support/simulate-result.ts'

const FIRST = simulateResult(planOf([hold('baseline', 20, 3), hold('ramp', 40, 2)]), queue(fixed(0.01)))
const LATER = simulateResult(planOf([hold('ramp', 40, 2)]), queue(fixed(0.01))).windows
const STATE = {} as SearchState

const whole = (from = FIRST, step = 2): EarlierPart => earlierPart(from, STATE, step)
const timesOf = ({ stage, from, to }: IntervalWindow): number[] => [stage, from / 1e9, to / 1e9]

test('a later part goes on where the stages of the earlier one end, with a stage of its own', () => {
  const { windows, until } = whole()
  expect(until).toBe(5e9)
  expect([...windows, ...LATER.map(window => laterWindow(window, whole()))].map(timesOf)).toEqual([
    [0, 0, 1],
    [0, 1, 2],
    [0, 2, 3],
    [1, 3, 4],
    [1, 4, 5],
    [2, 5, 6],
    [2, 6, 7],
  ])
})

test('first starts move with their windows; nothing else of a window changes', () => {
  const [window] = LATER
  const moved = laterWindow(window!, whole())
  const firsts = window!.series.map(({ firstAt }) => firstAt + 5e9)
  expect(moved.series.map(({ firstAt }) => firstAt)).toEqual(firsts)
  const { stage, from, to, series } = window!
  expect({ ...moved, stage, from, to, series }).toEqual(window)
})

test('a step that the search does not know of is left out with its windows, and its number is taken again', () => {
  const { stages, windows, until } = whole(FIRST, 1)
  expect([stages.length, windows.length, until]).toEqual([1, 3, 3e9])
})

test('runs are told in order, each with the instant at which the next one took over', () => {
  const { id, startedAt, endedAt } = FIRST.run
  const [first] = whole().runs
  expect(first).toEqual({ id, startedAt, endedAt, until: 5e9 })
  const again = { ...FIRST, run: { ...FIRST.run, id: 'second', resumedFrom: [first!] } }
  expect(whole(again).runs.map(run => run.id)).toEqual([id, 'second'])
})

test('late answers add up; of each kind of sample the first stays, and what is new comes later by the earlier part', () => {
  const a = { answered: 1, good: 2, ended: 3 }
  expect(bothFlows(a, { answered: 10, good: 20, ended: 30 })).toEqual({ answered: 11, good: 22, ended: 33 })
  const sample = (status: number, at: number): Sample => ({
    request: 0,
    outcome: { kind: 'answered', status },
    at: seconds(at),
    head: '',
    body: '',
  })
  const earlier = { ...whole(), samples: [sample(200, 1)] }
  expect(bothSamples(earlier, [sample(200, 0.5), sample(502, 0.7)])).toEqual([
    sample(200, 1),
    sample(502, 5.7),
  ])
})
