import type { SearchGoal } from '../plan/search-goal.ts'
import { perSecond } from '../units/quantity.ts'
import { climbWith } from './burst.ts'
import { addLate } from './late-bin.ts'
import { judgeBaseline } from './baseline.ts'
import { shorten } from './bin.ts'
import type { Bin } from './bin.ts'
import { judgeDrain } from './drain.ts'
import { judgeHold } from './hold.ts'
import { judgeOnset } from './onset-step.ts'
import { judgePlateau } from './plateau.ts'
import { judgeRamp } from './ramp.ts'
import { judgeRecovery } from './recovery.ts'
import type { SearchState, Traffic } from './search-state.ts'
import { judgeSettle } from './settle.ts'
import { judgeSoak } from './soak.ts'
import { begin, close, flagged } from './step.ts'
import { DONE } from './task.ts'
import { isVoid, tryAgain } from './void-step.ts'
import type { SearchPhase } from '../result/search-record.ts'
import type { RatePerSecond } from '../units/quantity.ts'

export type { Bin } from './bin.ts'
export type { SearchState, Traffic } from './search-state.ts'
export { conclude } from './conclude.ts'

/** What to offer in the next second. */
export type Directive =
  | {
      readonly kind: 'offer'
      /** Counts up from 0; the same number as before means: go on with that step. */
      readonly step: number
      readonly phase: SearchPhase
      readonly rate: RatePerSecond
      readonly because: string
    }
  | { readonly kind: 'done' }

export function startSearch(goal: SearchGoal, traffic: Traffic): SearchState {
  const nothing: SearchState = {
    schema: 'plimsoll/search@1',
    goal,
    traffic,
    steps: [],
    task: DONE,
    bins: [],
    elapsed: 0,
    inFlight: 0,
    inFlightBefore: 0,
    levels: [],
    climb: [],
    residence: 0,
    omega: goal.precision,
    plateaus: [],
    peak: 0,
    mode: null,
    guess: null,
    recovery: null,
    flags: [],
    plannedSeconds: null,
    complete: false,
  }
  return begin(nothing, { kind: 'baseline', rate: goal.from })
}

/** Asked once for every second of load, one second before it begins: bins are learnt one second late. */
export function next({ task, steps }: SearchState): Directive {
  if (task.kind === 'done') return { kind: 'done' }
  const { phase, because } = steps.at(-1)!
  return { kind: 'offer', step: steps.length - 1, phase, rate: perSecond(task.rate), because }
}

/** One second more is known. The second after it is under way already, so a decision takes effect one second later. */
export function learn(state: SearchState, bin: Bin): SearchState {
  const seen = see(state, bin)
  if (seen.task.kind === 'done') return seen
  const isLate = bin.step < state.steps.length - 1
  const judged = isLate ? seen : isVoid(seen) ? tryAgain(seen) : judge(seen)
  // One second is committed already, so this is the last that may be asked for.
  const spent = judged.elapsed + 2 > judged.goal.budget / 1e9
  return spent && judged.task.kind !== 'done' ? cutOff(flagged(judged, 'budget-spent')) : judged
}

function see(state: SearchState, bin: Bin): SearchState {
  const peak = bin.valid ? Math.max(state.peak, bin.good / bin.seconds) : state.peak
  const climb = climbWith(state, bin)
  const seen = { ...state, peak, climb, elapsed: state.elapsed + bin.seconds, inFlight: bin.inFlight }
  if (bin.step === state.steps.length - 1) return { ...seen, bins: shorten([...state.bins, bin]) }
  // The last second of the step before: a plateau goes on with the ramp's rate, for all else it is only the beginning.
  const goesOn = state.task.kind === 'plateau' && state.task.round === 0
  if (goesOn) return { ...seen, bins: [...state.bins, bin] }
  return { ...seen, inFlightBefore: bin.inFlight, levels: addLate(state, bin) }
}

function judge(state: SearchState): SearchState {
  const { task } = state
  switch (task.kind) {
    case 'baseline':
      return judgeBaseline(state, task)
    case 'ramp':
      return judgeRamp(state, task)
    case 'plateau':
      return judgePlateau(state, task)
    case 'drain':
      return judgeDrain(state, task)
    case 'settle':
      return judgeSettle(state, task)
    case 'hold':
      return judgeHold(state, task)
    case 'recovery':
      return judgeRecovery(state, task)
    case 'onset':
      return judgeOnset(state, task)
    case 'soak':
      return judgeSoak(state, task)
    case 'done':
      return state
    default:
      return task satisfies never
  }
}

const cutOff = (state: SearchState): SearchState =>
  begin({ ...close(state, { outcome: 'cut', found: 'cut off' }), unfinished: state.task }, DONE)

/**
 * Goes on after an interruption, or with a larger budget in its goal: the step that was cut begins anew, nothing is in
 * flight.
 */
export function resume(state: SearchState): SearchState {
  const { unfinished, ...rest } = state
  if (state.task.kind !== 'done') {
    const cut = close(rest, { outcome: 'cut', found: 'interrupted; done again below' })
    return begin({ ...cut, inFlight: 0 }, state.task)
  }
  if (unfinished === undefined) return state
  const flags = state.flags.filter(flag => flag !== 'budget-spent')
  return begin({ ...rest, flags, inFlight: 0 }, unfinished)
}
