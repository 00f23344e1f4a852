import type { SearchState } from './search-state.ts'
import { begin, close, flagged } from './step.ts'
import { DONE } from './task.ts'

/** So many bins in which the generator was the limit, and at least this part of the step, make it void. */
const MANY = 3
const PART = 1 / 4

export function isVoid({ bins }: SearchState): boolean {
  const invalid = bins.filter(({ valid }) => !valid).length
  return invalid >= MANY && invalid >= PART * bins.length
}

/** Once more; if it cannot be offered then either, the generator ends the search, not the target. */
export function tryAgain(state: SearchState): SearchState {
  const closed = close(state, { outcome: 'void', found: 'the generator was the limit' })
  if (state.task.voided !== true) return begin(closed, { ...state.task, voided: true })
  return begin({ ...flagged(closed, 'generator-limited'), complete: true }, DONE)
}
