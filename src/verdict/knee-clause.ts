import type { Capacity } from '../analysis/findings.ts'
import type { RatePerSecond } from '../units/quantity.ts'
import { formatRate } from '../units/format.ts'
import type { Judgement } from './scope.ts'

/** `knee > 800/s`: held when the whole interval lies above, broken when it lies below, else not decided. */
export function judgeKnee(above: RatePerSecond, { knee }: Pick<Capacity, 'knee'>): Judgement {
  const { rps, low, high, because } = knee
  if (rps === null) return { held: null, measured: 'no knee', because }
  const measured =
    knee.bound === 'measured' ? `${formatRate(rps)} (${range(low, high)})` : bounded(knee.bound, rps)
  if (low !== null && low > above) return { held: true, measured, because }
  if (high !== null && high < above) return { held: false, measured, because }
  return {
    held: null,
    measured,
    because:
      knee.bound === 'at-least'
        ? `rates above ${formatRate(above)} were not shown to be sustained, and no limit was met: offer more`
        : `${formatRate(above)} lies inside the interval: a longer run narrows it`,
  }
}

const range = (low: number | null, high: number | null): string =>
  `${low === null ? '–' : formatRate(low)} to ${high === null ? '–' : formatRate(high)}`

const bounded = (bound: string, rps: number): string =>
  `${bound === 'at-most' ? 'at most' : 'at least'} ${formatRate(rps)}`
