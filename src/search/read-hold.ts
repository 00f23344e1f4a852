import { currentStretch, discardSeconds } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { holdLimitSeconds } from './hold-length.ts'
import { errorTest, flowTest } from './hold-tests.ts'
import { losesOnly } from './room.ts'
import type { SearchState } from './search-state.ts'
import { toleratedMisses } from './slo-search.ts'
import type { HoldTask } from './task.ts'

export interface HoldReading {
  readonly on: Stretch
  readonly decision: 'pass' | 'fail' | 'undecided'
  /** Its time was up, so the sign decided. */
  readonly forced: boolean
}

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
  if (on.seconds === 0) return { on, decision: 'undecided', forced: false }
  if (task.purpose === 'slo') return readSloHold(state, task, on)
  const tests = [flowTest(state, task, on), errorTest(state, task, on)]
  const limit = holdLimitSeconds(state, task)
  const up = on.seconds >= limit
  const fails = tests.some(({ decision }) => decision === 'fail') && (up || !maybeOutage(on))
  if (fails) return { on, decision: 'fail', forced: false }
  const clear = tests.every(({ decision }) => decision === 'clear')
  if (clear && on.seconds >= shortestSeconds(state, task, limit))
    return { on, decision: 'pass', forced: false }
  if (!up) return { on, decision: 'undecided', forced: false }
  return { on, decision: tests.some(({ ratio }) => ratio > 0) ? 'fail' : 'pass', forced: true }
}

const shortestSeconds = (state: SearchState, { purpose, least }: HoldTask, limit: number): number =>
  purpose === 'bracket' && !losesOnly(state) ? Math.max(least, LONG_ENOUGH * limit) : least

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
