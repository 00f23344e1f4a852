import { errorLogRatio, observeErrors, startErrorSprt } from '../statistics/error-sprt.ts'
import { flowDecision, flowLogRatio, observeFlow, startFlowSprt } from '../statistics/flow-sprt.ts'
import { sprtDecision } from '../statistics/sprt-decision.ts'
import { EPSILON, calmShare, currentStretch, discardSeconds } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { ALPHA, flowVariance, holdLimitSeconds, holdOmega, holdRequests } from './hold-length.ts'
import { clumpsOf, losesOnly, roomOf } from './loss-knee.ts'
import { toleratedMisses } from './slo-search.ts'
import type { SearchState } from './search-state.ts'
import type { HoldTask } from './task.ts'

export interface HoldReading {
  readonly on: Stretch
  readonly decision: 'pass' | 'fail' | 'undecided'
  /** Its time was up, so the sign decided. */
  readonly forced: boolean
}

/** ln((1 − α)/α). */
const BOUND = Math.log((1 - ALPHA) / ALPHA)
/** A hold of the bracket passes after this part of its longest time at the earliest. */
const LONG_ENOUGH = 0.7
/** s */
const OUTAGE = 5

/**
 * Is this load carried? Two sequential tests, and both have to be clear: of the backlog (does A − G − p0·A grow by ω·λ or
 * not at all?) and of the errors (1.25·ε or 0.8·ε beyond p0?).
 */
export function readHold(state: SearchState, task: HoldTask): HoldReading {
  const on = currentStretch(state, discardSeconds(state, task.rate))
  if (task.purpose === 'slo') return readSloHold(state, task, on)
  const limit = holdLimitSeconds(state, task)
  if (on.seconds === 0) return { on, decision: 'undecided', forced: false }
  const flow = flowTest(state, task, on)
  const errors = errorTest(state, on)
  const fails = flow.decision === 'fail' || errors.decision === 'fail'
  const up = on.seconds >= limit
  if (fails && (up || !maybeOutage(on))) return { on, decision: 'fail', forced: false }
  const long =
    on.seconds >=
    Math.max(task.least, task.purpose === 'bracket' && !losesOnly(state) ? LONG_ENOUGH * limit : 0)
  if (!fails && flow.decision === 'clear' && errors.decision === 'clear' && long)
    return { on, decision: 'pass', forced: false }
  if (!up) return { on, decision: 'undecided', forced: false }
  return { on, decision: flow.ratio > 0 || errors.ratio > 0 ? 'fail' : 'pass', forced: true }
}

/** A point of the curve: its length is chosen before, the share decides. */
function readSloHold(state: SearchState, { least }: HoldTask, on: Stretch): HoldReading {
  if (on.seconds < least) return { on, decision: 'undecided', forced: false }
  const kept = on.bad + on.slow <= toleratedMisses(state) * on.ended
  return { on, decision: kept ? 'pass' : 'fail', forced: false }
}

/** No load near the knee has most answers fail at once; so what does may be over soon. */
function maybeOutage({ bins, pending, seconds }: Stretch): boolean {
  const last = bins.at(-1)!
  return pending || (seconds <= OUTAGE && last.ended - last.good > last.ended / 2)
}

function flowTest(state: SearchState, task: HoldTask, { seconds, offered, excess }: Stretch) {
  const test = observeFlow(
    startFlowSprt({
      rate: task.rate,
      omega: holdOmega(state, task),
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
  const filled = room !== null && ratio < 0 && excessDrift(state, task) * seconds > 2 * room
  return { decision: filled ? ('clear' as const) : flowDecision(test), ratio }
}

const excessDrift = ({ omega }: SearchState, { rate }: HoldTask): number => omega * rate

function errorTest(state: SearchState, { ended, spreadBad, offered }: Stretch) {
  const base = calmShare(state)
  const test = observeErrors(startErrorSprt({ epsilon: EPSILON, base, alpha: ALPHA }), ended, spreadBad)
  const ratio = errorLogRatio(test) / clumpsOf(state)
  const decision = sprtDecision(ratio, BOUND)
  const enough = offered >= LONG_ENOUGH * holdRequests(flowVariance(state), state.omega)
  return { ratio, decision: ratio < 0 && enough ? ('clear' as const) : decision }
}
