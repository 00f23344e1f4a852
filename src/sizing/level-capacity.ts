import { normalQuantile } from '../statistics/normal-quantile.ts'
import { tQuantile } from '../statistics/t-quantile.ts'
import type { MeasuredSystem } from './measured-system.ts'
import { logSpread } from './scaling-law.ts'

/** What a number of backends carried, by every report of that number. */
export interface MeasuredLevel {
  readonly backends: number
  readonly rps: number
  readonly low: number
  readonly high: number
}

/** The reports with a measured knee, put together by their number of backends, fewest first. */
export function measuredLevels(systems: readonly MeasuredSystem[]): readonly MeasuredLevel[] {
  const counts = [...new Set(systems.map(({ backends }) => backends))].sort((a, b) => a - b)
  return counts.flatMap(backends => {
    const own = systems.filter(system => system.backends === backends).flatMap(intervalOf)
    return own.length === 0 ? [] : [{ backends, ...together(own) }]
  })
}

type Interval = Omit<MeasuredLevel, 'backends'>

const intervalOf = ({ capacity: { rps, low, high } }: MeasuredSystem): readonly Interval[] =>
  high === null ? [] : [{ rps, low, high }]

/**
 * Repeated runs show what one cannot: how the capacity differs from run to run. From three on, Student's t interval of ln C over the
 * runs, never narrower than what they say of themselves; two are too few for it, and give the span of both.
 */
function together(own: readonly Interval[]): Interval {
  const [only, ...others] = own
  if (only !== undefined && others.length === 0) return only
  const logs = own.map(({ rps }) => Math.log(rps))
  const mean = logs.reduce((sum, log) => sum + log, 0) / own.length
  const rps = Math.exp(mean)
  if (own.length < 3)
    return {
      rps,
      low: Math.min(...own.map(({ low }) => low)),
      high: Math.max(...own.map(({ high }) => high)),
    }
  const n = own.length
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0)
  const between = tQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n)
  const spread = own.reduce((sum, { low, high }) => sum + logSpread(low, high) ** 2, 0)
  const half = Math.max(between, normalQuantile(0.975) * (Math.sqrt(spread) / n))
  return { rps, low: rps * Math.exp(-half), high: rps * Math.exp(half) }
}
