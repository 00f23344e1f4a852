import type { Level } from './search-state.ts'
import { rateOf } from './task.ts'

/** Where a share crosses a limit as the load grows, with a 95 % interval. */
export interface Crossing {
  readonly rate: number
  readonly low: number
  readonly high: number
}

export interface LossPoint {
  readonly rate: number
  /** What a request is a hit for: the share is hits over trials, beyond `base`. */
  readonly trials: number
  readonly hits: number
}

/** The steepness that a loss system shows where nothing is known: Erlang B with 8 slots at 1 %. */
const USUAL_STEEPNESS = 5
const FLATTEST = 1
const STEEPEST = 60
/** How far from the limit, as a factor of the share, a level still says something about where it is crossed. */
const NEAR = 2.5
const Z = 1.96

/**
 * ln share = a + b·ln λ, weighted by the hits and by how near the share is to the limit, solved for the limit. A loss system
 * has no plateau at its knee, but every level near it tells where the limit is crossed. `clumps` is the variance of
 * the hits over their mean.
 */
export function lossCrossing(
  points: readonly LossPoint[],
  base: number,
  limit: number,
  clumps: number,
): Crossing | null {
  const usable = points.flatMap(({ rate, trials, hits }) => {
    const beyond = hits - base * trials
    if (beyond < 2 * Math.sqrt(clumps * Math.max(1, base * trials))) return []
    const y = Math.log(beyond / trials / limit)
    const near = Math.exp(-0.5 * (y / Math.log(NEAR)) ** 2)
    return [{ x: Math.log(rate), y, weight: (near * beyond * beyond) / (clumps * Math.max(hits, 1)) }]
  })
  const total = usable.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return null
  const mean = (of: (point: (typeof usable)[number]) => number): number =>
    usable.reduce((sum, point) => sum + point.weight * of(point), 0) / total
  const [x, y] = [mean(point => point.x), mean(point => point.y)]
  const spread = mean(point => (point.x - x) ** 2)
  const known = spread > 1e-4
  const slope = known ? mean(point => (point.x - x) * (point.y - y)) / spread : USUAL_STEEPNESS
  const steepness = Math.min(STEEPEST, Math.max(FLATTEST, slope))
  const crossing = x - y / steepness
  const error =
    Math.sqrt(1 / total + (known ? (crossing - x) ** 2 / (total * spread) : (y / 2) ** 2)) / steepness
  return {
    rate: Math.exp(crossing),
    low: Math.exp(crossing - Z * error),
    high: Math.exp(crossing + Z * error),
  }
}

/** Levels of constant load at which losses can be read. */
export function lossPoints(levels: readonly Level[]): readonly LossPoint[] {
  return levels
    .filter(({ task, ended }) => ended > 0 && task.kind !== 'plateau' && task.kind !== 'baseline')
    .map(level => ({ rate: rateOf(level.task), trials: level.ended, hits: level.bad }))
}
