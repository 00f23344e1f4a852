import { errorLogRatio, observeErrors, startErrorSprt } from '../statistics/error-sprt.ts'
import { flowDecision, flowLogRatio, observeFlow, startFlowSprt } from '../statistics/flow-sprt.ts'
import { shrunkDispersion } from '../statistics/shrunk-dispersion.ts'
import { sprtDecision } from '../statistics/sprt-decision.ts'
import type { SprtDecision } from '../statistics/sprt-decision.ts'
import { single } from './bin.ts'
import { calmShare, calmShareAtMost } from './calm.ts'
import { EPSILON } from './epsilon.ts'
import type { Stretch } from './evidence.ts'
import { ALPHA, flowVariance, holdOmega, holdRequests } from './hold-length.ts'
import { clumpsOf, roomOf } from './room.ts'
import type { SearchState } from './search-state.ts'
import type { HoldTask } from './task.ts'

/** ln((1 − α)/α). */
const BOUND = Math.log((1 - ALPHA) / ALPHA)
/** Of the requests that a hold takes at most. */
const LONG_ENOUGH = 0.7
/** What a careful step is stopped by. */
const COARSE_EPSILON = 0.05

export interface Test {
  readonly ratio: number
  readonly decision: SprtDecision
}

/** Does A − G − p0·A grow by ω·λ, or not at all? Losses that may be are left out where they would decide this. */
export function flowTest(state: SearchState, task: HoldTask, on: Stretch): Test {
  const { seconds, offered } = on
  const omega = holdOmega(state, task)
  const excess = on.excess - toleratedLosses(state, omega, on)
  const test = observeFlow(
    startFlowSprt({
      rate: task.rate,
      omega,
      variance: flowVariance(state),
      base: 0,
      alpha: ALPHA,
    }),
    seconds,
    offered,
    offered - excess,
  )
  const ratio = flowLogRatio(test)
  // A backlog that grew would have filled the room by now, and its losses would show.
  const room = roomOf(state)
  const filled = room !== null && ratio < 0 && state.omega * task.rate * seconds > 2 * room
  return { decision: filled ? 'clear' : flowDecision(test), ratio }
}

/**
 * The sign of the flow test changes at ω/2, and bad answers are a matter of the other test up to ε. With ω < 2ε this one would let fewer be
 * than ε: what it counts of them begins at ε − ω/2.
 */
function toleratedLosses(state: SearchState, omega: number, { spreadBad, offered }: Stretch): number {
  const lost = spreadBad - calmShare(state) * offered
  return Math.max(0, Math.min(lost, (EPSILON - omega / 2) * offered))
}

/** Are bad answers 1.25·ε or 0.8·ε beyond p0? */
export function errorTest(
  state: SearchState,
  task: HoldTask,
  { bins, ended, spreadBad, offered }: Stretch,
): Test {
  const epsilon = task.purpose === 'coarse' ? COARSE_EPSILON : EPSILON
  const start = startErrorSprt({ epsilon, base: calmShareAtMost(state), alpha: ALPHA })
  // Without a plateau nothing is known of the room; how the losses scatter here has to do.
  const seen = shrunkDispersion(single(bins).map(bin => bin.ended - bin.good)).idc
  const clumps = state.plateaus.length === 0 ? Math.max(1, seen) : clumpsOf(state)
  const ratio = errorLogRatio(observeErrors(start, ended, spreadBad)) / clumps
  const enough = offered >= LONG_ENOUGH * holdRequests(flowVariance(state), state.omega)
  return { ratio, decision: ratio < 0 && enough ? 'clear' : sprtDecision(ratio, BOUND) }
}
