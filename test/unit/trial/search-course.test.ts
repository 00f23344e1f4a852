import { describe, expect, test } from 'vitest'
import { durationOf } from '../../../src/plan/plan.ts'
import { layOutWindows } from '../../../src/plan/window-layout.ts'
import type { Result } from '../../../src/result/result.ts'
import { next, resume, startSearch } from '../../../src/search/search.ts'
import { earlierPart } from '../../../src/trial/earlier-part.ts'
import { NO_EARLIER_PART } from '../../../src/trial/earlier-part.ts'
import { checkResumable } from '../../../src/trial/check-resumable.ts'
import { SearchCourse } from '../../../src/trial/search-course.ts'
import type { SearchStanding, WindowStore } from '../../../src/trial/window-store.ts'
import { windowsInMemory } from '../../../src/trial/window-store.ts'
import { followFluid, searchPlan } from '../../support/fluid-search.ts'
import type { Followed } from '../../support/fluid-search.ts'
import { launchReport } from '../../support/report-fixture.ts'

const PLAN = searchPlan()
const CAPACITY = 400
const state = startSearch(PLAN.search, { arrivalVariation: 0 })

function begin(windows: WindowStore = windowsInMemory()): SearchCourse {
  return new SearchCourse(PLAN, { ...NO_EARLIER_PART, state }, windows, undefined)
}

const { run } = launchReport().result
const asResult = ({ result }: Followed): Result => ({
  schema: 'plimsoll/result@1',
  run,
  ended: { how: 'completed' },
  drain: { answered: 0, good: 0, ended: 0 },
  samples: [],
  ...result,
})

describe('a search of a server that answers 400/s', () => {
  const standings: SearchStanding[] = []
  const store = windowsInMemory()
  const course = begin({ ...store, keepSearch: standing => standings.push(structuredClone(standing)) })
  const followed = followFluid(course, CAPACITY)
  const { plan, search, windows } = followed.result

  test('finds it, and closes its load', () => {
    expect(search?.conclusion.complete).toBe(true)
    expect(followed.isClosed).toBe(true)
    expect(Math.abs(search!.conclusion.knee.rps! / CAPACITY - 1)).toBeLessThan(0.03)
  })

  test('begins with two seconds of load and is always a second ahead, until it is closed', () => {
    expect(durationOf(course.plan)).toBe(2e9)
    const total = followed.lengths.at(-1)!
    // When second k has passed, the load reaches to the end of second k + 2.
    expect(followed.lengths).toEqual(followed.lengths.map((_, k) => Math.min(total, k + 3)))
  })

  test('has one stage for each step, of its rate, and one window for each second', () => {
    expect(plan.stages.map(({ from }) => from)).toEqual(search!.steps.map(({ rate }) => rate))
    expect(plan.stages.every(({ from, to }) => from === to)).toBe(true)
    expect(windows.map(({ stage, from, to }) => ({ stage, from, to }))).toEqual(layOutWindows(plan))
    expect(windows).toHaveLength(followed.lengths.length)
  })

  test('tells each second what its step is for, and when one begins what the one before it showed', () => {
    const { steps } = search!
    for (const [second, { search: told }] of followed.progress.entries()) {
      const { step, rate, because, found } = told!
      expect(step).toBe(windows[second]!.stage)
      expect({ rate, because }).toEqual({ rate: steps[step]!.rate, because: steps[step]!.because })
      expect(found).toBe(step === 0 ? '' : steps[step - 1]!.found)
    }
  })

  test('keeps where it stands whenever a step begins', () => {
    expect(standings.map(({ stages }) => stages.length)).toEqual(plan.stages.map((_, i) => i + 1))
    for (const { stages } of standings) {
      const before = stages.slice(0, -1)
      expect(before).toEqual(plan.stages.slice(0, before.length))
    }
  })

  test('has nothing left to go on with', () => {
    const checked = checkResumable(asResult(followed), 'r.json')
    expect(checked.ok ? [] : checked.problems.map(({ code }) => code)).toEqual(['resume/complete'])
  })
})

describe.each([1, 5, 12, 20, 30])('interrupted after %s s and resumed', seconds => {
  const cut = asResult(followFluid(begin(), CAPACITY, seconds))
  const resumed = resume(cut.search!.state as typeof state)
  const first = next(resumed)
  const store = windowsInMemory()
  if (first.kind === 'done') throw new Error('the search was over already')
  const course = new SearchCourse(PLAN, earlierPart(cut, resumed, first.step), store, undefined)
  const { result, progress } = followFluid(course, CAPACITY)

  test('finds the same', () => {
    expect(checkResumable(cut, 'r.json').ok).toBe(true)
    expect(result.search?.conclusion.complete).toBe(true)
    expect(Math.abs(result.search!.conclusion.knee.rps! / CAPACITY - 1)).toBeLessThan(0.03)
  })

  test('has what was measured before, then goes on in whole seconds with stages of its own', () => {
    expect(result.windows.slice(0, seconds)).toEqual(cut.windows)
    expect(cut.windows).toHaveLength(seconds)
    expect(result.plan.stages.slice(0, first.step)).toEqual(cut.plan.stages)
    const begun = layOutWindows(result.plan)
    const own = result.windows.slice(seconds)
    expect(own.map(({ stage, from, to }) => ({ stage, from, to }))).toEqual(
      begun.filter(({ stage }) => stage >= first.step),
    )
    expect(progress[0]!.atSeconds).toBe(own[0]!.to / 1e9)
  })

  test('has a step for every stage, the one that was cut included', () => {
    expect(result.search!.steps.map(({ rate }) => rate)).toEqual(result.plan.stages.map(({ from }) => from))
    expect(result.search!.steps[first.step - 1]!.outcome).toBe('cut')
  })

  test('draws its arrivals afresh, and the report keeps the seed', () => {
    expect(course.plan.seed).not.toBe(PLAN.seed)
    expect(result.plan.seed).toBe(PLAN.seed)
  })
})
