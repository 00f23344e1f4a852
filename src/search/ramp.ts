import { formatShare } from '../units/format.ts'
import { currentStretch } from './evidence.ts'
import { judgeLoad } from './over.ts'
import { roundRate } from './round-rate.ts'
import type { SearchState } from './search-state.ts'
import { begin, close } from './step.ts'
import type { HoldTask, Ramp, Task } from './task.ts'

/** Factor from step to step, as long as nothing is known. */
const GROWTH = 1.5
/** A step lasts for this many requests, within these limits, s. */
const ENOUGH = 100
const LONGEST = 2
/** As long again where a step is doubtful, s. */
const PATIENCE = 3

/** After the baseline: the ramp, careful steps for a gentle search, or the cap at once. */
export function firstStep(state: SearchState): Task {
  const { from, gentle } = state.goal
  return gentle ? gentleStep(state, from) : rampStep(state, from, GROWTH)
}

/** The next rate of the ramp, or a proper hold where no more than that is allowed. */
export function rampStep({ goal }: SearchState, carried: number, growth: number): Task {
  if (carried >= goal.to) return holdAtCap(goal.to)
  return { kind: 'ramp', rate: Math.min(goal.to, roundRate(carried * growth)), growth }
}

/** Never more than this over what passed. */
const GENTLE_GROWTH = 1.15

export function gentleStep({ goal }: SearchState, carried: number): Task {
  if (carried >= goal.to) return holdAtCap(goal.to)
  const rate = Math.min(goal.to, roundRate(carried * GENTLE_GROWTH))
  return { kind: 'hold', rate, purpose: 'coarse', least: 0, attempt: 0 }
}

const holdAtCap = (rate: number): HoldTask => ({ kind: 'hold', rate, purpose: 'cap', least: 5, attempt: 0 })

/** Geometric steps until more is offered than comes back. */
export function judgeRamp(state: SearchState, { rate, growth }: Ramp): SearchState {
  const all = currentStretch(state, 0)
  // What is in flight grows with the load by Little's law, without any overload.
  const rise = Math.max(0, rate * state.residence - state.inFlightBefore)
  const on = { ...all, excess: all.excess - rise }
  const load = judgeLoad(state, on)
  const long = Math.min(LONGEST, Math.ceil(ENOUGH / rate))
  if (all.seconds < long || (load === 'doubtful' && all.seconds < long + PATIENCE)) return state
  const share = formatShare(Math.max(0, on.excess / Math.max(1, on.offered)))
  if (load !== 'over') {
    const closed = close(state, {
      outcome: 'passed',
      found: `carried, as far as ${all.seconds} s tell`,
      on,
      carried: true,
    })
    return begin(closed, rampStep(closed, rate, growth))
  }
  const closed = close(state, {
    outcome: 'failed',
    found: `too much: ${share} of it is owed or bad`,
    on,
    carried: false,
  })
  // The plateau begins with what was seen here, at the same rate, but for the first second.
  return {
    ...begin(closed, { kind: 'plateau', rate, round: 0, discard: 0, patience: 0 }),
    ...carriedOver(state),
  }
}

function carriedOver({ bins, inFlightBefore }: SearchState): Pick<SearchState, 'bins' | 'inFlightBefore'> {
  return { bins: bins.slice(1), inFlightBefore: bins[0]?.inFlight ?? inFlightBefore }
}

/** λ_p: the highest rate that the ramp found carried; 0 without one. */
export function highestPassed({ levels }: SearchState): number {
  return levels.reduce(
    (most, { task, carried }) => (task.kind === 'ramp' && carried ? Math.max(most, task.rate) : most),
    0,
  )
}
