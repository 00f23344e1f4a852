import type { Bin } from './bin.ts'
import { offeredAt } from './knee-guess.ts'
import type { Level, SearchState } from './search-state.ts'
import type { HoldTask } from './task.ts'

/** The ramp passed more than the plateau gives by this factor, and by so many standard errors. */
const SWALLOWED = 1.08
const SURELY = 3
const MUCH_MORE = 2.5
/** Refused of what is offered beyond the capacity. */
const EMPTY = 0.95

/**
 * The highest rate that the ramp passed although the plateau says it cannot be carried, and that no hold has tried: a
 * buffer or a burst allowance swallowed the excess, or the target falls when it is crowded. Null without one.
 */
export function burstHold(state: SearchState): HoldTask | null {
  const plateau = state.plateaus.at(-1)!
  const capacity = offeredAt(state, plateau)
  const tried = lowestTried(state)
  const doubtful = state.levels
    .filter(({ task, carried }) => task.kind === 'ramp' && carried === true && task.rate < tried)
    .filter(level => rateOf(level) > SWALLOWED * capacity && isSure(level, capacity, plateau.error))
    .sort((a, b) => rateOf(b) - rateOf(a))[0]
  if (doubtful === undefined) return null
  const rate = rateOf(doubtful)
  const least = Math.ceil(Math.max(5, (2 * swallowed(state, capacity)) / (rate - capacity)))
  return { kind: 'hold', rate, purpose: 'burst', least, attempt: 0 }
}

const rateOf = ({ task }: Level): number => ('rate' in task ? task.rate : 0)

const isBurstHold = ({ task }: Level): boolean => task.kind === 'hold' && task.purpose === 'burst'

const lowestTried = ({ levels }: SearchState): number => Math.min(...levels.filter(isBurstHold).map(rateOf))

function isSure(level: Level, capacity: number, error: number): boolean {
  const chance = Math.hypot(Math.sqrt(2 * level.good), error * capacity * level.seconds)
  return beyond(level, capacity) > SURELY * chance
}

/** Requests beyond the capacity that came back well all the same. */
function beyond(level: Level, capacity: number): number {
  const rate = rateOf(level)
  if (!(isBurstHold(level) || level.task.kind === 'ramp') || rate <= capacity) return 0
  // The first second of a hold is not counted in it; it came back as a whole.
  return Math.max(0, level.good - capacity * level.seconds + (isBurstHold(level) ? rate - capacity : 0))
}

/** A ramp is over by then, and so is the burst. */
const MOST_SECONDS = 60

/** With one second more: as long as the ramp goes on, and the load that ended it. */
export function climbWith({ climb = [], steps, task }: SearchState, bin: Bin): readonly Bin[] {
  const phase = steps[bin.step]?.phase
  const isClimb = phase === 'ramp' || (phase === 'plateau' && task.kind === 'plateau' && task.round === 0)
  return isClimb && climb.length < MOST_SECONDS ? [...climb, bin] : climb
}

/**
 * What came back well beyond the capacity while the ramp was above it, to the second in which it had to refuse. An allowance is full until
 * then, so it took just that (a bucket of b tokens: good = b + r·t).
 */
const onRamp = (state: SearchState, capacity: number): number => Math.max(0, climbed(state, capacity).beyond)

function climbed(
  { climb = [], steps }: Pick<SearchState, 'climb' | 'steps'>,
  capacity: number,
): { readonly beyond: number; readonly seconds: number } {
  let [beyond, lasted] = [0, 0]
  for (const { step, seconds, good, ended, offered } of climb) {
    // Below nothing it was full again, and the count begins anew.
    if (beyond <= 0) [beyond, lasted] = [0, 0]
    beyond += good - capacity * seconds
    lasted += seconds
    // From the next second on nothing is left of it.
    const isOver = (steps[step]?.rate ?? 0) > capacity
    if (isOver && ended - good > EMPTY * Math.max(0, offered - capacity * seconds)) break
  }
  return { beyond, seconds: lasted }
}

/** The requests that an allowance took in on the ramp, by what the target carries as far as is known now; null where chance may do as much. */
export function allowance(state: Pick<SearchState, 'climb' | 'steps'>, capacity: number): number | null {
  const { beyond, seconds } = climbed(state, capacity)
  return beyond > SURELY * Math.sqrt(capacity * seconds) ? beyond : null
}

/** What a buffer or a burst allowance took: on the whole ramp together, or in one hold. */
export const swallowed = (state: SearchState, capacity: number): number =>
  Math.max(onRamp(state, capacity), ...state.levels.filter(isBurstHold).map(level => beyond(level, capacity)))

/**
 * The ramp spent the whole of an allowance, or it would not have stopped. A hold that takes much more is no burst: the
 * target carries the rate, until it falls.
 */
export function isNoBurst(state: SearchState): boolean {
  const capacity = offeredAt(state, state.plateaus.at(-1)!)
  return (
    beyond(state.levels.at(-1)!, capacity) >
    MUCH_MORE * onRamp(state, capacity) + SURELY * Math.sqrt(capacity)
  )
}
