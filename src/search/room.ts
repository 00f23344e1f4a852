import { pooledDispersion } from '../statistics/dispersion.ts'
import type { SearchState } from './search-state.ts'

/** With this many places, a buffer rather than its slots decides what is lost near the knee. */
export const MANY_PLACES = 50

/** The places in front of the target, where bad answers bound the backlog; null where it grows without end. */
export const roomOf = ({ plateaus }: Pick<SearchState, 'plateaus'>): number | null =>
  plateaus.at(-1)?.room ?? null

/** M/M/8/8 at 1 % loss: 2.7, by simulation. */
const USUAL_CLUMPS = 2.7

/** Is losing requests all that the knee is about? A backlog of a few requests is no backlog. */
export const losesOnly = (state: Pick<SearchState, 'plateaus'>): boolean =>
  (roomOf(state) ?? Infinity) < MANY_PLACES

/**
 * Variance of losses over their mean. A full buffer of K loses in clumps: 2K/3 at ρ = 1, as for either end of a reflected Brownian
 * motion (Berger and Whitt, Annals of Applied Probability 2(2), 1992). With few places it is read from the seconds.
 */
export function clumpsOf(state: Pick<SearchState, 'plateaus' | 'levels'>): number {
  const room = roomOf(state)
  if (room === null) return 1
  if (room >= MANY_PLACES) return (2 * room) / 3
  const held = state.levels.filter(({ task, bad }) => task.kind !== 'plateau' && bad > 10)
  const { idc, df } = pooledDispersion(held.map(level => ({ idc: level.badIdc, df: level.badFreedom })))
  // A search that stops when it is sure stops sooner where the losses look less clumped than they are.
  return Math.max(USUAL_CLUMPS, idc) * (1 + 1 / Math.sqrt(df))
}
