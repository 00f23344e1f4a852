import { runningSum } from './running-sum.ts'

/** How many windows' worth of belief in a Poisson flow stand against what was seen. */
const PRIOR_WEIGHT = 5

export interface Dispersion {
  /** Variance over mean of the counts. */
  readonly idc: number
  /** Degrees of freedom behind it, the prior's included. */
  readonly df: number
}

/**
 * Index of dispersion for counts, Var/mean, of residuals against their expected counts (Cox and Lewis, 1966). A
 * handful of windows gives far too small values too often, so it is shrunk towards that of a Poisson process, 1.
 *
 * @param parameters how many numbers were fitted to get the expected counts
 */
export function dispersionOf(
  counts: readonly number[],
  expected: readonly number[],
  parameters = 1,
): Dispersion {
  const sum = counts.reduce((total, count, i) => total + pearson(count, expected[i]!), 0)
  return shrunk(sum, counts.length - parameters)
}

/** Squared residual over its variance; a count of less than one expected event scatters as if it were one. */
const pearson = (count: number, expected: number): number => (count - expected) ** 2 / Math.max(expected, 1)

function shrunk(sum: number, parameters: number): Dispersion {
  const free = Math.max(0, parameters)
  const df = free + PRIOR_WEIGHT
  return { idc: ((free === 0 ? 0 : sum) + PRIOR_WEIGHT) / df, df }
}

/** One estimate out of several of the same dispersion: each was shrunk by itself, all together are shrunk but once. */
export function pooledDispersion(parts: readonly Dispersion[]): Dispersion {
  const sum = parts.reduce((total, { idc, df }) => total + idc * df - PRIOR_WEIGHT, 0)
  const free = parts.reduce((total, { df }) => total + df - PRIOR_WEIGHT, 0)
  return shrunk(sum, free)
}

/** What came in one window. */
export interface FlowCount {
  readonly count: number
  readonly seconds: number
}

/**
 * `dispersionOf` for any stretch of a flow, from index `from` up to and without `to`, against the mean rate g of that
 * stretch. Over windows of one second Σ(x − g)² = Σx² − 2g·Σx + n·g², which takes no loop; only the few others
 * are gone through, so that all stretches of a day can be looked at.
 */
export function stretchDispersion(flow: readonly FlowCount[]): (from: number, to: number) => Dispersion {
  const odd = flow.flatMap(({ seconds }, i) => (seconds === 1 ? [] : [i]))
  const time = runningSum(flow, ({ seconds }) => seconds)
  const all = runningSum(flow, ({ count }) => count)
  const ofSeconds = (of: (count: number) => number): ((from: number, to: number) => number) =>
    runningSum(flow, ({ count, seconds }) => (seconds === 1 ? of(count) : 0))
  const number = ofSeconds(() => 1)
  const counts = ofSeconds(count => count)
  const squares = ofSeconds(count => count * count)
  return (from, to) => {
    const g = all(from, to) / time(from, to)
    const residuals = squares(from, to) - 2 * g * counts(from, to) + number(from, to) * g * g
    let sum = Math.max(0, residuals) / Math.max(g, 1)
    for (const i of odd) if (i >= from && i < to) sum += pearson(flow[i]!.count, g * flow[i]!.seconds)
    return shrunk(sum, to - from - 1)
  }
}
