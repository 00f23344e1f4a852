import { holdBounds } from './hold-bounds.ts'
import type { Crossing } from './loss-curve.ts'
import { lossKnee } from './loss-knee.ts'
import { plannedSeconds } from './plan-search.ts'
import { roundRate } from './round-rate.ts'
import type { Level, SearchState } from './search-state.ts'
import { intoRecovery, usableKnee } from './step-down.ts'
import { begin } from './step.ts'
import { affordableOmega } from './affordable-omega.ts'
import { afterKnee } from './after-knee.ts'
import type { HoldTask } from './task.ts'

/** Each step away from the first guess is larger than the one before by this factor. */
const WIDENING = 1.5
const MOST_HOLDS = 12
const GENTLE = 1.15
/** Of about three holds at ω = 3 %. */
const REQUESTS = 48_000
/** Bounds further apart are not trusted to a curve. */
const WIDE = 1.4
/** A curve becomes exact only slowly: no more than this part of the planned load is spent on it. */
const LOSS_PATIENCE = 0.9

/** Saturation is no measure of this target's knee: it is closed in on by holds, from a guess. */
export function toBracket(state: SearchState, guess: number): SearchState {
  const inMode = inBracketMode(state, guess)
  return intoRecovery(inMode, bracketHold(Math.min(state.goal.to, guess * (1 - state.omega))))
}

const bracketHold = (rate: number): HoldTask => ({
  kind: 'hold',
  rate: roundRate(rate),
  purpose: 'bracket',
  least: 0,
  attempt: 0,
})

/** After any hold: the next one, or the knee lies between two that are close enough. */
export function bracketFrom(state: SearchState): SearchState {
  const inMode = inBracketMode(state, state.guess)
  const rate = nextRate(inMode)
  if (rate === null) return afterKnee(inMode)
  const hold = bracketHold(rate)
  return state.levels.at(-1)?.carried === true ? begin(inMode, hold) : intoRecovery(inMode, hold)
}

/** Each hold tells loads ω apart, and it takes several: what the budget has left decides ω. */
function inBracketMode(state: SearchState, guess: number | null): SearchState {
  if (state.mode === 'bracket') return state
  const inMode: SearchState = { ...state, mode: 'bracket', guess }
  const capacity = usableKnee(inMode)
  const planned = plannedSeconds(state.goal, capacity, state.traffic.arrivalVariation)
  return {
    ...inMode,
    omega: affordableOmega(inMode, capacity, REQUESTS),
    plannedSeconds: state.plannedSeconds ?? planned,
  }
}

function nextRate(state: SearchState): number | null {
  const { goal, levels } = state
  const { lower, upper } = holdBounds(levels)
  if (levels.filter(isBracketHold).length >= MOST_HOLDS) return null
  const crossing = lossKnee(state)
  if (lower !== null && upper !== null) return between(state, lower.rate, upper.rate, crossing)
  if (lower !== null) return lower.rate >= goal.to ? null : above(state, lower.rate, crossing)
  if (upper === null) return goal.from
  const rate = below(state, upper.rate, crossing)
  return rate < goal.from / 2 ? null : rate
}

function between(
  { goal, omega, elapsed }: SearchState,
  lower: number,
  upper: number,
  crossing: Crossing | null,
): number | null {
  if (crossing === null) return upper / lower <= (1 + 2 * omega) * 1.005 ? null : Math.sqrt(lower * upper)
  const spent = elapsed > LOSS_PATIENCE * plannedSeconds(goal, crossing.rate)
  if (upper / lower < WIDE && (spent || crossing.high / crossing.low < 1 + 2 * omega)) return null
  // A quarter of the way from either end at least, so that it closes in whatever the curve says.
  const margin = Math.max(1 + omega / 2, upper / lower) ** 0.25
  return Math.min(upper / margin, Math.max(lower * margin, crossing.rate))
}

function above(state: SearchState, lower: number, crossing: Crossing | null): number {
  const { goal, omega } = state
  const widened = lower * (1 + 2 * omega * WIDENING ** (holdsOf(state, true) - 1))
  const guess =
    crossing === null ? widened : Math.min(WIDE * lower, Math.max(crossing.rate * (1 + omega), widened))
  return Math.min(goal.to, guess, goal.gentle ? GENTLE * lower : Infinity)
}

function below(state: SearchState, upper: number, crossing: Crossing | null): number {
  const widened = upper / (1 + 2 * state.omega * WIDENING ** Math.max(0, holdsOf(state, false) - 1))
  return crossing === null
    ? widened
    : Math.max(upper / 2, Math.min(crossing.rate * (1 - state.omega), widened))
}

const isBracketHold = ({ task }: Level): boolean => task.kind === 'hold' && task.purpose === 'bracket'

const holdsOf = ({ levels }: SearchState, carried: boolean): number =>
  levels.filter(
    ({ task, carried: passed }) => task.kind === 'hold' && task.purpose !== 'coarse' && passed === carried,
  ).length
