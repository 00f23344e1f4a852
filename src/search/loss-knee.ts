import { EPSILON } from './epsilon.ts'
import { calmShare } from './calm.ts'
import { lossCrossing, lossPoints } from './loss-curve.ts'
import type { Crossing } from './loss-curve.ts'
import { clumpsOf, losesOnly } from './room.ts'
import type { SearchState } from './search-state.ts'

/** Where ε is lost, from all levels together; null where losses are not what the knee is about. */
export function lossKnee(state: Pick<SearchState, 'plateaus' | 'levels'>): Crossing | null {
  return losesOnly(state)
    ? lossCrossing(lossPoints(state.levels), calmShare(state), EPSILON, clumpsOf(state))
    : null
}
