import { describe, expect, test } from 'vitest'
import { searchLevels } from '../../../src/analysis/search/search-levels.ts'
import { settledRecords } from '../../../src/analysis/search/settled-records.ts'
import { readWindows } from '../../../src/analysis/window-record.ts'
import type { Result } from '../../../src/result/result.ts'
import { exponential, fixed, queue, restarting, tokenBucket } from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'
import type { ScriptedStep } from '../../support/scripted-search.ts'

const even = { arrivals: 'even' } as const
const d1 = queue(fixed(0.002))

const settled = (result: Result): readonly number[] =>
  settledRecords(result.search!, readWindows(result)).map(({ window }) => window.from / 1e9)

const calm = (steps: readonly ScriptedStep[], knee: number, model: ServerModel): readonly number[] => {
  const result = scriptedSearch(steps, concluded(knee), model, even)
  return searchLevels(result.search!, readWindows(result)).calm.map(({ at }) => at)
}

describe('settled windows', () => {
  test('leave out the first second of each rate, and no second where the rate stays', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 3],
      ['ramp', 100, 3],
      ['plateau', 100, 2],
    ]
    expect(settled(scriptedSearch(steps, concluded(500), d1, even))).toEqual([1, 2, 4, 5, 6, 7])
  })

  test('leave out what an overload left behind: 5 s at 600/s are 500 too many, gone after 500/(500 − 250) = 2 s', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 2],
      ['plateau', 600, 5],
      ['settle', 250, 6],
    ]
    // The settle step begins at 7 s; its first window at rest is the one from 9 s on.
    expect(settled(scriptedSearch(steps, concluded(500), d1, even))).toEqual([1, 3, 4, 5, 6, 9, 10, 11, 12])
  })

  test('leave out void steps, recovery, and windows in which the generator was the limit', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 3],
      ['ramp', 100, 3, 'void'],
      ['hold', 110, 3, 'passed'],
      ['recovery', 80, 3],
    ]
    const result = scriptedSearch(steps, concluded(500), d1, even)
    const windows = result.windows.map((window, i) =>
      i === 7 ? { ...window, generator: { ...window.generator, longestStallMs: 90 } } : window,
    )
    expect(settled({ ...result, windows })).toEqual([1, 2, 8])
  })
})

describe('windows that speak for a rate', () => {
  test('leave out those in which a burst allowance of 150 hides that 360/s are 60/s too many: 2.5 s', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 2],
      ['plateau', 360, 6],
    ]
    // From 2 s on; refusals begin at 4.5 s, so the window from 4 s is partly that and partly the other.
    expect(calm(steps, 300, tokenBucket(300, 150))).toEqual([1, 5, 6, 7])
  })

  test('leave out a whole visit that took in no more than the allowance', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 2],
      ['ramp', 330, 3],
      ['settle', 100, 3],
      ['plateau', 360, 6],
    ]
    expect(calm(steps, 300, tokenBucket(300, 150))).toEqual([1, 6, 7, 11, 12, 13])
  })

  test('keep everything where nothing is hidden', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 2],
      ['plateau', 360, 4],
    ]
    expect(calm(steps, 500, d1)).toEqual([1, 3, 4, 5])
  })

  test.each([20, 35.5, 60])('leave out a restart at %s s of three seconds', from => {
    const model = restarting(queue(exponential(100), 4), from, from + 3)
    const result = scriptedSearch(pathAround(400), concluded(400), model)
    const { calm, struck } = searchLevels(result.search!, readWindows(result))
    expect(calm.reduce((sum, { bad }) => sum + bad, 0)).toBe(0)
    expect(struck.every(({ at }) => at >= Math.floor(from) - 1 && at < from + 3)).toBe(true)
  })
})
