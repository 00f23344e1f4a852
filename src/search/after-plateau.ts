import { bracketFrom } from './bracket.ts'
import { allowance, burstHold, isNoBurst, swallowed } from './burst.ts'
import { markEarlier } from './changed-capacity.ts'
import { discardSeconds } from './evidence.ts'
import { offeredAt } from './knee-guess.ts'
import { plannedSeconds } from './plan-search.ts'
import { affordableOmega } from './affordable-omega.ts'
import { roundRate } from './round-rate.ts'
import type { Plateau, SearchState } from './search-state.ts'
import { drainBefore, intoRecovery } from './step-down.ts'
import { flagged } from './step.ts'
import type { Task } from './task.ts'

/** A plateau must be a little above the knee, but not far: most targets suffer from it. */
const OVERLOAD = 1.12
const SETTLED = 0.7
/** More rounds, and the capacity has no single value. */
const MOST_ROUNDS = 8
/** Standard errors of a difference that is no chance; ω that does not matter. */
const BY_CHANCE = 2.8
const IMMATERIAL = 1.2

/** The ramp's failing rate was held: is that the capacity, or did it only fall there? */
export function afterFirstPlateau(state: SearchState): SearchState {
  const plateau = state.plateaus.at(-1)!
  const capacity = offeredAt(state, plateau)
  const known = {
    ...state,
    plannedSeconds:
      state.plannedSeconds ?? plannedSeconds(state.goal, capacity, state.traffic.arrivalVariation),
    omega: affordableOmega(state, capacity),
  }
  const doubtful = burstHold(known)
  return doubtful === null ? lookAgain(known, plateau) : drainBefore(known, doubtful)
}

/** A rate above the plateau was held: if it lasts, the plateau was a fall; if none does, a buffer swallowed the excess. */
export function afterBurstHold(state: SearchState, passed: boolean): SearchState {
  if (passed || isNoBurst(state)) return bracketFrom(flagged(state, 'retrograde'))
  const lower = burstHold(state)
  return lower === null
    ? lookAgain(flagged(state, 'burst-absorbing'), state.plateaus.at(-1)!)
    : drainBefore(state, lower)
}

/** Drained and at ease, then above the knee again: warm caches, more instances or a spent allowance show in that. */
export function lookAgain(state: SearchState, plateau: Plateau): SearchState {
  const capacity = offeredAt(state, plateau)
  const rate = Math.min(state.goal.to, roundRate(OVERLOAD * capacity))
  const patience = Math.ceil((1.5 * swallowed(state, capacity)) / Math.max(1, rate - capacity))
  const next: Task = {
    kind: 'plateau',
    rate,
    round: plateau.round + 1,
    discard: discardSeconds(state, rate),
    patience,
  }
  return drainBefore(state, { kind: 'settle', rate: roundRate(SETTLED * capacity), next })
}

export function afterPlateau(state: SearchState): SearchState {
  const plateau = state.plateaus.at(-1)!
  const before = state.plateaus.at(-2)!
  const agree = plateau.trend !== 'rising' && agrees(state, before, plateau)
  if (!agree && plateau.round < MOST_ROUNDS) return lookAgain(state, plateau)
  const decided: SearchState = {
    ...(agree ? markBurst(markEarlier(state), plateau) : flagged(state, 'capacity-changed')),
    mode: 'plateau',
  }
  return intoRecovery(decided, confirmTask(decided))
}

/** Refused at once, and yet more came back on the ramp than it sustains: an allowance, not a buffer. */
function markBurst(state: SearchState, plateau: Plateau): SearchState {
  const isRefused = plateau.room !== null
  const took = isRefused ? allowance(state, offeredAt(state, plateau)) : null
  return took === null ? state : flagged(state, 'burst-absorbing')
}

export function confirmTask(state: SearchState, attempt = 0): Task {
  const rate = roundRate(offeredAt(state, state.plateaus.at(-1)!) * (1 - state.omega))
  return { kind: 'hold', rate, purpose: 'confirm', least: 5, attempt }
}

function agrees({ omega }: SearchState, before: Plateau, after: Plateau): boolean {
  const chance = BY_CHANCE * Math.hypot(before.error, after.error)
  const known = before.trend === 'rising' ? before.late : before.good
  return Math.abs(after.good / known - 1) < Math.max(IMMATERIAL * omega, chance)
}
