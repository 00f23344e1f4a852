import type { Bin } from './bin.ts'
import type { Level, SearchState } from './search-state.ts'

/** With so many bad answers the second is none of the same. */
const WORSE = 0.05

/** The second that was under way when its step was decided: more of the same, where the load was carried. */
export function addLate({ levels, inFlight }: SearchState, bin: Bin): readonly Level[] {
  const last = levels.at(-1)
  if (last === undefined || last.step !== bin.step || last.carried !== true || !bin.valid) return levels
  const bad = bin.ended - bin.good
  if (bad > WORSE * bin.ended + last.bad) return levels
  const longer = {
    ...last,
    seconds: last.seconds + bin.seconds,
    offered: last.offered + bin.offered,
    ended: last.ended + bin.ended,
    good: last.good + bin.good,
    bad: last.bad + bad,
    slow: last.slow + bin.slow,
    excess: last.excess + bin.inFlight - inFlight + bad,
  }
  return [...levels.slice(0, -1), longer]
}
