import { formatRate, formatShare } from '../units/format.ts'
import { afterFirstPlateau, afterPlateau } from './after-plateau.ts'
import { toBracket } from './bracket.ts'
import { markJump } from './changed-capacity.ts'
import { marginOf } from './plateau-interval.ts'
import { highestPassed, rampStep } from './ramp.ts'
import { readPlateau } from './read-plateau.ts'
import type { PlateauReading } from './read-plateau.ts'
import type { Plateau, SearchState } from './search-state.ts'
import { begin, close, flagged } from './step.ts'
import type { PlateauTask } from './task.ts'

/** Half-widths of its 95 % interval, in ω: the first one is a guess, the others are the result. */
const GUESS = 2
const RESULT = 0.7
/** C_slo lies below saturation by what its scatter says, so that both must be known better. */
const RESULT_FOR_SLO = 0.55
/** Decides how long to look; the interval that is printed is Student's, a little wider. */
const Z = 1.96

const SHORTEST_GUESS = 3
const LONGEST_GUESS = 10
/** At 1.12 times the knee a backlog takes 8.4 s until it waits for 1 s, as long as an impatient gateway does. */
const SHORTEST = 10
/** At ω = 3 %; n times more precise takes n² times as long. */
const LONGEST = 60
const USUAL_OMEGA = 0.03
/** With so many bad answers it may be an outage, which is over soon: s to wait for that. */
const MAYBE_OUTAGE = 0.3
const OUTAGE = 6
/** Factor of the ramp once something is known of the knee. */
const CAREFUL_GROWTH = 1.25

/** Enough is offered to see how much comes back: a saturated second is a direct count of the capacity. */
export function judgePlateau(state: SearchState, task: PlateauTask): SearchState {
  const reading = readPlateau(state, task)
  if (!isLongEnough(state, task, reading)) return state
  return reading.carried || reading.unsaturated ? goOnUp(state, reading) : settleOn(state, task, reading)
}

function isLongEnough({ omega, goal }: SearchState, task: PlateauTask, reading: PlateauReading): boolean {
  const { plateau, on } = reading
  if (plateau.trend === 'collapse') return true
  const halfWidth = Z * plateau.error
  if (task.round === 0) {
    if (on.seconds < SHORTEST_GUESS || (plateau.badShare > MAYBE_OUTAGE && on.seconds < OUTAGE)) return false
    return halfWidth < GUESS * omega || on.seconds >= LONGEST_GUESS
  }
  if (reading.unsaturated) return on.seconds >= Math.max(SHORTEST, task.patience)
  if (plateau.seconds < SHORTEST) return false
  const wanted = goal.slow === undefined ? RESULT : RESULT_FOR_SLO
  return reading.carried || halfWidth < wanted * omega || on.seconds >= longest(omega)
}

const longest = (omega: number): number => LONGEST * Math.max(1, (USUAL_OMEGA / omega) ** 2)

/** Something else than the load made the ramp stop, or the target has become faster. */
function goOnUp(state: SearchState, reading: PlateauReading): SearchState {
  const { on, plateau } = reading
  const { rate, round } = plateau
  const when = round === 0 ? 'after all' : 'now'
  const found = `all of it comes back ${when}: ${formatRate(on.good / on.seconds)} of ${formatRate(rate)}`
  const known = round === 0 ? state : markJump(state, reading)
  const closed = close(known, { outcome: 'passed', found, on, carried: null })
  return begin(closed, rampStep(closed, rate, CAREFUL_GROWTH))
}

function settleOn(state: SearchState, { round }: PlateauTask, reading: PlateauReading): SearchState {
  const { on, swallowed, plateau } = reading
  const seen = swallowed && round > 0 ? flagged(state, 'burst-absorbing') : state
  const known = { ...seen, plateaus: [...state.plateaus, plateau] }
  const closed = close(known, { outcome: 'measured', found: describePlateau(plateau), on, carried: null })
  if (plateau.trend === 'collapse')
    return toBracket(flagged(closed, 'collapse'), Math.max(plateau.early, highestPassed(closed), closed.peak))
  return round === 0 ? afterFirstPlateau(closed) : afterPlateau(closed)
}

function describePlateau(plateau: Plateau): string {
  const { good, trend, early, late } = plateau
  const range = `${formatRate(good)} comes back, ±${formatShare(marginOf(plateau))}`
  if (trend === 'collapse')
    return `collapsing: from ${formatRate(early)} to ${formatRate(late)} that come back`
  return trend === 'rising' ? `${range}, and more all the time (${formatRate(late)} in the end)` : range
}
