import { analyse } from '../../src/analysis/analyse.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/report.ts'
import type { GeneratorHealth, IntervalWindow, OutcomeSeries, Result } from '../../src/result/result.ts'
import { nanoseconds, seconds } from '../../src/units/quantity.ts'
import { judge } from '../../src/verdict/judge.ts'
import { closedPlan, rung } from './closed-plan.ts'
import { FACTS } from './fixture-result.ts'

/** A number of connections, and what came back in each of its seconds. */
export interface Seen {
  readonly connections: number
  readonly good: readonly number[]
  /** Answers 502 in each second. */
  readonly bad?: number
  readonly warmup?: true
  readonly generator?: Partial<GeneratorHealth>
}

const HEALTHY: GeneratorHealth = {
  latenessUs: '',
  utilisation: 0.3,
  longestStallMs: 5,
  garbageCollectionMs: 40,
  cpuCores: 0.3,
  connectionsOpened: 0,
  connectionsOpen: 8,
}

/** The RESULT of a closed plan in which this came back. */
export function closedResult(seen: readonly Seen[], rest: Partial<Plan> = {}): Result {
  const stages = seen.map(({ connections, good, warmup = false }) => ({
    ...rung(connections, good.length),
    warmup,
  }))
  const plan = closedPlan(stages, rest)
  const windows = layOutWindows(plan).map(({ stage, from, to }): IntervalWindow => {
    const { connections, good, bad = 0, generator } = seen[stage]!
    const first = plan.stages.slice(0, stage).reduce((sum, { for: length }) => sum + length, 0)
    const ok = good[Math.round((from - first) / 1e9)]!
    const one = (status: number, count: number): OutcomeSeries => ({
      request: 0,
      outcome: { kind: 'answered', status },
      count,
      firstAt: nanoseconds(from + 1e6),
      bytesRead: count * 100,
      responseTimesUs: '',
      serviceTimesUs: '',
    })
    return {
      stage,
      from,
      to,
      offered: ok + bad,
      sent: ok + bad,
      series: [one(200, ok), one(502, bad)].filter(({ count }) => count > 0),
      flow: { answered: ok + bad, good: ok, ended: ok + bad },
      inFlight: { mean: connections, atEnd: connections },
      generator: { ...HEALTHY, ...generator },
    }
  })
  return {
    schema: 'plimsoll/result@1',
    plan,
    run: FACTS,
    ended: { how: 'completed' },
    windows,
    drain: { answered: 0, good: 0, ended: 0 },
    samples: [],
  }
}

/** The same second after second. */
export const steady = (
  connections: number,
  good: number,
  { for: length = 5, ...rest }: Partial<Omit<Seen, 'connections' | 'good'>> & { readonly for?: number } = {},
): Seen => ({ connections, good: Array.from({ length }, () => good), ...rest })

export function closedReportOf(result: Result): Report {
  const findings = analyse(result)
  return buildReport(result, findings, judge(result.plan, findings, result))
}

/** One core of 2 ms each: 450/s by one connection, 500/s by more; with 16 of them, a tenth is answered 502. */
export const closedReport = (): Report =>
  closedReportOf(
    closedResult(
      [steady(1, 450), steady(2, 500), steady(4, 500), steady(8, 500), steady(16, 450, { bad: 50 })],
      { name: 'closed probe', promises: [] },
    ),
  )

export const interrupted = (result: Result, atSeconds: number): Result => ({
  ...result,
  ended: { how: 'interrupted', signal: 'SIGINT', at: seconds(atSeconds) },
})
