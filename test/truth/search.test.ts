import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isExpected } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import type { Result } from '../../src/result/result.ts'
import type { carryOutSearch as CarryOutSearch } from '../../src/trial/carry-out-search.ts'
import type { TrialEffects } from '../../src/trial/carry-out.ts'
import type { Progress } from '../../src/trial/progress.ts'
import type { SearchPlan } from '../../src/trial/search-course.ts'
import { windowsInMemory } from '../../src/trial/window-store.ts'
import { perSecond, seconds, share } from '../../src/units/quantity.ts'
import { searchPlan } from '../support/fluid-search.ts'
import { makeFolder, startLabProcess } from '../support/plimsoll-process.ts'
import type { LabProcess, WorkFolder } from '../support/plimsoll-process.ts'
import { launchReport } from '../support/report-fixture.ts'

// Worker threads run compiled files only, so the search is carried out by the build.
const BUILT = new URL('../../dist/trial/carry-out-search.js', import.meta.url)
const { carryOutSearch } = (await import(BUILT.href)) as { readonly carryOutSearch: typeof CarryOutSearch }

/** One server, 2.5 ms each, an endless queue: it carries exactly 400/s. */
const CAPACITY = 400

let folder: WorkFolder
let labs: readonly LabProcess[]
beforeAll(async () => {
  folder = await makeFolder()
  const start = (): Promise<LabProcess> => startLabProcess(['D1', '--set', 'service=2.5ms'], folder.path)
  labs = await Promise.all([start(), start()])
})
afterAll(async () => {
  await Promise.all(labs.map(lab => lab.stop()))
  await folder.remove()
})

const planFor = (port: number): SearchPlan => ({
  ...searchPlan({
    from: perSecond(200),
    to: perSecond(2000),
    precision: share(0.05),
    budget: seconds(120),
  }),
  target: { protocol: 'http', host: '127.0.0.1', port, basePath: '' },
  seed: 41,
})

interface Carried {
  readonly result: Result
  readonly progress: readonly Progress[]
}

/** `stopAfter`: seconds of load in this part, then Ctrl-C. */
async function carry(plan: SearchPlan, stopAfter = Infinity, from?: Result): Promise<Carried> {
  const { toolVersion, scenario, machine } = launchReport().result.run
  const progress: Progress[] = []
  let stop: Parameters<TrialEffects['onStoppable']>[0] = () => undefined
  const result = await carryOutSearch(
    plan,
    {
      workers: 1,
      // Two searches share two processors with their targets: nobody spins.
      pacing: 'timer',
      facts: { id: from === undefined ? 'first' : 'second', toolVersion, scenario, machine },
      windows: windowsInMemory(),
      onStoppable: stopper => (stop = stopper),
      onProgress: second => {
        progress.push(second)
        if (progress.length === stopAfter) stop({ how: 'drain', signal: 'SIGINT' })
      },
    },
    from,
  )
  return { result, progress }
}

/** A machine that is busy with something else makes the generator the limit, and the search says so: three tries. */
async function decided(search: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    const result = await search()
    if (result.search?.conclusion.knee.bound === 'measured' || tried === 3) return result
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)

/** What holds of any search, however it ended: everything that was due is told of once, on one time line. */
function expectWhole({ plan: { stages, requests }, windows, drain, search }: Result): void {
  expect(search!.steps.map(({ rate }) => rate)).toEqual(stages.map(({ from }) => from))
  const spans = layOutWindows({ stages })
  for (const { stage, from } of windows)
    expect(spans).toContainEqual({ stage, from, to: expect.any(Number) as number })
  for (const { offered, series } of windows) expect(total(series.map(({ count }) => count))).toBe(offered)
  const due = total(windows.map(({ offered }) => offered))
  expect(total(windows.map(({ flow }) => flow.ended)) + drain.ended).toBe(due)
  const good = windows
    .flatMap(({ series }) => series)
    .filter(
      ({ request, outcome }) => outcome.kind === 'answered' && isExpected(requests[request]!, outcome.status),
    )
  expect(total(windows.map(({ flow }) => flow.good)) + drain.good).toBe(total(good.map(({ count }) => count)))
}

describe('a search of a server that carries 400/s', () => {
  let whole: Result
  let cut: Carried
  let resumed: Result
  beforeAll(async () => {
    const [one, other] = labs.map(({ port }) => planFor(port)) as [SearchPlan, SearchPlan]
    const interrupted = async (): Promise<void> => {
      cut = await carry(other, 7)
      resumed = await decided(async () => (await carry(other, Infinity, cut.result)).result)
    }
    const uninterrupted = async (): Promise<void> => {
      whole = await decided(async () => (await carry(one)).result)
    }
    await Promise.all([uninterrupted(), interrupted()])
  }, 600_000)

  test('finds it', () => {
    expect(whole.ended).toEqual({ how: 'completed' })
    expect(whole.search?.conclusion.flags).not.toContain('generator-limited')
    expect(whole.search?.conclusion).toMatchObject({ complete: true, knee: { bound: 'measured' } })
    expect(Math.abs(whole.search!.conclusion.knee.rps! / CAPACITY - 1)).toBeLessThan(0.05)
    expectWhole(whole)
    expect(whole.windows.map(({ stage, from, to }) => ({ stage, from, to }))).toEqual(
      layOutWindows(whole.plan),
    )
  })

  test('interrupted, is a RESULT of what was measured, with a sentence for every second', () => {
    expect(cut.result.ended).toMatchObject({ how: 'interrupted', signal: 'SIGINT' })
    expect(cut.result.search?.conclusion.complete).toBe(false)
    expectWhole(cut.result)
    for (const { search } of cut.progress.slice(0, 7)) expect(search?.because).not.toBe('')
    expect(cut.progress[0]!.search).toMatchObject({ step: 0, phase: 'baseline', rate: 200 })
  })

  test('resumed, equals one that was not interrupted, and is one time line', () => {
    expect(resumed.ended).toEqual({ how: 'completed' })
    expect(resumed.search?.conclusion.flags).not.toContain('generator-limited')
    expect(resumed.search?.conclusion).toMatchObject({ complete: true, knee: { bound: 'measured' } })
    const { rps } = resumed.search!.conclusion.knee
    expect(Math.abs(rps! / CAPACITY - 1)).toBeLessThan(0.05)
    expect(Math.abs(rps! / whole.search!.conclusion.knee.rps! - 1)).toBeLessThan(0.05)
    expectWhole(resumed)
    const earlier = cut.result.windows
    expect(resumed.windows.slice(0, earlier.length)).toEqual(earlier)
    const [first] = resumed.windows.slice(earlier.length)
    expect(first!.from % 1e9).toBe(0)
    expect(first!.from).toBeGreaterThanOrEqual(earlier.at(-1)!.to)
    expect(resumed.run.resumedFrom).toEqual([
      {
        id: 'first',
        startedAt: cut.result.run.startedAt,
        endedAt: cut.result.run.endedAt,
        until: first!.from,
      },
    ])
  })
})

test('nothing listens: a RESULT at once, which says so', async () => {
  const begun = performance.now()
  const result = await carryOutSearch(planFor(1), {
    workers: 1,
    facts: launchReport().result.run,
    windows: windowsInMemory(),
    onStoppable: () => undefined,
    onProgress: () => undefined,
  })
  expect(performance.now() - begun).toBeLessThan(4000)
  expect(result.ended).toMatchObject({ how: 'stopped', failure: 'refused', at: 0 })
  expect(result.windows).toEqual([])
  expect(result.search?.conclusion.complete).toBe(false)
})
