import { stretchDispersion } from '../statistics/dispersion.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import { runningSum } from '../statistics/running-sum.ts'
import { keptIn } from './collapse.ts'
import { HOLD_SECONDS, RESOLUTION, TOLERATED_ERRORS } from './holds.ts'
import type { Level } from './levels.ts'
import type { ArrivalFlow } from './throughput.ts'

const ONE_SIDED_95: number = normalQuantile(0.95)
/** A load counts as light when it keeps less than twice as many requests in flight as the lowest rate predicts. */
const LIGHT = 2
const BASELINE_BELOW = 1.5

export interface SustainedRate {
  readonly rps: number
  readonly seconds: number
  /** Highest planned rate of the stretch that shows it; `rps` is what that stretch proves. */
  readonly upTo: number
}

/**
 * The highest rate that was shown to be sustained, as a claim that holds with 95 %: the last five seconds or more of
 * the rising part whose requests all became good answers. Where requests queued, luck with service times may have
 * helped, so one standard error of flow noise is taken off 1.64 times; where nothing queued, nothing is.
 */
export function sustainedRate(levels: readonly Level[], flow: ArrivalFlow): SustainedRate | undefined {
  const stretches = new Stretches(levels, flow)
  let best: SustainedRate | undefined
  for (let end = levels.length; end > 0; end -= 1) {
    const start = stretches.startBefore(end)
    const rps = stretches.sustained(start, end)
    if (rps !== undefined && (best === undefined || rps > best.rps))
      best = { rps, seconds: stretches.seconds(start, end), upTo: levels[end - 1]!.rate }
    if (best !== undefined && best.rps > levels[end - 1]!.rate) break
  }
  return best
}

/** What each stretch of levels sustained, in constant time: a hold of a day has as many stretches as seconds. */
class Stretches {
  readonly seconds: Sum
  readonly #levels: readonly Level[]
  readonly #p0: number
  /** For each level, where the run of levels at its rate begins. */
  readonly #runStarts: readonly number[]
  readonly #good: Sum
  readonly #kept: Sum
  readonly #bad: Sum
  readonly #offered: Sum
  readonly #intended: Sum
  readonly #rates: Sum
  readonly #inFlight: Sum
  readonly #dispersion: ReturnType<typeof stretchDispersion>

  constructor(levels: readonly Level[], { p0 }: ArrivalFlow) {
    const sum = (of: (level: Level) => number): Sum => runningSum(levels, of)
    this.#levels = levels
    this.#p0 = p0
    const starts: number[] = []
    for (const [i, { rate }] of levels.entries())
      starts.push(rate === levels[i - 1]?.rate ? starts[i - 1]! : i)
    this.#runStarts = starts
    this.seconds = sum(level => level.seconds)
    this.#good = sum(level => level.good)
    this.#kept = sum(keptIn)
    this.#bad = sum(level => level.bad)
    this.#offered = sum(level => level.offered)
    this.#intended = sum(level => level.rate * level.seconds)
    this.#rates = sum(level => level.rate)
    this.#inFlight = sum(level => level.inFlight.mean)
    this.#dispersion = stretchDispersion(levels.map(({ good, seconds }) => ({ count: good, seconds })))
  }

  /** At least five seconds, or the whole stage when its rate is constant. */
  startBefore(end: number): number {
    let start = end
    let seconds = 0
    while (start > 0 && seconds < HOLD_SECONDS) {
      start -= 1
      seconds += this.#levels[start]!.seconds
    }
    return Math.min(start, this.#runStarts[end - 1]!)
  }

  sustained(from: number, to: number): number | undefined {
    const good = this.#good(from, to)
    const offered = this.#offered(from, to)
    const kept = this.#kept(from, to)
    if (good === 0 || offered === 0) return undefined
    const deficit = 1 - this.#p0 - kept / offered
    const errors = this.#bad(from, to) / offered - this.#p0
    if (deficit > RESOLUTION || errors > TOLERATED_ERRORS) return undefined
    const seconds = this.seconds(from, to)
    const rps = Math.min(this.#intended(from, to) / seconds, kept / seconds / (1 - this.#p0))
    if (this.#isLight(from, to)) return rps
    return rps * (1 - ONE_SIDED_95 * Math.sqrt(this.#dispersion(from, to).idc / good))
  }

  /** By Little's law: mean in flight over the rate is the mean response time. */
  #isLight(from: number, to: number): boolean {
    const lowest = this.#levels[0]!
    const inFlight = this.#inFlight(from, to) / (to - from)
    const rate = this.#rates(from, to) / (to - from)
    return (
      rate > BASELINE_BELOW * lowest.rate &&
      inFlight < LIGHT * (lowest.inFlight.mean / lowest.rate) * rate + 1
    )
  }
}

type Sum = (from: number, to: number) => number
