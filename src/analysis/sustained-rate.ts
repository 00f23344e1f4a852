import { dispersionOf } from '../statistics/dispersion.ts'
import { normalQuantile } from '../statistics/normal-quantile.ts'
import { sums } from './collapse.ts'
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
}

/**
 * The highest rate that was shown to be sustained, as a claim that holds with 95 %: the last five seconds or more of
 * the rising part whose requests all became good answers. Where requests queued, luck with service times may have
 * helped, so one standard error of flow noise is taken off 1.64 times; where nothing queued, nothing is.
 */
export function sustainedRate(levels: readonly Level[], flow: ArrivalFlow): SustainedRate | undefined {
  let best: SustainedRate | undefined
  for (let end = levels.length; end > 0; end -= 1) {
    const block = blockBefore(levels, end)
    const rps = sustainedIn(block, levels[0]!, flow)
    if (rps !== undefined && (best === undefined || rps > best.rps))
      best = { rps, seconds: sums(block).seconds }
    if (best !== undefined && best.rps > levels[end - 1]!.rate) break
  }
  return best
}

/** At least five seconds, or the whole stage when its rate is constant. */
function blockBefore(levels: readonly Level[], end: number): readonly Level[] {
  const last = levels[end - 1]!
  let start = end
  let seconds = 0
  while (start > 0 && (seconds < HOLD_SECONDS || levels[start - 1]!.rate === last.rate)) {
    start -= 1
    seconds += levels[start]!.seconds
  }
  return levels.slice(start, end)
}

function sustainedIn(block: readonly Level[], lowest: Level, { p0 }: ArrivalFlow): number | undefined {
  const { good, kept, bad, offered, seconds } = sums(block)
  if (good === 0 || offered === 0) return undefined
  const deficit = 1 - p0 - kept / offered
  if (deficit > RESOLUTION || bad / offered - p0 > TOLERATED_ERRORS) return undefined
  const intended = block.reduce((sum, level) => sum + level.rate * level.seconds, 0) / seconds
  const rps = Math.min(intended, kept / seconds / (1 - p0))
  const { idc } = dispersionOf(
    block.map(level => level.good),
    block.map(level => (good / seconds) * level.seconds),
  )
  return isLight(block, lowest) ? rps : rps * (1 - ONE_SIDED_95 * Math.sqrt(idc / good))
}

/** By Little's law: mean in flight over the rate is the mean response time. */
function isLight(block: readonly Level[], lowest: Level): boolean {
  const inFlight = block.reduce((sum, level) => sum + level.inFlight.mean, 0) / block.length
  const rate = block.reduce((sum, level) => sum + level.rate, 0) / block.length
  return (
    rate > BASELINE_BELOW * lowest.rate && inFlight < LIGHT * (lowest.inFlight.mean / lowest.rate) * rate + 1
  )
}
