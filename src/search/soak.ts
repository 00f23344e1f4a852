import { errorLogRatio, observeErrors, startErrorSprt } from '../statistics/error-sprt.ts'
import { flowLogRatio, observeFlow, startFlowSprt } from '../statistics/flow-sprt.ts'
import { formatDuration, formatNumber, formatShare } from '../units/format.ts'
import { afterKnee } from './after-knee.ts'
import { EPSILON } from './epsilon.ts'
import { calmShare } from './calm.ts'
import { currentStretch, discardSeconds } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { ALPHA, flowVariance } from './hold-length.ts'
import { clumpsOf } from './room.ts'
import type { SearchState } from './search-state.ts'
import { close } from './step.ts'
import type { SoakTask } from './task.ts'

/** What a failure is looked for in: what lies longer back cannot make up for it. */
const RECENT = 60
/** Many looks at many minutes: the probability that a load which is carried fails one of them, α, is shared among them. */
const SURELY = Math.log(1 / (ALPHA / 500))

/** Does the target endure the knee? */
export function judgeSoak(state: SearchState, { rate }: SoakTask): SearchState {
  const all = currentStretch(state, discardSeconds(state, rate))
  const lasted = state.bins.reduce((sum, { seconds }) => sum + seconds, 0)
  const recent = currentStretch(state, Math.max(discardSeconds(state, rate), state.bins.length - RECENT))
  const fails = recent.seconds > 0 && !recent.pending && isLost(state, rate, recent)
  if (!fails && lasted < (state.goal.soak ?? 0) / 1e9) return state
  const time = formatDuration(lasted * 1e9)
  const deficit = formatShare(Math.max(0, recent.excess / Math.max(1, recent.offered)))
  const found = fails
    ? `fails after ${time}: of the last requests ${deficit} are owed or bad. It carries this only for a while`
    : `endured: ${formatNumber(all.offered, 6)} requests in ${time}`
  return afterKnee(close(state, { outcome: fails ? 'failed' : 'passed', found, on: all, carried: !fails }))
}

function isLost(
  state: SearchState,
  rate: number,
  { seconds, offered, excess, ended, spreadBad }: Stretch,
): boolean {
  const { omega } = state
  const flow = startFlowSprt({ rate, omega, variance: flowVariance(state), base: 0, alpha: ALPHA })
  const errors = startErrorSprt({ epsilon: EPSILON, base: calmShare(state), alpha: ALPHA })
  return (
    flowLogRatio(observeFlow(flow, seconds, offered, offered - excess)) > SURELY ||
    errorLogRatio(observeErrors(errors, ended, spreadBad)) / clumpsOf(state) > SURELY
  )
}
