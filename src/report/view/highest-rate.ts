import { meanRateBetween } from '../../plan/load-profile.ts'
import type { SearchPhase, SearchStep } from '../../result/search-record.ts'
import { seconds } from '../../units/quantity.ts'
import type { Report } from '../report.ts'

type Measured = Pick<Report, 'windows' | 'result'>

/**
 * Highest rate that the plan asked for in a window that counts: not warm-up, and the generator kept up. The planned
 * rate, because the highest of many counts of Poisson arrivals overstates. Null when no window counts.
 */
export function highestRate({ windows, result }: Measured): number | null {
  const rates = windows
    .filter(window => window.valid && !window.warmup)
    .map(window => meanRateBetween(result.plan, seconds(window.fromSeconds), seconds(window.toSeconds)))
  return rates.length === 0 ? null : rates.reduce((highest, rate) => Math.max(highest, rate))
}

/**
 * Windows that count, up to the last one at the highest planned rate: on the way down the same rates may look
 * otherwise, because the target has not recovered yet.
 */
export function windowsOnTheWayUp(report: Measured): Report['windows'] {
  const highest = highestRate(report)
  if (highest === null) return []
  const { windows, result } = report
  if (result.search !== undefined) return windowsThatTell(windows, result.search.steps, result)
  const last = windows.findLastIndex(
    window =>
      window.valid &&
      !window.warmup &&
      meanRateBetween(result.plan, seconds(window.fromSeconds), seconds(window.toSeconds)) > highest * 0.999,
  )
  return windows.slice(0, last + 1).filter(window => window.valid && !window.warmup)
}

const AT_REST: ReadonlySet<SearchPhase> = new Set(['drain', 'settle', 'recovery'])

/** A search goes up and down: its steps count, but for those that wait for the target to come to rest and each one's first second. */
function windowsThatTell(
  windows: Report['windows'],
  steps: readonly SearchStep[],
  { windows: measured }: Report['result'],
): Report['windows'] {
  return windows.filter((window, i) => {
    const stage = measured[i]?.stage ?? -1
    const step = steps[stage]
    const settled = i === 0 || measured[i - 1]!.stage === stage
    return window.valid && settled && step !== undefined && !AT_REST.has(step.phase)
  })
}
