import { formatShare } from '../units/format.ts'
import type { Bin } from './bin.ts'
import { bracketFrom } from './bracket.ts'
import { ALPHA } from './hold-length.ts'
import { EPSILON } from './epsilon.ts'
import { calmShare } from './calm.ts'
import { currentStretch, discardSeconds } from './evidence.ts'
import { errorDecision, observeErrors, startErrorSprt } from '../statistics/error-sprt.ts'
import { isUsual } from './drain.ts'
import type { SearchState } from './search-state.ts'
import { begin, close } from './step.ts'
import type { Settle } from './task.ts'

const SHORTEST = 6
const LONGEST = 30
const STILL = 3

/** At ease for a while. A target that loses requests even here has a knee far below what it can do: its buffers are too small. */
export function judgeSettle(state: SearchState, { rate, next }: Settle): SearchState {
  const on = currentStretch(state, discardSeconds(state, rate))
  const all = currentStretch(state, 0)
  if (all.seconds < SHORTEST) return state
  // What went away by itself did not come from the load.
  const lost = !on.pending && refuses(state, on) && state.bins.slice(-STILL).every(bin => isBad(state, bin))
  if (!lost && (on.pending || !isUsual(state, rate)) && all.seconds < LONGEST) return state
  const share = formatShare(on.bad / Math.max(1, on.ended))
  if (lost) {
    const found = `${share} is lost even here: there is no room to wait in`
    return bracketFrom({ ...close(state, { outcome: 'failed', found, on, carried: false }), mode: 'bracket' })
  }
  const found = `at ease: ${share} errors`
  return begin(close(state, { outcome: 'measured', found, on, carried: true }), next)
}

const refuses = (state: SearchState, { ended, spreadBad }: { ended: number; spreadBad: number }): boolean =>
  errorDecision(
    observeErrors(
      startErrorSprt({ epsilon: EPSILON, base: calmShare(state), alpha: ALPHA }),
      ended,
      spreadBad,
    ),
  ) === 'fail'

const isBad = (state: SearchState, { ended, good }: Bin): boolean =>
  ended - good > (calmShare(state) + EPSILON) * ended && ended - good < ended / 2
