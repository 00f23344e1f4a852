import { formatRate, formatShare } from '../units/format.ts'
import { afterFirstPlateau, afterPlateau } from './after-plateau.ts'
import { toBracket } from './bracket.ts'
import { markChange } from './changed-capacity.ts'
import { highestPassed, rampStep } from './ramp.ts'
import { readPlateau } from './read-plateau.ts'
import type { PlateauReading } from './read-plateau.ts'
import type { SearchState } from './search-state.ts'
import { begin, close, flagged } from './step.ts'
import type { PlateauTask } from './task.ts'

/** Half-widths of its 95 % interval, in ω: the first one is a guess, the others are the result. */
const GUESS = 2
const RESULT = 0.7
const Z = 1.96

const SHORTEST_GUESS = 3
const LONGEST_GUESS = 10
const SHORTEST = 8
const LONGEST = 60
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

function isLongEnough(
  { omega }: SearchState,
  { round, patience }: PlateauTask,
  reading: PlateauReading,
): boolean {
  const { seconds } = reading.on
  const halfWidth = Z * reading.error
  if (round > 0) {
    if (reading.unsaturated) return seconds >= Math.max(SHORTEST, patience)
    if (reading.seconds < SHORTEST) return false
    if (reading.carried) return true
    return halfWidth < RESULT * omega || seconds >= LONGEST || reading.trend === 'collapse'
  }
  if (seconds < SHORTEST_GUESS || (reading.badShare > MAYBE_OUTAGE && seconds < OUTAGE)) return false
  return halfWidth < GUESS * omega || seconds >= LONGEST_GUESS
}

/** Something else than the load made the ramp stop, or the target has become faster. */
function goOnUp(state: SearchState, reading: PlateauReading): SearchState {
  const { on, rate, round } = reading
  const when = round === 0 ? 'after all' : 'now'
  const found = `all of it comes back ${when}: ${formatRate(on.good / on.seconds)} of ${formatRate(rate)}`
  const known = round === 0 ? state : markChange(state, reading)
  const closed = close(known, { outcome: 'passed', found, on, carried: null })
  return begin(closed, rampStep(closed, rate, CAREFUL_GROWTH))
}

function settleOn(state: SearchState, { round }: PlateauTask, reading: PlateauReading): SearchState {
  const { on, carried: _, unsaturated: __, swallowed, ...plateau } = reading
  const seen = swallowed && round > 0 ? flagged(state, 'burst-absorbing') : state
  const known = { ...seen, plateaus: [...state.plateaus, plateau] }
  const closed = close(known, { outcome: 'measured', found: describePlateau(reading), on, carried: null })
  if (plateau.trend === 'collapse')
    return toBracket(flagged(closed, 'collapse'), Math.max(plateau.early, highestPassed(closed), closed.peak))
  return round === 0 ? afterFirstPlateau(closed) : afterPlateau(closed)
}

function describePlateau({ good, error, trend, early, late }: PlateauReading): string {
  const range = `${formatRate(good)} comes back, ±${formatShare(Z * error)}`
  if (trend === 'collapse')
    return `collapsing: from ${formatRate(early)} to ${formatRate(late)} that come back`
  return trend === 'rising' ? `${range}, and more all the time (${formatRate(late)} in the end)` : range
}
