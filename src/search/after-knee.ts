import { calmShare } from './calm.ts'
import { holdBounds } from './hold-bounds.ts'
import { kneeGuess } from './knee-guess.ts'
import { roundRate } from './round-rate.ts'
import type { SearchState } from './search-state.ts'
import { nextSloHold } from './slo-search.ts'
import { drainBefore, intoRecovery } from './step-down.ts'
import { begin, flagged } from './step.ts'
import { DONE } from './task.ts'
import type { HoldTask, OnsetTask, SoakTask } from './task.ts'
import { timeLeft } from './time-left.ts'

/** Above the knee, to see which errors the load brings; long enough for a buffer to fill, within these limits, s. */
const ABOVE = 1.06
const SHORTEST = 6
const LONGEST = 12
/** Share of bad answers on a plateau, beyond p0, that is worth it. */
const BRINGS_ERRORS = 0.02
/** A saturation this far above the knee. */
const CLEARLY_ABOVE = 1.1
/** s, at least. */
const TIME_TO_RECOVER = 15
/** Each soak after one that failed is lower by this factor. */
const LOWER = 0.95

/** The knee is found. What else was asked for, one after the other, as far as the budget goes? */
export function afterKnee(state: SearchState): SearchState {
  const found: SearchState = state.complete ? state : markBuffers({ ...state, complete: true })
  const next = nextSloHold(found) ?? onsetStep(found) ?? overloadAgain(found) ?? soakStep(found)
  if (found.levels.at(-1)?.carried === true) return begin(found, next ?? DONE)
  // Whatever was not carried last has left something in flight.
  if (doesFall(found) && timeLeft(found) > TIME_TO_RECOVER) return intoRecovery(found, next ?? DONE)
  return next === null ? begin(found, DONE) : drainBefore(found, next)
}

/** A target that falls when it is crowded may stay down, and no overload so far was followed by a look at that. */
const doesFall = ({ flags, recovery, goal }: SearchState): boolean =>
  flags.includes('retrograde') && recovery === null && !goal.gentle

/** Once more what was not carried, to see how the target comes back from it. */
function overloadAgain(state: SearchState): HoldTask | null {
  const { upper } = holdBounds(state.levels)
  const tried = state.levels.some(
    ({ task }) => task.kind === 'hold' && task.purpose === 'bracket' && task.attempt > 0,
  )
  const isWanted = doesFall(state) && state.levels.at(-1)?.carried === true && !tried
  if (!isWanted || upper === null || timeLeft(state) < 2 * TIME_TO_RECOVER) return null
  return { kind: 'hold', rate: upper.rate, purpose: 'bracket', least: 0, attempt: 1 }
}

function markBuffers(state: SearchState): SearchState {
  const plateau = state.plateaus.findLast(({ trend }) => trend === 'steady')
  const knee = kneeGuess(state)
  const above = plateau !== undefined && knee !== null && plateau.good > CLEARLY_ABOVE * knee
  return above && plateau.room !== null ? flagged(state, 'small-buffers') : state
}

/** A plateau with errors is known at 1.12 times the knee only; one rate in between shows where they begin. */
function onsetStep(state: SearchState): OnsetTask | null {
  const { mode, levels, plateaus, goal } = state
  const plateau = plateaus.at(-1)
  if (mode !== 'plateau' || plateau === undefined || levels.some(({ task }) => task.kind === 'onset'))
    return null
  const knee = kneeGuess(state)!
  const rate = roundRate(ABOVE * knee)
  const fills = (plateau.room ?? 0) / (rate - knee)
  const seconds = Math.ceil(Math.min(LONGEST, Math.max(SHORTEST, 3 + fills)))
  const worth = plateau.badShare > calmShare(state) + BRINGS_ERRORS && rate <= goal.to
  return worth && timeLeft(state) > seconds + 1 ? { kind: 'onset', rate, seconds } : null
}

/** At what was confirmed, then lower as long as the target does not endure it and there is time. */
function soakStep(state: SearchState): SoakTask | null {
  if (state.goal.soak === undefined) return null
  const soaks = state.levels.filter(({ task }) => task.kind === 'soak')
  if (soaks.at(-1)?.carried === true) return null
  const failed = soaks.at(-1)?.task as SoakTask | undefined
  const rate = failed === undefined ? holdBounds(state.levels).lower?.rate : failed.rate * LOWER
  const long = failed === undefined || timeLeft(state) > state.goal.soak / 1e9
  return rate === undefined || !long ? null : { kind: 'soak', rate: roundRate(rate) }
}
