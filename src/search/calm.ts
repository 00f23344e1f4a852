import { EPSILON } from './epsilon.ts'
import type { SearchState } from './search-state.ts'
import { rateOf } from './task.ts'

/** A buffer of K loses 1/(K + 1) at ρ = 1: with this many places bad answers begin only at the knee. */
const ROOMY = 1 / EPSILON - 1
/** Of the first plateau: where nothing is lost because of the load, with many places and with few. */
const EASY = 0.5
const EASY_WITHOUT_ROOM = 0.25
/** Of the highest rate so far, where no plateau is known. */
const EASY_SO_FAR = 0.4

interface Calm {
  readonly ended: number
  readonly bad: number
  /** Variance of `bad`, which comes in clumps. */
  readonly variance: number
}

/**
 * Answers at loads that the target carries with ease. The baseline alone is too few requests to know 5 % by; but a target
 * without a queue loses more and more from low loads on, so steps near its knee must not count.
 */
function calmAnswers({ levels, plateaus }: Pick<SearchState, 'levels' | 'plateaus'>): Calm {
  const plateau = plateaus[0]
  const roomy = plateau === undefined || plateau.room === null || plateau.room >= ROOMY
  const highest = levels.reduce((most, { task }) => Math.max(most, rateOf(task)), 0)
  const easy =
    plateau === undefined ? EASY_SO_FAR * highest : plateau.good * (roomy ? EASY : EASY_WITHOUT_ROOM)
  let [ended, bad, variance] = [0, 0, 0]
  for (const { task, carried, ...level } of levels) {
    if (carried !== true) continue
    // A queue without end loses nothing because of the load; with few places, the losses at a settle belong to it.
    const atAnyRate = task.kind === 'hold' ? plateau?.room === null : task.kind === 'settle' && roomy
    if (!atAnyRate && task.kind !== 'baseline' && rateOf(task) > easy) continue
    ended += level.ended
    bad += level.bad
    variance += Math.max(1, level.badIdc) * level.bad
  }
  return { ended, bad, variance }
}

/** p0: the bad share at loads that the target carries with ease. */
export function calmShare(state: Pick<SearchState, 'levels' | 'plateaus'>): number {
  const { ended, bad } = calmAnswers(state)
  return ended === 0 ? 0 : bad / ended
}

/** Standard error of p0; nothing where no answer was bad. */
export function calmShareError(state: Pick<SearchState, 'levels' | 'plateaus'>): number {
  const { ended, variance } = calmAnswers(state)
  return Math.sqrt(variance) / Math.max(1, ended)
}

/** One standard error above p0, so that a test does not take its uncertainty for losses. */
export const calmShareAtMost = (state: Pick<SearchState, 'levels' | 'plateaus'>): number =>
  calmShare(state) + calmShareError(state)
