import type { SearchFlag } from '../result/search-record.ts'
import type { Plateau, SearchState } from './search-state.ts'
import { flagged } from './step.ts'

/** A plateau that begins this much above the last one has been growing all the time. */
const GREW = 1.06
/** Plateaus further apart than this are not the same capacity. */
const APART = 1.1
/** A jump rather than a warm-up, where neither was seen to happen. */
const JUMP = 1.6
const FEWEST_SECONDS = 3

/** A plateau came to its end because all comes back by now: was it growing all along, or did it jump? */
export function markChange(state: SearchState, plateau: Plateau & { readonly unsaturated: boolean }): SearchState {
  const before = state.plateaus.at(-1)
  if (before === undefined || plateau.unsaturated || plateau.seconds < FEWEST_SECONDS) return state
  return flagged(state, plateau.early > GREW * before.good ? 'warm-up' : 'capacity-changed')
}

/** The last plateaus agree. Did earlier ones? */
export function markEarlier(state: SearchState): SearchState {
  const seen: readonly SearchFlag[] = ['warm-up', 'capacity-changed']
  if (seen.some(flag => state.flags.includes(flag))) return state
  const plateaus = state.plateaus.filter(({ trend }) => trend !== 'collapse')
  const rates = plateaus.map(({ good }) => good)
  const ratio = Math.max(...rates) / Math.min(...rates)
  if (ratio < APART) return state
  const gradual = ratio < JUMP || plateaus.some(({ trend }) => trend === 'rising')
  return flagged(state, gradual ? 'warm-up' : 'capacity-changed')
}
