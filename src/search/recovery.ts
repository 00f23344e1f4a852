import { formatDuration, formatRate } from '../units/format.ts'
import { isUsual } from './drain.ts'
import { roundRate } from './round-rate.ts'
import type { SearchState } from './search-state.ts'
import { STEPPED_DOWN, usableKnee } from './step-down.ts'
import { begin, close } from './step.ts'
import { timeLeft } from './time-left.ts'
import type { RecoveryTask } from './task.ts'
import { sumBins } from './bin.ts'

/** Of the knee, one after the other; then nothing at all. */
const LADDER = [0.5, 0.25, 0.1]
/** Longer than draining should take by this factor and this many s is staying down (Bronson et al., HotOS 2021). */
const PATIENCE = 3
const GRACE = 5
const SHORTEST = 10
const LONGEST = 60
const MOST_OF_THE_REST = 0.4
/** A target that lives off a backlog answers this part of the load well, with no less in flight: it will not come back here. */
const LINGERS = 0.1
/** s. Until then, those who will give up waiting have not yet done so, and what it completes seems less than it is. */
const SEEN_ENOUGH = 14
/** Left of the backlog of five seconds ago. */
const DRAINS = 0.97
/** A little less than what it manages, or nothing would drain. */
const MANAGED = 0.91
/** What it manages is read from the last s, and from what is refused where that is more than this part. */
const RECENT = 8
const FULL = 0.05

/** Below the knee after an overload: back to normal, or kept down by what the overload left behind? */
export function judgeRecovery(state: SearchState, task: RecoveryTask): SearchState {
  const seconds = state.bins.reduce((sum, bin) => sum + bin.seconds, 0)
  const knee = usableKnee(state)
  if (isUsual(state, task.rate)) return recovered(state, task, knee)
  // Without any load it cannot stay down and get less at the same time.
  const longest = task.rate === 0 ? Infinity : LONGEST
  const hopeful = seconds < patience(state, task, knee) || (isDraining(state) && seconds < longest)
  if (hopeful && !lingers(state, task)) return state
  const found = `not back to normal after ${formatDuration(seconds * 1e9)}`
  const closed = close(state, { outcome: 'failed', found })
  if (task.rate > 0) return begin(closed, { ...task, rate: lower(state, task, knee) })
  return begin({ ...closed, recovery: latched }, { kind: 'done' })
}

function recovered(state: SearchState, { rate, since, next }: RecoveryTask, knee: number): SearchState {
  const seconds = state.elapsed - since
  const asHoped = rate >= STEPPED_DOWN * knee * 0.97
  const found = `back to normal after ${formatDuration(seconds * 1e9)}`
  const because = asHoped
    ? `at ${formatRate(rate)} it was back to normal ${formatDuration(seconds * 1e9)} after the overload`
    : rate === 0
      ? 'it came back only when there was no load at all'
      : `it came back only when the load fell to ${formatRate(rate)}: between that and the knee it stays down once it is`
  const closed = close(state, { outcome: 'passed', found })
  const recovery = {
    recovered: true,
    seconds,
    rate,
    ratio: asHoped ? null : rate / knee,
    metastable: !asHoped,
    latched: false,
    because,
  }
  return begin({ ...closed, recovery }, next)
}

const latched = {
  recovered: false,
  seconds: null,
  rate: null,
  ratio: null,
  metastable: true,
  latched: true,
  because: 'it did not come back even without any load',
}

/**
 * 3·t_d + 5 s, t_d the time in which the backlog should drain. All that was not answered well counts as backlog: a gateway may
 * have given up on what its target still works at. Where it was refused at once, the target is back long before.
 */
function patience(state: SearchState, { rate }: RecoveryTask, knee: number): number {
  const backlog = state.levels
    .slice(-2)
    .reduce((sum, { carried, excess }) => (carried === true ? sum : sum + excess), 0)
  const drain = Math.max(state.inFlightBefore, backlog) / Math.max(1, knee - rate)
  const affordable = Math.max(SHORTEST, MOST_OF_THE_REST * timeLeft(state))
  return Math.min(LONGEST, affordable, PATIENCE * drain + GRACE)
}

/** However slowly, it is getting less. */
function isDraining({ bins }: SearchState): boolean {
  return bins.length > 5 && bins.at(-1)!.inFlight < DRAINS * bins.at(-6)!.inFlight
}

/** Something comes back well all the time, and nothing drains. */
function lingers({ bins }: SearchState, { rate }: RecoveryTask): boolean {
  if (bins.length < SEEN_ENOUGH || rate === 0) return false
  const last = bins.slice(-5)
  const { good, offered } = sumBins(last)
  return good > LINGERS * offered && bins.at(-1)!.inFlight > 0.9 * bins.at(-6)!.inFlight
}

/**
 * One rung down, or where a target that lingers can come back by what it still manages, be it too late for those who asked. A full target
 * lets in exactly what it manages, and that is known at once.
 */
function lower(state: SearchState, task: RecoveryTask, knee: number): number {
  const rung = LADDER.find(share => share * knee < task.rate * 0.99)
  if (rung === undefined) return 0
  const { offered, ended, good, timedOut, seconds } = sumBins(state.bins.slice(-RECENT))
  const refused = ended - good - timedOut
  const lowest = LADDER.at(-1)! * knee
  const aLittleLess = (managed: number): number =>
    Math.max(lowest, (MANAGED * managed) / Math.max(1, seconds))
  if (refused > FULL * offered) return roundRate(Math.min(0.97 * task.rate, aLittleLess(offered - refused)))
  if (lingers(state, task)) return roundRate(Math.min(rung * knee, aLittleLess(good + timedOut)))
  // A rate that was chosen by what it manages missed by little.
  const chosen =
    task.rate < 0.99 * LADDER[0]! * knee && !LADDER.some(share => isNear(task.rate, share * knee))
  return roundRate(chosen ? Math.max(rung * knee, MANAGED * task.rate) : rung * knee)
}

const isNear = (rate: number, other: number): boolean => Math.abs(rate / other - 1) < 0.01
