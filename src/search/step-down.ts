import { kneeGuess } from './knee-guess.ts'
import { roundRate } from './round-rate.ts'
import type { SearchState } from './search-state.ts'
import { begin } from './step.ts'
import type { Task } from './task.ts'

/** Of the knee: where a backlog drains fast, and where a healthy target comes back by itself. */
const DRAINED = 0.3
export const STEPPED_DOWN = 0.8
/** Longer than this to drain on the way is worth a step of its own, s. */
const DRAINS_ALONG = 3

/** The knee as far as it is known; before that, what was carried. */
export function usableKnee(state: SearchState): number {
  const carried = state.levels
    .filter(level => level.carried === true)
    .map(({ task }) => ('rate' in task ? task.rate : 0))
  return kneeGuess(state) ?? Math.max(state.goal.from, ...carried)
}

/** A step of its own for draining where that takes long. */
export function drainBefore(state: SearchState, next: Task): SearchState {
  const knee = usableKnee(state)
  const along = next.kind === 'settle' && state.inFlight < DRAINS_ALONG * (knee - next.rate)
  if (along) return begin(state, next)
  const { recovery } = state
  const comesBackAt = recovery === null || recovery.rate === null ? Infinity : recovery.rate
  const rate = Math.min(DRAINED * knee, comesBackAt)
  return begin(state, { kind: 'drain', rate: rate > 0 ? roundRate(rate) : 0, next })
}

/** Down from an overload: the first time to see how the target comes back, later only to drain it. */
export function intoRecovery(state: SearchState, next: Task): SearchState {
  if (state.recovery !== null || state.goal.gentle) return drainBefore(state, next)
  const rate = roundRate(STEPPED_DOWN * usableKnee(state))
  return begin(state, { kind: 'recovery', rate, since: state.elapsed, next })
}
