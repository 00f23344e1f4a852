import type { TickPart } from '../recording/window-part.ts'
import { addCounts, quantileUs } from '../result/counts.ts'
import { exceededLimits, exceedsCeiling } from '../result/exceeded-limits.ts'
import { TIMED_OUT, neverSentCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import type { Calibration } from '../result/result.ts'
import type { Bin } from '../search/search.ts'
import type { RatePerSecond } from '../units/quantity.ts'

const BEHIND = neverSentCode('generator-behind')
const LACKING = neverSentCode('client-resources')

/** What was offered in a second, and what is known from before it. */
export interface BinContext {
  readonly step: number
  readonly rate: RatePerSecond
  /** In flight when it began. */
  readonly inFlight: number
  readonly calibration: Calibration | undefined
}

/**
 * One second by the clock, as all workers saw it. What was due is told by what became of it: started late, it may be
 * missing from the ticks of its own second, but never from the balance, in flight before + due = ended + in flight after.
 */
export function toBin(ticks: readonly TickPart[], { step, rate, inFlight, calibration }: BinContext): Bin {
  const sum = (of: (tick: TickPart) => number): number => ticks.reduce((total, tick) => total + of(tick), 0)
  const ended = sum(({ flow }) => flow.ended)
  const left = sum(tick => tick.inFlight)
  const offered = ended + left - inFlight
  return {
    step,
    seconds: 1,
    offered,
    ended,
    good: sum(({ flow }) => flow.good),
    slow: sum(({ slow }) => slow),
    timedOut: failedWith(ticks, TIMED_OUT),
    inFlight: left,
    valid: isValid(ticks, offered) && !exceedsCeiling(rate, calibration),
  }
}

const failedWith = (ticks: readonly TickPart[], sought: OutcomeCode): number =>
  ticks
    .flatMap(({ failures }) => failures)
    .reduce((total, [code, count]) => (code === sought ? total + count : total), 0)

function isValid(ticks: readonly TickPart[], offered: number): boolean {
  const worst = (of: (health: TickPart['health']) => number): number =>
    Math.max(...ticks.map(({ health }) => of(health)))
  const exceeded = exceededLimits({
    milliseconds: 1000,
    offered,
    behind: failedWith(ticks, BEHIND),
    lacking: failedWith(ticks, LACKING),
    lateness: addCounts(ticks.map(({ health }) => health.lateness)),
    p50Us: quantileUs(addCounts(ticks.map(({ response }) => response)), 0.5),
    utilisation: worst(({ utilisation }) => utilisation),
    longestStallMs: worst(({ longestStallMs }) => longestStallMs),
    garbageCollectionMs: worst(({ garbageCollectionMs }) => garbageCollectionMs),
  })
  return exceeded.length === 0
}
