import { arrivalsOf } from '../plan/load-profile.ts'
import type { Arrivals, Plan, Stage } from '../plan/plan.ts'
import { createRandom } from '../units/random.ts'
import { rampArrival } from './ramp-arrival.ts'

/** Which part of the arrivals one worker makes: part `index` of `count`. */
export interface PlanShare {
  readonly index: number
  readonly count: number
}

/** A cursor over intended starts; it is moved rather than asked for objects, so that the hot path allocates nothing. */
export interface Schedule {
  /** Intended start in ns from the start of the trial; Infinity after the last one. */
  readonly at: number
  /** Index into `plan.requests`. */
  readonly request: number
  readonly stage: number
  advance(): void
  /**
   * The plan has grown: `stages` is its whole list, of which all but the last entry known so far are unchanged. That
   * one may last longer than before, if its rate is constant. The starts are those of a schedule made of the whole
   * list at once, and one that had run out goes on.
   */
  extend(stages: readonly Stage[]): void
}

/**
 * The intended starts of one share of a plan, in order.
 *
 * A process of rate r(t) is a process of rate 1 seen through the area under r (Çinlar, Introduction to Stochastic
 * Processes, 1975, §4.7): Poisson arrivals lie at sums of −ln U, even ones at ½, 1½, 2½, …, the middle of their
 * gaps, so that each second of 250/s holds 250.
 *
 * Every share draws the whole process from the same seed and keeps its part: a Poisson arrival falls to a share
 * by a draw of its own (so the parts are independent Poisson processes), an even one by turn. The whole is
 * therefore the same whatever the number of shares.
 */
export function createSchedule(
  plan: Pick<Plan, 'stages' | 'arrivals' | 'requests' | 'seed'>,
  share: PlanShare,
): Schedule {
  return new SeededSchedule(plan, share)
}

class SeededSchedule implements Schedule {
  at = 0
  request = 0
  stage = 0
  #stages: readonly Stage[]
  readonly #arrivals: Arrivals
  readonly #share: PlanShare
  readonly #steps
  readonly #choices
  readonly #marks
  readonly #cumulatedWeights: Float64Array
  #position = 0
  #number = 0
  #stageStart = 0
  #areaBefore = 0
  #stageArea: number

  constructor(plan: Pick<Plan, 'stages' | 'arrivals' | 'requests' | 'seed'>, share: PlanShare) {
    this.#stages = plan.stages
    this.#arrivals = plan.arrivals
    this.#share = share
    this.#steps = createRandom(plan.seed, 0)
    this.#choices = createRandom(plan.seed, 1)
    this.#marks = createRandom(plan.seed, 2)
    this.#cumulatedWeights = cumulate(plan.requests.map(({ weight }) => weight))
    this.#stageArea = plan.stages[0] === undefined ? 0 : arrivalsOf(plan.stages[0])
    this.advance()
  }

  advance(): void {
    do {
      this.#number += 1
      this.#position =
        this.#arrivals === 'even' ? this.#number - 0.5 : this.#position - Math.log(this.#steps.uniform())
    } while (!this.#place())
  }

  extend(stages: readonly Stage[]): void {
    this.#stages = stages
    const last = stages[this.stage]
    if (last !== undefined) this.#stageArea = arrivalsOf(last)
    // The arrival that found no stage has its place now, or waits on.
    if (this.at === Infinity && !this.#place()) this.advance()
  }

  /** Puts the arrival at the current position where it belongs; false when that is another share. */
  #place(): boolean {
    if (!this.#enterStage()) return true
    const { index, count } = this.#share
    const offset = rampArrival(this.#stages[this.stage]!, this.#position - this.#areaBefore)
    this.at = Math.round(this.#stageStart + offset)
    this.request = this.#choose()
    const owner =
      this.#arrivals === 'even' ? (this.#number - 1) % count : Math.floor(this.#marks.pick() * count)
    return owner === index
  }

  /** Moves to the stage that holds the current position; false when the plan has none left. */
  #enterStage(): boolean {
    while (this.#position > this.#areaBefore + this.#stageArea) {
      const left = this.#stages[this.stage]
      const entered = this.#stages[this.stage + 1]
      if (left === undefined || entered === undefined) {
        this.at = Infinity
        return false
      }
      this.#areaBefore += this.#stageArea
      this.#stageStart += left.for
      this.#stageArea = arrivalsOf(entered)
      this.stage += 1
    }
    return true
  }

  #choose(): number {
    const weights = this.#cumulatedWeights
    if (weights.length === 1) return 0
    const drawn = this.#choices.pick()
    let request = 0
    while (request < weights.length - 1 && drawn >= weights[request]!) request += 1
    return request
  }
}

function cumulate(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return Float64Array.from(weights, weight => (sum += weight / total))
}
