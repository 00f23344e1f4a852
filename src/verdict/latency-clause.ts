import { answerTimes } from '../analysis/window-record.ts'
import type { SeriesRecord } from '../analysis/window-record.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { countAbove, meanUs, quantileUs, totalCount } from '../result/counts.ts'
import type { Counts } from '../result/counts.ts'
import { binomialTail } from '../statistics/binomial.ts'
import { formatDuration, formatNumber } from '../units/format.ts'
import { CHANCE, NOTHING_IN_SCOPE, overAll, where } from './scope.ts'
import type { Judgement, Scope, ScopedWindow } from './scope.ts'

type LatencyClause = Extract<PromiseClause, { readonly kind: 'latency' }>

/**
 * `p99 < 300ms`: over all windows in scope the figure must keep to the limit, and no single window may have more slow
 * requests than chance allows (exact binomial). Means and maxima are judged over all.
 */
export function judgeLatency(clause: LatencyClause, scope: Scope): Judgement {
  const judged = judgeAll(clause, scope)
  const windows = scope.windows.filter(({ record }) => !record.blurred)
  if (judged.held !== false || windows.length === scope.windows.length) return judged
  // The generator's lateness only ever adds to response times: it can break a promise, never keep one.
  const sharp = judgeAll(clause, { ...scope, windows, series: windows.flatMap(({ series }) => series) })
  if (sharp.held === false) return sharp
  return { ...judged, held: null, because: `${judged.because}; but the generator itself sent late there` }
}

function judgeAll(clause: LatencyClause, scope: Scope): Judgement {
  const all = answerTimes(scope.series)
  const figure = figureUs(clause, all)
  if (figure === undefined) return NOTHING_IN_SCOPE
  const limitUs = clause.limit / 1e3
  const whole = `${formatDuration(figure * 1e3)} ${overAll(scope)}`
  if (figure >= limitUs) {
    const slow = countAbove(all, limitUs)
    return {
      held: false,
      measured: whole,
      because: `${formatNumber(slow, 9)} of ${formatNumber(totalCount(all), 9)} requests took longer than ${formatDuration(clause.limit)}`,
    }
  }
  const worst = worstWindow(clause, scope.windows)
  if (worst === undefined) return { held: true, measured: whole, because: 'no window broke it beyond chance' }
  const times = answerTimes(worst.series)
  return {
    held: false,
    measured: `${formatDuration((figureUs(clause, times) ?? 0) * 1e3)} ${where(worst.record)}`,
    because: `there ${countAbove(times, limitUs)} of ${totalCount(times)} requests took longer than ${formatDuration(clause.limit)}, more than chance explains`,
  }
}

function figureUs({ statistic }: LatencyClause, times: Counts): number | undefined {
  if (statistic === 'mean') return meanUs(times)
  return quantileUs(times, statistic === 'max' ? 1 : statistic.percentile)
}

/** The one with the least likely number of slow requests, if that is unlikely enough. */
function worstWindow(
  { statistic, limit }: LatencyClause,
  windows: readonly ScopedWindow[],
): ScopedWindow | undefined {
  if (typeof statistic === 'string') return undefined
  const chanceOf = (series: readonly SeriesRecord[]): number => {
    const times = answerTimes(series)
    return binomialTail(countAbove(times, limit / 1e3), totalCount(times), 1 - statistic.percentile)
  }
  const judged = windows.map(window => ({ window, chance: chanceOf(window.series) }))
  const worst = judged.toSorted((a, b) => a.chance - b.chance)[0]
  return worst !== undefined && worst.chance < CHANCE / windows.length ? worst.window : undefined
}
