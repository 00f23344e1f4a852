import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Findings } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import type { SearchConclusion } from '../../../src/result/search-record.ts'
import { share } from '../../../src/units/quantity.ts'
import {
  brokenRoute,
  exponential,
  fixed,
  flaky,
  queue,
  restarting,
  tokenBucket,
  withGatewayTimeout,
} from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { concluded, pathAround, scriptedSearch } from '../../support/scripted-search.ts'
import type { ScriptedStep } from '../../support/scripted-search.ts'
import { request } from '../../support/simulate-result.ts'

interface Case {
  readonly knee: number
  readonly model: ServerModel
  readonly steps?: readonly ScriptedStep[]
  readonly conclusion?: Partial<SearchConclusion>
  readonly plan?: Partial<Plan>
}

const search = ({ knee, model, steps = pathAround(knee), conclusion = {}, plan = {} }: Case): Findings =>
  analyse(scriptedSearch(steps, concluded(knee, conclusion), model, plan))

const d1 = queue(fixed(0.002))
const full = queue(exponential(400), 1, 100)
const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1)

describe('the sustained onset', () => {
  test('of a full queue at 400/s is where exactly the excess is lost, 10 of 10 seeds', () => {
    const onsets = SEEDS.map(seed => search({ knee: 400, model: full, plan: { seed } }).onset['502']!)
    for (const { loadRelated, undecided, rps, firstSeenRps, because } of onsets) {
      expect([loadRelated, undecided]).toEqual([true, false])
      expect(Math.abs(rps / 400 - 1)).toBeLessThan(0.05)
      // The ramp's step at 1.2 times the knee is the first above it.
      expect(firstSeenRps).toBeCloseTo(480, 6)
      expect(because).toContain('on each of 2 visits')
    }
    expect(onsets.filter(({ low, high }) => low! <= 400 && 400 <= high!).length).toBeGreaterThanOrEqual(7)
  })

  test('of a token bucket of 300/s is 300/s, though its burst of 150 hides it at first', () => {
    const { rps, low, high } = search({ knee: 300, model: tokenBucket(300, 150) }).onset['503']!
    expect(Math.abs(rps / 300 - 1)).toBeLessThan(0.04)
    expect(low).toBeLessThan(300)
    expect(high).toBeGreaterThan(300)
  })

  test('behind a timeout is the knee, where the backlog begins to grow', () => {
    const onset = search({ knee: 500, model: withGatewayTimeout(d1, 1) }).onset['504']!
    expect(onset).toMatchObject({ loadRelated: true, rps: 500, low: 490, high: 510 })
    expect(onset.because).toContain('a timeout of 1 s hides it')
  })

  test('of a target that collapses is the knee, however much is lost beyond', () => {
    const collapsing: ServerModel = () => {
      let free = 0
      return at => {
        const waits = free - at
        if (waits > 0.5) return { status: 502, endsAt: at + 0.001 }
        // Ten times slower as soon as 100 ms of work wait.
        free = Math.max(at, free) + (waits > 0.1 ? 0.02 : 0.002)
        return { status: 200, endsAt: free }
      }
    }
    const onset = search({ knee: 500, model: collapsing, conclusion: { flags: ['collapse'] } }).onset['502']!
    expect(onset).toMatchObject({ loadRelated: true, rps: 500, low: 490, high: 510 })
  })

  test('without a queue is the knee that holds bracketed by the errors themselves: Erlang-B, 156.4', () => {
    const onset = search({
      knee: 156.4,
      model: queue(exponential(50), 8, 8),
      conclusion: { mode: 'bracket', flags: ['small-buffers'] },
    }).onset['502']!
    expect(onset).toMatchObject({ loadRelated: true, rps: 156.4 })
  })

  test('is the same for each request of the scenario that meets it, and null for one that does not', () => {
    const requests = [request('page'), request('asset')]
    const assetsAside: ServerModel = random => {
      const server = full(random)
      return (at, of) => (of === 1 ? { status: 200, endsAt: at + 0.001 } : server(at, of))
    }
    // Half of the requests need the server of 400/s, so the knee is at 800/s.
    const { routes, onset } = search({ knee: 800, model: assetsAside, plan: { requests } })
    expect(onset['502']!.loadRelated).toBe(true)
    expect(routes[0]!.onset!.loadRelated).toBe(true)
    expect(Math.abs(routes[0]!.onset!.rps / 800 - 1)).toBeLessThan(0.06)
    expect(routes[1]!.onset).toBeNull()
  })

  test('has no lower end where every rate met it', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 500, 8, 'failed'],
      ['hold', 600, 8, 'failed'],
    ]
    const atMost = {
      rps: 500,
      low: null,
      high: 500,
      confidence: 0.95,
      bound: 'at-most',
      because: '',
    } as const
    const onset = search({ knee: 500, model: full, steps, conclusion: { knee: atMost } }).onset['502']!
    expect(onset).toMatchObject({ loadRelated: true, low: null })
  })
})

describe('what the load does not bring is no onset', () => {
  const four = queue(exponential(100), 4)

  test('sporadic errors with outages, 10 of 10 seeds', () => {
    const model = flaky(four, 0.003, { every: 30, seconds: 0.3, share: 0.6 })
    for (const seed of SEEDS) {
      const { onset } = search({
        knee: 403,
        model,
        plan: { seed },
        conclusion: { baselineShare: share(0.003) },
      })
      expect(onset['502']).toMatchObject({ loadRelated: false, low: null, high: null })
    }
  })

  test('a broken page, of which each second has some', () => {
    const requests = [request('ok', 95), request('plugin', 5)]
    const { onset, routes } = search({
      knee: 526,
      model: brokenRoute(d1, 1),
      plan: { requests },
      conclusion: { baselineShare: share(0.05) },
    })
    expect(onset['502']).toMatchObject({ loadRelated: false, undecided: false })
    expect(onset['502']!.because).toContain('met it at low load, and no more than that at the highest')
    expect(routes.map(({ onset }) => onset?.loadRelated)).toEqual([undefined, false])
  })

  test.each([5, 14, 20, 35.5, 45, 60])('a restart at %s s that answers 502 for three seconds', from => {
    const model: ServerModel = random => {
      const restarts = restarting(four, from, from + 3)(random)
      return (at, of) => {
        const ending = restarts(at, of)
        return ending.status === 'reset' && Math.floor(at * 1000) % 2 === 0
          ? { ...ending, status: 502 }
          : ending
      }
    }
    for (const seed of [1, 2])
      expect(search({ knee: 400, model, plan: { seed } }).onset['502']).toMatchObject({ loadRelated: false })
  })

  test('five seconds at the only high rate cannot tell the load from an outage, and say so', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 5],
      ['ramp', 100, 4],
      ['ramp', 600, 6, 'failed'],
    ]
    expect(search({ knee: 400, model: full, steps }).onset['502']).toMatchObject({
      loadRelated: false,
      undecided: true,
    })
  })

  test('the same with the load taken away and brought back decides: A-B-A', () => {
    const steps: ScriptedStep[] = [
      ['baseline', 50, 5],
      ['ramp', 100, 4],
      ['ramp', 600, 5, 'failed'],
      ['onset', 300, 5, 'measured'],
      ['onset', 600, 5, 'measured'],
    ]
    const onset = search({ knee: 400, model: full, steps }).onset['502']!
    expect(onset.loadRelated).toBe(true)
    expect(Math.abs(onset.rps / 400 - 1)).toBeLessThan(0.06)
  })
})
