import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSchedule } from '../../../src/pacing/schedule.ts'
import type { Schedule } from '../../../src/pacing/schedule.ts'
import type { Arrivals, Stage } from '../../../src/plan/plan.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { hold, planOf, request } from '../../support/simulate-result.ts'

/** The starts that are known by now, each as `at, request, stage`. */
function drain(schedule: Schedule): string[] {
  const starts: string[] = []
  for (; schedule.at < Infinity; schedule.advance()) {
    starts.push(`${schedule.at} ${schedule.request} ${schedule.stage}`)
  }
  return starts
}

/** The first `length` seconds of a list of stages. */
function cut(stages: readonly Stage[], length: number): Stage[] {
  const kept: Stage[] = []
  let left = length
  for (const stage of stages) {
    if (left > 0) kept.push({ ...stage, for: seconds(Math.min(left, stage.for / 1e9)) })
    left -= stage.for / 1e9
  }
  return kept
}

const lengthOf = (stages: readonly Stage[]): number => stages.reduce((sum, each) => sum + each.for / 1e9, 0)

const stages = array(
  record({ rate: constantFrom(0, 1, 7, 40.5, 130), length: integer({ min: 1, max: 4 }) }),
  {
    minLength: 1,
    maxLength: 6,
  },
).map(list => list.map(({ rate, length }, i) => hold(`${i}`, rate, length)))

test('a schedule that grows, wherever it is cut and whether or not it has run out, gives the starts of the whole', () => {
  assert(
    property(
      record({
        stages,
        arrivals: constantFrom<Arrivals>('poisson', 'even'),
        seed: integer({ min: 1, max: 1e6 }),
        count: integer({ min: 1, max: 3 }),
        cuts: array(record({ after: integer({ min: 0, max: 3 }), taken: integer({ min: 0, max: 200 }) }), {
          maxLength: 10,
        }),
      }),
      ({ stages: whole, arrivals, seed, count, cuts }) => {
        const plan = planOf(whole, { arrivals, seed, requests: [request('a'), request('b')] })
        for (let index = 0; index < count; index += 1) {
          const grown: string[] = []
          let length = 0
          const growing = createSchedule({ ...plan, stages: [] }, { index, count })
          for (const { after, taken } of cuts) {
            length = Math.min(length + after, lengthOf(whole))
            growing.extend(cut(whole, length))
            for (let i = 0; i < taken && growing.at < Infinity; i += 1, growing.advance())
              grown.push(`${growing.at} ${growing.request} ${growing.stage}`)
          }
          growing.extend(whole)
          grown.push(...drain(growing))
          expect(grown).toEqual(drain(createSchedule(plan, { index, count })))
        }
      },
    ),
  )
})

describe('even arrivals of 2/s, lengthened from one second to two after they had run out', () => {
  const schedule = createSchedule(planOf([hold('h', 2, 1)], { arrivals: 'even' }), { index: 0, count: 1 })

  test('lie at 0.25 and 0.75 s, then at 1.25 and 1.75 s', () => {
    expect(drain(schedule)).toEqual(['250000000 0 0', '750000000 0 0'])
    schedule.extend([hold('h', 2, 2)])
    expect(drain(schedule)).toEqual(['1250000000 0 0', '1750000000 0 0'])
  })

  test('a silent stage adds none, and the one after it goes on', () => {
    schedule.extend([hold('h', 2, 2), hold('silence', 0, 3)])
    expect(schedule.at).toBe(Infinity)
    schedule.extend([hold('h', 2, 2), hold('silence', 0, 3), hold('again', 1, 1)])
    expect(drain(schedule)).toEqual(['5500000000 0 2'])
  })
})
