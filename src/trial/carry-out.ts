import { formatAddress } from '../http/address.ts'
import { checkReachable } from '../http/preflight.ts'
import { generateLoad } from '../generator/generate-load.ts'
import type { Load } from '../generator/generate-load.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import type { TickPart } from '../recording/window-part.ts'
import type { Ending, IntervalWindow, Pacing, Result, RunFacts } from '../result/result.ts'
import { nanoseconds } from '../units/quantity.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import { createDeadTargetWatch } from './dead-target-watch.ts'
import { toProgress } from './progress.ts'
import type { Progress } from './progress.ts'
import type { WindowStore } from './window-store.ts'

/** `drain`: send nothing more and wait for what is in flight. `now`: give that up too. */
export type StopRequest = { readonly how: 'drain' | 'now'; readonly signal: 'SIGINT' | 'SIGTERM' }

export interface TrialEffects {
  readonly workers: number
  /** Absent: `spin`. */
  readonly pacing?: Pacing
  readonly facts: Omit<RunFacts, 'startedAt' | 'endedAt' | 'workers' | 'connectedTo' | 'resumedFrom'>
  readonly onProgress: (progress: Progress) => void
  readonly windows: WindowStore
  /** The trial calls this once with a function that stops it. */
  readonly onStoppable: (stop: (request: StopRequest) => void) => void
}

/** What becomes of a trial from second to second: a plan as it stands, or one that is made on the way. */
export interface Course {
  /** What the load begins with. */
  readonly plan: Plan
  /** More stages will come. */
  readonly growing: boolean
  /** In trial time, which a resumed trial does not begin at zero. */
  readonly startsAt: Nanoseconds
  begin(load: Load): void
  /** What the second that just passed was like. */
  progress(ticks: readonly TickPart[]): Progress
  /** It has passed, and nothing has stopped the trial. */
  goOn(ticks: readonly TickPart[]): void
  keep(window: IntervalWindow): void
  /** What was carried out, when everything has ended. */
  conclude(end: LastWords): LastWords & Pick<Result, 'plan' | 'windows' | 'search'>
}

type LastWords = Pick<Result, 'drain' | 'samples'>

const REACHABLE_WITHIN_MS = 5000

/**
 * Carries out one plan. Always gives a RESULT: a target that cannot be reached, an interruption or a lost worker
 * shows as `ended`, with whatever was measured until then.
 */
export async function carryOut(plan: Plan, effects: TrialEffects): Promise<Result> {
  const spans = layOutWindows(plan)
  const course: Course = {
    plan,
    growing: false,
    startsAt: nanoseconds(0),
    begin: () => undefined,
    progress: ticks => toProgress(plan, spans, ticks),
    goOn: () => undefined,
    keep: window => effects.windows.keep(window),
    conclude: end => ({ ...end, plan, windows: effects.windows.readAll() }),
  }
  return new Trial(course, effects).run()
}

/** One load from the look at the target to the RESULT, whatever ends it. */
export class Trial {
  readonly #course: Course
  readonly #effects: TrialEffects
  readonly #earlier: Pick<RunFacts, 'resumedFrom'>
  readonly #startedAt = new Date().toISOString()
  readonly #watch = createDeadTargetWatch()
  #ended: Ending = { how: 'completed' }
  #load: Load | undefined
  #at: Nanoseconds

  constructor(course: Course, effects: TrialEffects, earlier: Pick<RunFacts, 'resumedFrom'> = {}) {
    this.#course = course
    this.#effects = effects
    this.#earlier = earlier
    this.#at = course.startsAt
    effects.onStoppable(request => this.#stop(request))
  }

  async run(): Promise<Result> {
    const { plan, growing } = this.#course
    const reached = await checkReachable(plan.target, transportOf(plan), REACHABLE_WITHIN_MS)
    if (!reached.ok) {
      if (this.#ended.how === 'completed') this.#stopFor(reached.reason, reached.cause)
      return this.#result('', NOTHING)
    }
    const connectedTo = formatAddress(reached.address)
    if (this.#ended.how !== 'completed' || plan.stages.length === 0) return this.#result(connectedTo, NOTHING)
    const { workers, pacing } = this.#effects
    const load = generateLoad({
      plan,
      growing,
      address: reached.address,
      workers,
      ...(pacing && { pacing }),
      onTick: ticks => this.#tick(ticks),
      onWindow: window => this.#course.keep(window),
    })
    this.#load = load
    this.#course.begin(load)
    const end = await load.done
    if (end.broken !== undefined) this.#stopFor(end.broken, 'worker-lost')
    return this.#result(connectedTo, end)
  }

  #stop({ how, signal }: StopRequest): void {
    if (this.#ended.how === 'completed') this.#ended = { how: 'interrupted', signal, at: this.#at }
    if (how === 'now') this.#load?.abandon()
    else this.#load?.drain()
  }

  #tick(ticks: readonly TickPart[]): void {
    const progress = this.#course.progress(ticks)
    this.#at = nanoseconds(progress.atSeconds * 1e9)
    this.#effects.onProgress(progress)
    const dead = this.#watch(ticks)
    if (dead !== undefined && this.#ended.how === 'completed') {
      this.#stopFor(dead.reason, dead.failure)
      this.#load?.abandon()
    }
    if (this.#ended.how === 'completed') this.#course.goOn(ticks)
  }

  #stopFor(reason: string, failure: string): void {
    this.#ended = { how: 'stopped', reason, failure, at: this.#at }
  }

  #result(connectedTo: string, { drain, samples }: LastWords): Result {
    return {
      schema: 'plimsoll/result@1',
      run: {
        ...this.#effects.facts,
        ...this.#earlier,
        startedAt: this.#startedAt,
        endedAt: new Date().toISOString(),
        workers: this.#effects.workers,
        connectedTo,
      },
      ended: this.#ended,
      ...this.#course.conclude({ drain, samples }),
    }
  }
}

const NOTHING: LastWords = { drain: { answered: 0, good: 0, ended: 0 }, samples: [] }
