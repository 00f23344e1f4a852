import { formatAddress } from '../http/address.ts'
import { checkReachable } from '../http/preflight.ts'
import { generateLoad } from '../generator/generate-load.ts'
import type { Load } from '../generator/generate-load.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import type { Plan } from '../plan/plan.ts'
import { transportOf } from '../plan/transport.ts'
import type { TickPart } from '../recording/window-part.ts'
import type { Ending, Pacing, Result, RunFacts } from '../result/result.ts'
import { nanoseconds } from '../units/quantity.ts'
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
  readonly facts: Omit<RunFacts, 'startedAt' | 'endedAt' | 'workers' | 'connectedTo'>
  readonly onProgress: (progress: Progress) => void
  readonly windows: WindowStore
  /** The trial calls this once with a function that stops it. */
  readonly onStoppable: (stop: (request: StopRequest) => void) => void
}

const REACHABLE_WITHIN_MS = 5000

/**
 * Carries out one plan. Always gives a RESULT: a target that cannot be reached, an interruption or a lost worker
 * shows as `ended`, with whatever was measured until then.
 */
export async function carryOut(plan: Plan, effects: TrialEffects): Promise<Result> {
  const trial = new Trial(plan, effects)
  effects.onStoppable(request => trial.stop(request))
  return trial.run()
}

class Trial {
  readonly #plan: Plan
  readonly #effects: TrialEffects
  readonly #startedAt = new Date().toISOString()
  readonly #spans: readonly WindowSpan[]
  readonly #watch = createDeadTargetWatch()
  #ended: Ending = { how: 'completed' }
  #load: Load | undefined
  #atNs = 0

  constructor(plan: Plan, effects: TrialEffects) {
    this.#plan = plan
    this.#spans = layOutWindows(plan)
    this.#effects = effects
  }

  stop({ how, signal }: StopRequest): void {
    if (this.#ended.how === 'completed')
      this.#ended = { how: 'interrupted', signal, at: nanoseconds(this.#atNs) }
    if (how === 'now') this.#load?.abandon()
    else this.#load?.drain()
  }

  async run(): Promise<Result> {
    const reached = await checkReachable(this.#plan.target, transportOf(this.#plan), REACHABLE_WITHIN_MS)
    if (!reached.ok) {
      if (this.#ended.how === 'completed') this.#stopFor(reached.reason, reached.cause)
      return this.#result('', { drain: NOTHING, samples: [] })
    }
    if (this.#ended.how !== 'completed')
      return this.#result(formatAddress(reached.address), { drain: NOTHING, samples: [] })
    const { workers, pacing } = this.#effects
    const load = generateLoad({
      plan: this.#plan,
      address: reached.address,
      workers,
      ...(pacing && { pacing }),
      onTick: ticks => this.#tick(ticks),
      onWindow: window => this.#effects.windows.keep(window),
    })
    this.#load = load
    const end = await load.done
    if (end.broken !== undefined) this.#stopFor(end.broken, 'worker-lost')
    return this.#result(formatAddress(reached.address), end)
  }

  #tick(ticks: readonly TickPart[]): void {
    const progress = toProgress(this.#plan, this.#spans, ticks)
    this.#atNs = progress.atSeconds * 1e9
    this.#effects.onProgress(progress)
    const dead = this.#watch(ticks)
    if (dead !== undefined && this.#ended.how === 'completed') {
      this.#stopFor(dead.reason, dead.failure)
      this.#load?.abandon()
    }
  }

  #stopFor(reason: string, failure: string): void {
    this.#ended = { how: 'stopped', reason, failure, at: nanoseconds(this.#atNs) }
  }

  #result(connectedTo: string, end: Pick<Result, 'drain' | 'samples'>): Result {
    return {
      schema: 'plimsoll/result@1',
      plan: this.#plan,
      run: {
        ...this.#effects.facts,
        startedAt: this.#startedAt,
        endedAt: new Date().toISOString(),
        workers: this.#effects.workers,
        connectedTo,
      },
      ended: this.#ended,
      windows: this.#effects.windows.readAll(),
      drain: end.drain,
      samples: end.samples,
    }
  }
}

const NOTHING = { answered: 0, good: 0, ended: 0 }
