import { durationOf } from '../plan/plan.ts'
import type { Stage } from '../plan/plan.ts'
import type { EarlierRun, Flow, IntervalWindow, Result, RunFacts, Sample } from '../result/result.ts'
import type { SearchState } from '../search/search.ts'
import { nanoseconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'

/** What a resumed search has from before. */
export interface EarlierPart {
  readonly state: SearchState
  readonly stages: readonly Stage[]
  readonly windows: readonly IntervalWindow[]
  readonly drain: Flow
  readonly samples: readonly Sample[]
  readonly runs: readonly EarlierRun[]
  /** In trial time: here the new part begins. */
  readonly until: Nanoseconds
}

export const NO_EARLIER_PART: Omit<EarlierPart, 'state'> = {
  stages: [],
  windows: [],
  drain: { answered: 0, good: 0, ended: 0 },
  samples: [],
  runs: [],
  until: nanoseconds(0),
}

/**
 * `state` says where the search goes on; its next step is number `step`. What was measured of that step without the
 * search's having known of it is left out.
 */
export function earlierPart(from: Result, state: SearchState, step: number): EarlierPart {
  const stages = from.plan.stages.slice(0, step)
  const until = durationOf({ stages })
  const { id, startedAt, endedAt, resumedFrom = [] } = from.run
  return {
    state,
    stages,
    windows: from.windows.filter(({ stage }) => stage < step),
    drain: from.drain,
    samples: from.samples,
    runs: [...resumedFrom, { id, startedAt, endedAt, until }],
    until,
  }
}

/** For the facts of the run; nothing where there was no earlier part. */
export const resumedFrom = ({ runs }: EarlierPart): Pick<RunFacts, 'resumedFrom'> =>
  runs.length === 0 ? {} : { resumedFrom: runs }

/** A window of a later part, on the time line of the whole. */
export function laterWindow(window: IntervalWindow, { stages, until }: EarlierPart): IntervalWindow {
  const later = (at: Nanoseconds): Nanoseconds => nanoseconds(at + until)
  return {
    ...window,
    stage: window.stage + stages.length,
    from: later(window.from),
    to: later(window.to),
    series: window.series.map(series => ({ ...series, firstAt: later(series.firstAt) })),
  }
}

/** The first of each kind, over both parts. */
export function bothSamples(earlier: EarlierPart, samples: readonly Sample[]): readonly Sample[] {
  const keyOf = ({ request, outcome }: Sample): string => JSON.stringify([request, outcome])
  const known = new Set(earlier.samples.map(keyOf))
  const fresh = samples.filter(sample => !known.has(keyOf(sample)))
  return [
    ...earlier.samples,
    ...fresh.map(sample => ({ ...sample, at: nanoseconds(sample.at + earlier.until) })),
  ]
}

export const bothFlows = (a: Flow, b: Flow): Flow => ({
  answered: a.answered + b.answered,
  good: a.good + b.good,
  ended: a.ended + b.ended,
})
