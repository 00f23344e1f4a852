import type { SearchFlag, SearchStep, StepOutcome } from '../result/search-record.ts'
import { perSecond } from '../units/quantity.ts'
import { describeTask } from './describe-task.ts'
import type { Stretch } from './evidence.ts'
import { levelOf } from './evidence.ts'
import { kneeGuess } from './knee-guess.ts'
import type { SearchState } from './search-state.ts'
import { phaseOf } from './task.ts'
import type { Task } from './task.ts'

/** The next step. Its first second comes after one that belongs to the step before and is not known yet. */
export function begin(state: SearchState, task: Task): SearchState {
  const begun = { ...state, task, bins: [], inFlightBefore: state.inFlight }
  if (task.kind === 'done') return begun
  const step: SearchStep = {
    phase: phaseOf(task),
    rate: perSecond(task.rate),
    because: describeTask(task, state),
    found: '',
    outcome: null,
    seconds: 0,
    offered: 0,
    good: 0,
    deficit: null,
    estimate: null,
  }
  return { ...begun, steps: [...state.steps, step] }
}

/** What a step showed, as a sentence, and what it rests on. */
export interface Finding {
  readonly outcome: StepOutcome
  readonly found: string
  /** Absent: the step was not for judging. */
  readonly on?: Stretch
  /** Did the target carry the load? Null: nothing was decided. */
  readonly carried?: boolean | null
}

export function close(state: SearchState, { outcome, found, on, carried = null }: Finding): SearchState {
  const forced = outcome === 'forced-pass' || outcome === 'forced-fail'
  const levels = on === undefined ? state.levels : [...state.levels, levelOf(state, on, carried, forced)]
  const after = { ...state, levels }
  const step: SearchStep = {
    ...state.steps.at(-1)!,
    outcome,
    found,
    ...(on !== undefined && {
      seconds: on.seconds,
      offered: on.offered,
      good: on.good,
      deficit: on.offered === 0 ? null : on.excess / on.offered,
    }),
    estimate: kneeGuess(after),
  }
  return { ...after, steps: [...state.steps.slice(0, -1), step] }
}

export const flagged = (state: SearchState, flag: SearchFlag): SearchState =>
  state.flags.includes(flag) ? state : { ...state, flags: [...state.flags, flag] }
