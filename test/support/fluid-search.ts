import type { Load } from '../../src/generator/generate-load.ts'
import type { Plan, Stage } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import type { TickPart } from '../../src/recording/window-part.ts'
import { encodeHistogram } from '../../src/result/histogram.ts'
import { countsOf } from '../../src/result/counts.ts'
import type { IntervalWindow, Result } from '../../src/result/result.ts'
import type { Course } from '../../src/trial/carry-out.ts'
import type { Progress } from '../../src/trial/progress.ts'
import type { SearchPlan } from '../../src/trial/search-course.ts'
import { nanoseconds, perSecond, seconds, share } from '../../src/units/quantity.ts'
import { QUIET_TICK } from './quiet-tick.ts'
import { planOf } from './simulate-result.ts'

export const searchPlan = (rest: Partial<SearchPlan['search']> = {}): SearchPlan => ({
  ...planOf([], { arrivals: 'even' }),
  search: {
    from: perSecond(20),
    to: perSecond(5000),
    precision: share(0.03),
    budget: seconds(300),
    gentle: false,
    ...rest,
  },
})

export interface Followed {
  readonly progress: readonly Progress[]
  /** What the load was made of after each second, in s. */
  readonly lengths: readonly number[]
  readonly windows: readonly IntervalWindow[]
  readonly result: Pick<Result, 'plan' | 'windows' | 'search'>
  readonly isClosed: boolean
}

const NOTHING = { answered: 0, good: 0, ended: 0 }
const NO_TIMES = encodeHistogram(countsOf([]))

/**
 * A course of a search, second by second, against a server that answers `capacity` requests each second, and lets
 * the rest wait: the load ends when it is closed, or is stopped after `most` seconds.
 */
export function followFluid(course: Course, capacity: number, most = 600): Followed {
  let stages: readonly Stage[] = course.plan.stages
  let isClosed = false
  course.begin(
    loadOf(
      more => (stages = more),
      () => (isClosed = true),
    ),
  )
  const progress: Progress[] = []
  const lengths: number[] = []
  const windows: IntervalWindow[] = []
  let waiting = 0
  for (let second = 0; second < most; second += 1) {
    const span = layOutWindows({ stages })[second]
    if (span === undefined) break
    const due = stages[span.stage]!.from
    const good = Math.min(capacity, waiting + due)
    waiting += due - good
    const flow = { answered: good, good, ended: good }
    const tick: TickPart = { ...QUIET_TICK, index: second, offered: due, flow, inFlight: waiting }
    progress.push(course.progress([tick]))
    course.goOn([tick])
    lengths.push(lengthOf(stages))
    const window = windowOf(span, due, flow, waiting)
    windows.push(window)
    course.keep(window)
  }
  const result = course.conclude({ drain: NOTHING, samples: [] })
  return { progress, lengths, windows, result, isClosed }
}

const lengthOf = (stages: Plan['stages']): number => stages.reduce((sum, stage) => sum + stage.for / 1e9, 0)

const loadOf = (extend: Load['extend'], close: Load['close']): Load => ({
  done: new Promise(() => undefined),
  extend,
  close,
  drain: () => undefined,
  abandon: () => undefined,
})

function windowOf(
  span: Pick<IntervalWindow, 'stage' | 'from' | 'to'>,
  offered: number,
  flow: IntervalWindow['flow'],
  inFlight: number,
): IntervalWindow {
  return {
    ...span,
    offered,
    sent: offered,
    series: [
      {
        request: 0,
        outcome: { kind: 'answered', status: 200 },
        count: offered,
        firstAt: nanoseconds(span.from),
        bytesRead: 0,
        responseTimesUs: NO_TIMES,
        serviceTimesUs: NO_TIMES,
      },
    ],
    flow,
    inFlight: { mean: inFlight, atEnd: inFlight },
    generator: { ...QUIET_TICK.health, latenessUs: NO_TIMES, cpuCores: 0 },
  }
}
