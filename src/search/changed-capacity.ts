import type { SearchFlag } from '../result/search-record.ts'
import type { PlateauReading } from './read-plateau.ts'
import type { Plateau, SearchState } from './search-state.ts'
import { flagged } from './step.ts'

/** Of the last plateau: what has not grown since. */
const SAME = 1.05
/** Plateaus further apart than this are not the same capacity. */
const APART = 1.1
/** A jump rather than a warm-up, where neither was seen to happen. */
const JUMP = 1.6
const FEWEST_SECONDS = 3
/** Standard errors. */
const SURELY = 3.2
/** So much of what it carried later, reached in a single second of the drain, and the growth was over by then. */
const REACHED = 0.85

/** All comes back by now, and at the beginning no more than at the last plateau did: so it jumped. */
export function markJump(state: SearchState, { plateau, unsaturated }: PlateauReading): SearchState {
  const before = state.plateaus.at(-1)
  if (before === undefined || unsaturated || plateau.seconds < FEWEST_SECONDS) return state
  return plateau.early < SAME * before.good ? flagged(state, 'capacity-changed') : state
}

/** The last plateaus agree. Did earlier ones? */
export function markEarlier(state: SearchState): SearchState {
  const seen: readonly SearchFlag[] = ['warm-up', 'capacity-changed']
  if (seen.some(flag => state.flags.includes(flag))) return state
  const plateaus = state.plateaus.filter(({ trend }) => trend !== 'collapse')
  const first = plateaus[0]!
  const last = plateaus.at(-1)!
  const ratio = last.good / first.good
  if (ratio < 1 / APART && !state.flags.includes('burst-absorbing')) return flagged(state, 'capacity-changed')
  if (ratio < APART) return state
  const slowly = ratio < JUMP || (isGrowing(first) && !isJumping(first, last))
  return flagged(state, slowly ? 'warm-up' : 'capacity-changed')
}

/** From its first to its last third and on to its drain, beyond chance, but not at once. */
function isGrowing({ trend, early, late, seconds, drained }: Plateau): boolean {
  if (trend === 'rising') return true
  const third = Math.max(1, seconds / 3)
  const after = drained ?? { good: late, seconds: third }
  const chance = Math.sqrt(after.good / after.seconds + early / third)
  return late > early && after.good < JUMP * early && after.good - early > SURELY * chance
}

/** It stood still as long as it was overloaded, and while the backlog drained it became as fast as it was later. */
function isJumping({ trend, early, late, seconds, drained }: Plateau, last: Plateau): boolean {
  if (trend === 'rising' || drained === null) return false
  const third = Math.max(1, seconds / 3)
  const chance = Math.sqrt((late + early) / third)
  return drained.most > REACHED * last.good && late - early < SURELY * chance
}
