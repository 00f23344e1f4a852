import { perSecond } from '../units/quantity.ts'
import { intervalAround } from './plateau-interval.ts'
import { highestCarried } from './highest-carried.ts'
import { offeredAt } from './knee-guess.ts'
import { roundRate } from './round-rate.ts'
import type { SearchState } from './search-state.ts'
import { drainBefore } from './step-down.ts'
import { begin, close, flagged } from './step.ts'
import { DONE, rateOf } from './task.ts'
import type { HoldTask } from './task.ts'

/** So many bins in which the generator was the limit, and at least this part of the step, make it void. */
const MANY = 3
const PART = 1 / 4
/** As often is the same tried before the generator counts as the limit: what else runs on its machine comes and goes. */
const TRIES = 3
/** What the generator cannot hold either is lowered by this factor, so many times. */
const LOWER = 1.5
const MOST_LOWERED = 4

export function isVoid({ bins }: SearchState): boolean {
  const invalid = bins.filter(({ valid }) => !valid).length
  return invalid >= MANY && invalid >= PART * bins.length
}

/**
 * The same once more; if it cannot be offered at last, the generator is the limit, not the target, and what it can offer is held to
 * know that the target carries so much: a step of the ramp is too short to promise that.
 */
export function tryAgain(state: SearchState): SearchState {
  const closed = close(state, { outcome: 'void', found: 'the generator was the limit' })
  const voided = (state.task.voided ?? 0) + 1
  if (voided < TRIES) return begin(closed, { ...state.task, voided })
  const limited = flagged(closed, 'generator-limited')
  const hold = state.mode === null ? holdWithin(limited) : null
  if (hold === null) return begin({ ...limited, complete: true }, DONE)
  return drainBefore({ ...limited, goal: { ...limited.goal, to: perSecond(hold.rate) } }, hold)
}

/** Null: nothing is known to be carried that the generator could offer. */
function holdWithin(state: SearchState): HoldTask | null {
  const { task, goal } = state
  const again = task.kind === 'hold' && task.purpose === 'cap'
  const attempt = again ? task.attempt + 1 : 0
  const most = again ? task.rate / LOWER : highestKnown(state)
  if (most <= goal.from || attempt > MOST_LOWERED) return null
  return { kind: 'hold', rate: roundRate(most), purpose: 'cap', least: 5, attempt }
}

function highestKnown(state: SearchState): number {
  const plateau = state.plateaus.at(-1)
  const most = plateau === undefined ? Infinity : intervalAround(offeredAt(state, plateau), plateau)[0]
  return Math.min(most, rateOf(highestCarried(state.levels)?.task ?? DONE))
}
