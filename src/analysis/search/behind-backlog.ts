import { addCounts } from '../../result/counts.ts'
import { lowLoad } from '../baseline.ts'
import { sums } from '../collapse.ts'
import { latencyModeUs } from '../latency-mode.ts'
import { levelOf } from '../levels.ts'
import type { Level } from '../levels.ts'
import type { Accepts, OnsetEvidence } from '../onset-evidence.ts'
import { countWhere } from '../window-record.ts'

const NEARLY_ALL = 0.95
const ENOUGH = 20
/** In flight against what the rate keeps there at rest. */
const USUAL = 3
/** A second with less than this share may be an edge. */
const CLEAR = 0.05
/** Seconds or overloads that show it; less, and without the mark of a timeout, it may be an outage. */
const SECONDS = 8
const OVERLOADS = 2

/**
 * Did it come only while requests waited that an overload had piled up? A timeout T shows an overload T·C/(λ − C) late,
 * a collapse after a while, so that many seconds of high rates do not meet it, and some of the low ones after them
 * do; what speaks of the load is that without a backlog none met it.
 */
export function isBehindBacklog(
  { measured, rising, knee }: Pick<OnsetEvidence, 'measured' | 'rising' | 'knee'>,
  accepts: Accepts,
): boolean {
  const { throughput } = knee
  const hits = measured.flatMap(({ series }) => series.filter(accepts))
  const all = countWhere(hits, () => true)
  if (throughput === undefined || all < ENOUGH) return false
  const backlogs = backlogsOf(measured.map(levelOf), throughput.c, secondsAtRest(rising))
  const hitsIn = ({ series }: Level): number => countWhere(series, accepts)
  const within = backlogs.flat().reduce((sum, level) => sum + hitsIn(level), 0)
  if (within < NEARLY_ALL * all) return false
  const isClear = (level: Level): boolean => hitsIn(level) > CLEAR * level.offered
  const shown = backlogs.map(backlog => backlog.filter(isClear).length).filter(seconds => seconds > 0)
  const isLong = shown.length >= OVERLOADS || shown.some(seconds => seconds >= SECONDS)
  return isLong || latencyModeUs(addCounts(hits.map(({ responseTimes }) => responseTimes))) !== undefined
}

/** Stretches of time from a rate above the knee on, until no more requests wait than usual. */
function backlogsOf(levels: readonly Level[], knee: number, rest: number): readonly (readonly Level[])[] {
  const backlogs: Level[][] = []
  let waits = false
  for (const level of levels) {
    const { rate, inFlight } = level
    if (rate > knee && !waits) backlogs.push([])
    waits ||= rate > knee
    if (waits) backlogs.at(-1)!.push(level)
    if (rate <= knee && inFlight.atEnd <= USUAL * (Math.max(rest * rate, 1) + 1)) waits = false
  }
  return backlogs
}

/** Mean time in the target at low load, by Little's law. */
function secondsAtRest(levels: readonly Level[]): number {
  const low = lowLoad(levels)
  const resident = low.reduce((sum, { inFlight, seconds }) => sum + inFlight.mean * seconds, 0)
  return resident / Math.max(1, sums(low).offered)
}
