import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeEffects } from '../../../src/cli/node-effects.ts'
import { prepareResume, resumeCommand } from '../../../src/cli/resume-order.ts'
import type { ResumeWish } from '../../../src/cli/resume-order.ts'
import type { RunOrder } from '../../../src/cli/run-order.ts'
import type { Result } from '../../../src/result/result.ts'
import { SEARCH_DEFAULTS } from '../../../src/scenario/search.ts'
import { conclude, learn, next, resume, startSearch } from '../../../src/search/search.ts'
import type { SearchState } from '../../../src/search/search.ts'
import { seconds } from '../../../src/units/quantity.ts'
import { launchReport } from '../../support/report-fixture.ts'

const { result: ramp } = launchReport()
const effects = nodeEffects()
const BUDGET = seconds(20)
const GOAL = { ...SEARCH_DEFAULTS, budget: BUDGET }

/** A search after so many seconds of load in which every request of 20/s was answered well. */
function stateAfter(load: number): SearchState {
  let state = startSearch(GOAL, { arrivalVariation: 1 })
  for (let second = 0; second < load; second += 1) {
    const step = state.steps.length - 1
    const counts = { offered: 20, ended: 20, good: 20, slow: 0, timedOut: 0, inFlight: 0 }
    state = learn(state, { step, seconds: 1, ...counts, valid: true })
  }
  return state
}

interface Cut {
  /** s; the budget is 20 s. */
  readonly load?: number
  readonly complete?: boolean
  readonly host?: string
  readonly words?: readonly string[]
}

/** A search that was cut off. */
function cutSearch({ load = 3, complete = false, host = '127.0.0.1', words = [] }: Cut = {}): Result {
  const state = complete
    ? { ...stateAfter(load), task: { kind: 'done' as const }, complete }
    : stateAfter(load)
  return {
    ...ramp,
    plan: { ...ramp.plan, target: { ...ramp.plan.target, host }, search: GOAL },
    run: { ...ramp.run, pacing: 'timer', workers: 2, scenario: { ...ramp.run.scenario, flags: words } },
    search: { steps: state.steps, conclusion: conclude(state), state },
  }
}

let folder = ''
let path = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-resume-'))
  path = join(folder, 'cut.json')
})
afterAll(() => rm(folder, { recursive: true }))

async function prepare(
  result: Result,
  wish: Partial<ResumeWish> = {},
): Promise<RunOrder | readonly string[]> {
  await writeFile(path, JSON.stringify({ schema: 'plimsoll/report@1', result }))
  const absent = { budget: undefined, workers: undefined, out: undefined, html: undefined }
  const prepared = await prepareResume({ path, allowedHosts: [], analysis: {}, ...absent, ...wish }, effects)
  if (prepared.ok) return prepared.value
  return prepared.problems.map(
    ({ at, code, fix }) => `${at.file === path ? 'cut.json' : at.file} ${code}: ${fix}`,
  )
}

describe('a search that was cut off goes on', () => {
  test('with the plan, the scenario and the flags that it had, into the same report', async () => {
    const cut = cutSearch()
    expect(await prepare(cut)).toEqual({
      plan: cut.plan,
      scenario: cut.run.scenario,
      workers: 2,
      pacing: 'timer',
      out: path,
      html: undefined,
      analysis: {},
      resumed: { path, result: cut },
    })
  })

  test('elsewhere, with other workers and a larger budget, if that is asked for', async () => {
    const out = join(folder, 'whole.json')
    const order = await prepare(cutSearch(), { out, workers: 1, budget: seconds(600) })
    expect(order).toMatchObject({
      out,
      workers: 1,
      plan: { search: { budget: 600e9 } },
      resumed: { result: { plan: { search: { budget: 600e9 } } } },
    })
  })

  test('into a report that was named, too: the one that it continues may be replaced', async () => {
    expect(await prepare(cutSearch(), { out: path })).toMatchObject({ out: path })
  })
})

test('one whose budget was spent goes on with what the budget cut off, given a larger one', async () => {
  const cut = cutSearch({ load: 20 })
  const { steps } = cut.search!
  expect(steps.at(-1)).toMatchObject({ phase: 'ramp', outcome: 'cut' })
  const order = await prepare(cut, { budget: seconds(60) })
  expect(order).toMatchObject({ plan: { search: { budget: 60e9 } }, resumed: { path } })
  const state = resume({ ...(cut.search!.state as SearchState), goal: { ...GOAL, budget: seconds(60) } })
  expect(next(state)).toMatchObject({ kind: 'offer', step: steps.length, rate: steps.at(-1)!.rate })
  expect(conclude(state).flags).toEqual([])
})

test('one that had not begun, the target having been down, begins', async () => {
  const cut = { ...cutSearch({ load: 0 }), windows: [] }
  const order = await prepare(cut)
  expect(order).toMatchObject({ plan: cut.plan, out: path })
  expect(order).not.toHaveProperty('resumed')
})

describe('what cannot go on says why, and what to type', () => {
  test.each([
    [ramp, 'cut.json resume/not-a-search: only a search can be resumed'],
    [cutSearch({ complete: true }), 'cut.json resume/complete: read it with plimsoll report'],
    [cutSearch({ load: 20 }), 'cut.json resume/budget-spent: give it more, of load in all: --budget 40s'],
    [
      cutSearch({ host: 'shop.example' }),
      '--allow-host run/host-not-allowed: if you may load that host, add',
    ],
  ])('case %#', async (result, problem) => {
    expect(await prepare(result)).toEqual([expect.stringContaining(problem)])
  })

  test('a budget that is spent already is none', async () => {
    const problem = expect.stringContaining('--budget resume/budget-spent')
    expect(await prepare(cutSearch({ load: 20 }), { budget: seconds(20) })).toEqual([problem])
  })

  test('all of it at once', async () => {
    const words = await prepare(cutSearch({ host: 'shop.example', complete: true }), { html: path })
    expect(words).toEqual([
      expect.stringContaining('run/host-not-allowed'),
      expect.stringContaining('--html run/cannot-write'),
      expect.stringContaining('resume/complete'),
    ])
  })
})

describe('the command to go on with', () => {
  test('names the report, and the hosts that had to be allowed', () => {
    const words = ['--seed', '7', '--allow-host', 'shop.example', '--gentle']
    expect(resumeCommand(cutSearch({ words }), 'cut.json')?.join(' ')).toBe(
      'plimsoll run --resume cut.json --allow-host shop.example',
    )
  })

  test('has a larger budget where the old one is spent', () => {
    expect(resumeCommand(cutSearch({ load: 20 }), 'cut.json')?.join(' ')).toBe(
      'plimsoll run --resume cut.json --budget 40s',
    )
  })

  test('is not there where nothing is left to do, or nothing was done', () => {
    expect(resumeCommand(cutSearch({ complete: true }), 'cut.json')).toBeUndefined()
    expect(resumeCommand({ ...cutSearch(), windows: [] }, 'cut.json')).toBeUndefined()
    expect(resumeCommand(ramp, 'cut.json')).toBeUndefined()
  })
})
