import { formatShare } from '../units/format.ts'
import { afterKnee } from './after-knee.ts'
import { currentStretch } from './evidence.ts'
import type { SearchState } from './search-state.ts'
import { close } from './step.ts'
import type { OnsetTask } from './task.ts'

/** Nothing is decided here: which errors come at a load just above the knee is for the report to say. */
export function judgeOnset(state: SearchState, { seconds }: OnsetTask): SearchState {
  const on = currentStretch(state, 0)
  if (on.seconds < seconds) return state
  const found =
    on.bad === 0 ? 'no bad answers here' : `${formatShare(on.bad / on.ended)} of the answers are bad`
  return afterKnee(close(state, { outcome: 'measured', found, on, carried: null }))
}
