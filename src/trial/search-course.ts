import type { Load } from '../generator/generate-load.ts'
import type { Plan, Stage } from '../plan/plan.ts'
import type { SearchGoal } from '../plan/search-goal.ts'
import { layOutWindows } from '../plan/window-layout.ts'
import type { WindowSpan } from '../plan/window-layout.ts'
import type { TickPart } from '../recording/window-part.ts'
import type { Calibration, IntervalWindow, Result } from '../result/result.ts'
import { conclude, learn, next } from '../search/search.ts'
import type { SearchState } from '../search/search.ts'
import { partSeed } from '../units/part-seed.ts'
import type { Nanoseconds } from '../units/quantity.ts'
import type { Course } from './carry-out.ts'
import { bothFlows, bothSamples, laterWindow, resumedFrom } from './earlier-part.ts'
import type { EarlierPart } from './earlier-part.ts'
import { toProgress } from './progress.ts'
import type { Progress } from './progress.ts'
import { carriedOutUntil, withOneSecondMore } from './search-stages.ts'
import type { Offer } from './search-stages.ts'
import { toBin } from './to-bin.ts'
import type { WindowStore } from './window-store.ts'

export type SearchPlan = Plan & { readonly search: SearchGoal }

/**
 * Second k + 1 is committed when second k begins, so the search learns every second one second late: seconds 0 and 1
 * are committed at once, and second k + 2 when second k has passed.
 */
export class SearchCourse implements Course {
  readonly plan: Plan
  readonly growing = true
  readonly startsAt: Nanoseconds
  readonly #whole: SearchPlan
  readonly #earlier: EarlierPart
  readonly #windows: WindowStore
  readonly #calibration: Calibration | undefined
  #load: Load | undefined
  #state: SearchState
  /** Of the whole search, earlier parts included. */
  #stages: readonly Stage[]
  /** Of this part alone, from its own beginning: its windows, and what each step is for. */
  #spans: readonly WindowSpan[] = []
  readonly #offers: Offer[] = []
  #isDone = false
  #inFlight = 0
  #reached: Nanoseconds

  constructor(
    whole: SearchPlan,
    earlier: EarlierPart,
    windows: WindowStore,
    calibration: Calibration | undefined,
  ) {
    this.#whole = whole
    this.#earlier = earlier
    this.#windows = windows
    this.#calibration = calibration
    this.#state = earlier.state
    this.#stages = earlier.stages
    this.startsAt = earlier.until
    this.#reached = earlier.until
    for (const window of earlier.windows) windows.keep(window)
    this.#commit()
    this.#commit()
    this.plan = { ...whole, stages: this.#own(), seed: partSeed(whole.seed, earlier.runs.length) }
  }

  begin(load: Load): void {
    this.#load = load
    if (this.#isDone) load.close()
  }

  progress(ticks: readonly TickPart[]): Progress {
    const progress = toProgress({ stages: this.#own() }, this.#spans, ticks)
    const { step, phase, rate, because } = this.#offerOf(ticks)
    const atSeconds = progress.atSeconds + this.startsAt / 1e9
    return {
      ...progress,
      atSeconds,
      secondsLeft: Math.max(0, this.#whole.search.budget / 1e9 - atSeconds),
      search: { step, phase, rate, because, found: this.#state.steps[step - 1]?.found ?? '' },
    }
  }

  goOn(ticks: readonly TickPart[]): void {
    const { step, rate } = this.#offerOf(ticks)
    const bin = toBin(ticks, { step, rate, inFlight: this.#inFlight, calibration: this.#calibration })
    this.#inFlight = bin.inFlight
    this.#state = learn(this.#state, bin)
    if (this.#isDone) return
    this.#commit()
    if (this.#isDone) this.#load?.close()
    else this.#load?.extend(this.#own())
  }

  keep(window: IntervalWindow): void {
    const later = laterWindow(window, this.#earlier)
    this.#reached = later.to
    this.#windows.keep(later)
  }

  conclude({ drain, samples }: Pick<Result, 'drain' | 'samples'>): ReturnType<Course['conclude']> {
    const { steps } = this.#state
    return {
      plan: { ...this.#whole, stages: carriedOutUntil(this.#stages, this.#reached) },
      windows: this.#windows.readAll(),
      drain: bothFlows(this.#earlier.drain, drain),
      samples: bothSamples(this.#earlier, samples),
      search: { steps, conclusion: conclude(this.#state), state: this.#state },
    }
  }

  /** The next second that is not yet decided. */
  #commit(): void {
    const directive = next(this.#state)
    if (directive.kind === 'done') {
      this.#isDone = true
      return
    }
    const begins = directive.step === this.#stages.length
    this.#stages = withOneSecondMore(this.#stages, directive)
    this.#spans = layOutWindows({ stages: this.#own() }, this.#spans)
    if (!begins) return
    this.#offers.push(directive)
    this.#windows.keepSearch({ ...resumedFrom(this.#earlier), stages: this.#stages, state: this.#state })
  }

  #own(): readonly Stage[] {
    return this.#stages.slice(this.#earlier.stages.length)
  }

  #offerOf(ticks: readonly TickPart[]): Offer {
    return this.#offers[this.#spans[ticks[0]!.index]!.stage]!
  }
}
