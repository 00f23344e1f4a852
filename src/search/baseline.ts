import { formatDuration, formatShare } from '../units/format.ts'
import { bracketFrom } from './bracket.ts'
import { currentStretch } from './evidence.ts'
import type { Stretch } from './evidence.ts'
import { judgeLoad } from './over.ts'
import { firstStep } from './ramp.ts'
import type { SearchState } from './search-state.ts'
import { begin, close } from './step.ts'
import { DONE } from './task.ts'
import type { Baseline } from './task.ts'

/** Long enough for this many requests, within these limits, s. */
const ENOUGH = 200
const SHORTEST = 5
const LONGEST = 10
/** A target that answers nothing well is down, which is seen sooner, s; so is one that answers less than half well. */
const SEE_DOWN = 3
const FEW = 3
const DOWN = 0.5

/** What is usual at little load: p0, and the response time by Little's law. */
export function judgeBaseline(state: SearchState, { rate }: Baseline): SearchState {
  const all = currentStretch(state, 0)
  const silent = all.seconds >= SEE_DOWN && all.good === 0 && all.ended >= FEW
  const long = Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(ENOUGH / rate)))
  if (!silent && all.seconds < long) return state
  if (all.good <= DOWN * all.ended) return giveUp(state, all)
  const measured = { ...state, residence: residenceOf(all, rate) }
  // Without its first second, in which the target may have had to open everything.
  const settled = currentStretch(measured, 1)
  const over = judgeLoad(measured, settled) === 'over'
  if (!over)
    return begin(
      close(measured, { outcome: 'measured', found: usual(measured, all), on: all, carried: true }),
      firstStep(measured),
    )
  const found = `already more than is carried: ${formatShare(settled.excess / settled.offered)} of it is owed or bad`
  const closed = close(measured, { outcome: 'failed', found, on: settled, carried: false })
  if (state.goal.gentle) return bracketFrom(closed)
  return begin({ ...closed, residence: 0 }, { kind: 'plateau', rate, round: 0, discard: 1, patience: 0 })
}

function giveUp(state: SearchState, all: Stretch): SearchState {
  const found =
    all.good === 0
      ? `no good answer in ${formatDuration(all.seconds * 1e9)}: there is nothing to raise the load on`
      : `${formatShare(all.bad / all.ended)} of the answers are bad already: there is nothing to raise the load on`
  return {
    ...begin(close(state, { outcome: 'failed', found, on: all, carried: false }), DONE),
    complete: true,
  }
}

/** W = L/λ, from what is in flight at the ends of the bins. */
function residenceOf({ bins }: Stretch, rate: number): number {
  const later = bins.slice(1)
  const inFlight = later.reduce((sum, bin) => sum + bin.inFlight, 0) / Math.max(1, later.length)
  return inFlight / rate
}

function usual({ residence }: SearchState, { bad, ended }: Stretch): string {
  const errors = bad === 0 ? 'no errors' : `${formatShare(bad / ended)} errors`
  return `${errors}, ${residence < 5e-4 ? 'less than a millisecond' : `about ${formatDuration(residence * 1e9)}`} a request`
}
