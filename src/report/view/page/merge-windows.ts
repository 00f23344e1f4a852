import type { Figures, WindowFigures } from '../../../analysis/findings.ts'
import { quantilesMs } from '../../../analysis/quantiles.ts'
import { TOLERATED_INVALID } from '../../../analysis/figures.ts'
import { addCounts, NO_COUNTS } from '../../../result/counts.ts'
import type { Counts } from '../../../result/counts.ts'
import type { Report } from '../../report.ts'

/** As many points as a chart has pixels for. */
const MOST_POINTS = 300

export interface MergedReport {
  /**
   * The report with fewer windows, in `windows` and in `result.windows` alike, to draw charts from: of the latter only
   * stage and time are right.
   */
  readonly report: Report
  /** Response times of each of its windows. */
  readonly times: readonly Counts[]
  /** How many windows a point stands for at most. */
  readonly size: number
}

/** One window: its place, figures and response times. */
interface Part {
  readonly stage: number
  readonly figures: WindowFigures
  readonly times: Counts
}

/**
 * Neighbouring windows as one where there are too many to draw: counts are added and histograms merged, so that rates
 * and percentiles are those of the longer window and not means of means.
 *
 * @param times response times of each window
 */
export function mergeWindows(
  report: Report,
  times: readonly Counts[],
  most: number = MOST_POINTS,
): MergedReport {
  const { windows, result } = report
  const size = Math.max(1, Math.ceil(windows.length / most))
  if (size === 1) return { report, times, size }
  const parts = windows.map((figures, i): Part => ({
    stage: result.windows[i]?.stage ?? 0,
    figures,
    times: times[i] ?? NO_COUNTS,
  }))
  const groups = groupsOf(parts, size, report.search !== null)
  const together = groups.map(group => addCounts(group.map(part => part.times)))
  let next = 0
  const measured = groups.map(group => {
    const [first, last] = [result.windows[next]!, result.windows[next + group.length - 1]!]
    next += group.length
    return { ...first, to: last.to }
  })
  const merged = groups.map((group, i) => mergedFigures(group, together[i]!))
  return {
    report: { ...report, windows: merged, result: { ...result, windows: measured } },
    times: together,
    size,
  }
}

/**
 * A group lies within one stage as long as stages are longer than groups. In a search the first window of a step stays
 * alone: it is left out of what is drawn against the load, and would take the others with it.
 */
function groupsOf(parts: readonly Part[], size: number, isSearch: boolean): readonly (readonly Part[])[] {
  const stages = new Set(parts.map(({ stage }) => stage)).size
  const divides = stages * size <= parts.length
  const groups: Part[][] = []
  for (const part of parts) {
    const open = groups.at(-1)
    const staysAlone = isSearch && divides && groups.at(-2)?.[0]!.stage !== open?.[0]!.stage
    const fits =
      open !== undefined && open.length < size && !staysAlone && (!divides || open[0]!.stage === part.stage)
    if (fits) open.push(part)
    else groups.push([part])
  }
  return groups
}

/** What no chart shows is left out: times other than response times, connections, the generator's lateness. */
function mergedFigures(group: readonly Part[], times: Counts): WindowFigures {
  const all = group.map(({ figures }) => figures)
  const [first, last] = [all[0]!, all.at(-1)!]
  const seconds = last.toSeconds - first.fromSeconds
  const sum = (of: (figures: WindowFigures) => number): number =>
    all.reduce((total, one) => total + of(one), 0)
  const lasting = (of: (figures: WindowFigures) => number): number =>
    sum(one => of(one) * (one.toSeconds - one.fromSeconds)) / seconds
  return {
    ...first,
    toSeconds: last.toSeconds,
    warmup: all.every(({ warmup }) => warmup),
    offeredRps: lasting(one => one.offeredRps),
    sentRps: lasting(one => one.sentRps),
    completedRps: lasting(one => one.completedRps),
    goodRps: lasting(one => one.goodRps),
    offered: sum(one => one.offered),
    sent: sum(one => one.sent),
    statuses: added(all.map(one => one.statuses)),
    failures: added(all.map(one => one.failures)),
    neverSent: sum(one => one.neverSent),
    neverSentReasons: added(all.map(one => one.neverSentReasons)),
    errors: sum(one => one.errors),
    responseTimeMs: quantilesMs(times),
    serviceTimeMs: quantilesMs(NO_COUNTS),
    firstByteTimeMs: quantilesMs(NO_COUNTS),
    valid: all.filter(({ valid }) => !valid).length <= TOLERATED_INVALID * all.length,
    latencyResolved: all.every(({ latencyResolved }) => latencyResolved),
    inFlight: lasting(one => one.inFlight),
    connections: null,
    latenessP99Us: null,
    generatorUtilisation: Math.max(...all.map(one => one.generatorUtilisation)),
    generatorStallMs: Math.max(...all.map(one => one.generatorStallMs)),
  }
}

function added(records: readonly Figures['statuses'][]): Figures['statuses'] {
  const total: Record<string, number> = {}
  for (const record of records)
    for (const [name, count] of Object.entries(record)) total[name] = (total[name] ?? 0) + count
  return total
}
