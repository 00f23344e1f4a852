import { dot, gram, solveLinear } from './linear-system.ts'
import { tQuantile } from './t-quantile.ts'
import type { ScalingPoint } from './usl.ts'

/** Why the universal scalability law must not be fitted to the points. */
export type UslRefusal =
  | 'fewer-than-six-levels'
  | 'levels-span-less-than-eightfold'
  /** Throughput per N rises from one level to another: the lower one was cold, or N is not what the throughput depends on. */
  | 'superlinear'
  /** α or β is clearly negative: N is not what the throughput depends on. */
  | 'negative-coefficient'
  /** α > 1: throughput falls from the first level on. */
  | 'falls-from-the-start'

const LEVELS = 6
const SPAN = 8

/** What is wrong with the points themselves, before any fit. */
export function uslRefusal(points: readonly ScalingPoint[]): UslRefusal | undefined {
  const levels = [...new Set(points.map(({ n }) => n))]
  if (levels.length < LEVELS) return 'fewer-than-six-levels'
  if (Math.max(...levels) < SPAN * Math.min(...levels)) return 'levels-span-less-than-eightfold'
  if (isSuperlinear(points)) return 'superlinear'
  return contradicts(points) ? 'negative-coefficient' : undefined
}

/** Standard errors; several dozens of pairs are looked at. */
const CLEARLY = 4

function isSuperlinear(points: readonly ScalingPoint[]): boolean {
  const each = points.map(({ n, throughput, variance }) => ({
    n,
    value: throughput / n,
    variance: variance / n ** 2,
  }))
  return each.some(low =>
    each.some(
      high =>
        high.n > low.n &&
        high.value - low.value > CLEARLY * Math.sqrt(low.variance + high.variance) + FELT * low.value,
    ),
  )
}

/** Less than this over all the levels is rounding. */
const FELT = 0.01

/**
 * N/X is linear in the parameters: (1/γ)·(1 + α(N − 1) + βN(N − 1)). Without bounds, noise alone often makes α or β
 * a little negative; one that is clearly below 0, at 99.5 %, is no noise.
 */
function contradicts(points: readonly ScalingPoint[]): boolean {
  const most = Math.max(...points.map(({ n }) => n))
  const rows = points.map(({ n, throughput, variance }) => {
    const weight = throughput ** 2 / (n * Math.sqrt(variance))
    return [1, (n - 1) / most, (n * (n - 1)) / most ** 2, n / throughput].map(value => weight * value)
  })
  const normal = gram(rows)
  const squared = normal.slice(0, 3).map(row => row.slice(0, 3))
  const solution = solveLinear(
    squared,
    normal.slice(0, 3).map(row => row[3]!),
  )
  if (solution === undefined) return false
  const left = rows.reduce((sum, row) => sum + (row[3]! - dot(row, solution)) ** 2, 0)
  const t = tQuantile(0.995, points.length - 3)
  return [1, 2].some(i => {
    const inverse =
      solveLinear(
        squared,
        [0, 1, 2].map(j => (j === i ? 1 : 0)),
      )?.[i] ?? Infinity
    const error = Math.sqrt((inverse * left) / (points.length - 3))
    return solution[i]! + t * error < 0 && solution[i]! < -FELT * solution[0]!
  })
}
