import { formatDuration, formatNumber } from '../units/format.ts'
import { EPSILON } from './epsilon.ts'
import { sumBins } from './bin.ts'
import { calmShare } from './calm.ts'
import { usableKnee } from './step-down.ts'
import type { SearchState } from './search-state.ts'
import { begin, close } from './step.ts'
import type { Drain } from './task.ts'

/** Longer than it should take by this factor and this many s, and less load is tried; after as much again, it goes on anyway. */
const PATIENCE = 3
const GRACE = 5

/** Little load until what is in flight has ended and the answers are good again. */
export function judgeDrain(state: SearchState, { rate, next }: Drain): SearchState {
  const seconds = state.bins.reduce((sum, bin) => sum + bin.seconds, 0)
  if (isUsual(state, rate)) {
    const found = `drained in ${formatDuration(seconds * 1e9)}`
    return begin(close(withDrained(state), { outcome: 'measured', found }), next)
  }
  const allowed = GRACE + (PATIENCE * state.inFlightBefore) / Math.max(1, usableKnee(state) - rate)
  if (seconds < allowed) return state
  const closed = close(state, {
    outcome: 'measured',
    found: `${formatNumber(state.inFlight)} still in flight`,
  })
  return begin(closed, rate === 0 ? next : { kind: 'drain', rate: 0, next })
}

/**
 * In flight and bad answers of the last second as they are at the baseline, by Little's law; a queue below the knee may hold
 * a few more.
 */
export function isUsual(state: SearchState, rate: number): boolean {
  const bin = state.bins.at(-1)
  if (bin === undefined) return false
  const expected = rate * state.residence
  const inFlight = bin.inFlight <= 2 * expected + 3 * Math.sqrt(expected) + 4
  const calm = bin.ended * (calmShare(state) + EPSILON)
  return inFlight && bin.ended - bin.good <= calm + 3 * Math.sqrt(calm + 1)
}

/** As long as there is a backlog, the target works as fast as it can: all seconds but the last two. */
function withDrained(state: SearchState): SearchState {
  const bins = state.bins.slice(0, -2)
  const { good, seconds } = sumBins(bins)
  const plateau = state.plateaus.at(-1)
  if (plateau === undefined || plateau.drained !== null || seconds === 0) return state
  const most = Math.max(...bins.map(bin => bin.good / bin.seconds))
  return {
    ...state,
    plateaus: [
      ...state.plateaus.slice(0, -1),
      { ...plateau, drained: { good: good / seconds, seconds, most } },
    ],
  }
}
