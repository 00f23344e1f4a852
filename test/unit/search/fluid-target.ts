import type { SearchGoal } from '../../../src/plan/search-goal.ts'
import type { SearchConclusion, SearchStep } from '../../../src/result/search-record.ts'
import { conclude, learn, next, startSearch } from '../../../src/search/search.ts'
import type { Bin, Directive, SearchState } from '../../../src/search/search.ts'
import { perSecond, seconds, share } from '../../../src/units/quantity.ts'

/** What a target without chance makes of one second of load. */
export interface Second {
  readonly offered: number
  /** Waiting when the second began. */
  readonly backlog: number
  readonly rate: number
  /** Since the start of the load, s. */
  readonly at: number
}

/** Good, slow and bad endings; what is neither stays in the backlog. */
export interface Answers {
  readonly good: number
  readonly bad?: number
  readonly slow?: number
  readonly valid?: boolean
}

export type Target = (second: Second) => Answers

/** Serves `capacity` a second in turn, and whoever has to wait waits. */
export const queueOf =
  (capacity: number): Target =>
  ({ offered, backlog }) => ({ good: Math.min(capacity, backlog + offered) })

export const goalOf = (goal: Partial<SearchGoal> = {}): SearchGoal => ({
  from: perSecond(20),
  to: perSecond(20_000),
  precision: share(0.03),
  budget: seconds(600),
  gentle: false,
  ...goal,
})

export interface Run {
  readonly conclusion: SearchConclusion
  readonly steps: readonly SearchStep[]
  /** One for each second that was offered, in order. */
  readonly offers: readonly Extract<Directive, { kind: 'offer' }>[]
  readonly state: SearchState
}

export interface Options {
  readonly goal?: Partial<SearchGoal>
  /** What the search is told of the arrivals, which are even all the same. */
  readonly arrivalVariation?: number
  /** Looks at the state before each decision, and may replace it. */
  readonly between?: (state: SearchState, second: number) => SearchState
}

/**
 * A search by the clock: the load of second k + 1 is asked for when second k begins, with what the seconds up to k − 1
 * showed. Arrivals are even.
 */
export function searchThrough(
  target: Target,
  { goal, arrivalVariation = 0, between = state => state }: Options = {},
): Run {
  let state = startSearch(goalOf(goal), { arrivalVariation })
  const offers: Extract<Directive, { kind: 'offer' }>[] = []
  const ask = (): void => {
    const directive = next(state)
    if (directive.kind === 'offer') offers.push(directive)
  }
  ask()
  let backlog = 0
  let due = 0
  for (let second = 0; second < offers.length; second += 1) {
    if (second > 20_000) throw new Error('the search does not come to an end')
    if (second === offers.length - 1) ask()
    const { rate, step } = offers[second]!
    due += rate
    const offered = Math.floor(due + 1e-9)
    due -= offered
    const { good, bad = 0, slow = 0, valid = true } = target({ offered, backlog, rate, at: second })
    backlog += offered - good - bad
    const bin: Bin = {
      step,
      seconds: 1,
      offered,
      ended: good + bad,
      good,
      slow,
      timedOut: 0,
      inFlight: backlog,
      valid,
    }
    state = between(learn(state, bin), second)
  }
  return { conclusion: conclude(state), steps: state.steps, offers, state }
}
