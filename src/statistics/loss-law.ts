import { largest, smallest } from './extremes.ts'

/** A load and the share of it that was lost. */
export interface LossPoint {
  readonly rate: number
  readonly offered: number
  readonly share: number
}

/** p(λ) = p0 + (1 − p0)·max(0, 1 − θ/λ): beyond θ exactly the excess is lost. */
export interface LossLaw {
  readonly theta: number
  readonly p0: number
  /** Weighted sum of squares of the fit, and its degrees of freedom. */
  readonly x2: number
  readonly df: number
  /** How much worse a constant share fits: minus twice the log-likelihood ratio. */
  readonly gain: number
  readonly low: number
  readonly high: number
}

const GRID = 400
/** Excess of the sum of squares, over its dispersion, that bounds the interval: 95 % as simulated. */
const INTERVAL = 4.2

/**
 * Weighted least squares with the noise of a *flow*, (v + p0)/N with v = c_a² + IDC, not of coin flips: beyond θ the
 * share fluctuates as arrivals and completions do, and a binomial likelihood covers the truth in only 43–77 % of runs.
 * Well below θ a quarter of v. θ by grid and refinement, p0 in closed form for each.
 *
 * @param p0 given when it is known; fitted otherwise
 */
export function fitLossLaw(points: readonly LossPoint[], v: number, p0?: number): LossLaw {
  const rates = points.map(({ rate }) => rate)
  const first = smallest(rates) * 0.25
  const last = largest(rates)
  const cost = (theta: number): number => squares(points, theta, p0 ?? baseOf(points, theta), v)
  const grid = Array.from({ length: GRID + 1 }, (_, i) => first * (last / first) ** (i / GRID))
  const costs = grid.map(cost)
  const best = costs.indexOf(Math.min(...costs))
  const theta = refine(cost, grid, best)
  const x2 = cost(theta)
  const df = Math.max(1, points.length - (p0 === undefined ? 2 : 1))
  const limit = x2 + INTERVAL * Math.max(1, x2 / df)
  const inside = grid.filter((_, i) => costs[i]! <= limit)
  const base = p0 ?? baseOf(points, theta)
  return {
    theta,
    p0: base,
    x2,
    df,
    gain: constantSquares(points, theta, base, v) - x2,
    low: Math.min(theta, ...inside),
    high: Math.max(theta, ...inside),
  }
}

const excess = (rate: number, theta: number): number => Math.max(0, 1 - theta / rate)

/** Below this part of θ nothing but the baseline is lost, and little of the flow's noise is left. */
const CALM = 0.95

function variance({ rate, offered }: LossPoint, theta: number, p0: number, v: number): number {
  // Without a step at θ: one would cut the interval off at whatever rate was tried next to it.
  const near = Math.min(1, Math.max(0, (rate / theta - CALM) / (1 - CALM)))
  return (v * (0.25 + 0.75 * near) + p0) / Math.max(1, offered)
}

/** The law is linear in p0: share − excess = p0·(1 − excess). */
function baseOf(points: readonly LossPoint[], theta: number): number {
  let above = 0
  let below = 0
  for (const point of points) {
    const lost = excess(point.rate, theta)
    const weight = (1 - lost) / variance(point, theta, 0, 1)
    above += weight * (point.share - lost)
    below += weight * (1 - lost)
  }
  return below === 0 ? 0 : Math.min(1, Math.max(0, above / below))
}

function squares(points: readonly LossPoint[], theta: number, p0: number, v: number): number {
  return points.reduce((sum, point) => {
    const expected = p0 + (1 - p0) * excess(point.rate, theta)
    return sum + (point.share - expected) ** 2 / variance(point, theta, p0, v)
  }, 0)
}

function constantSquares(points: readonly LossPoint[], theta: number, p0: number, v: number): number {
  const weights = points.map(point => 1 / variance(point, theta, p0, v))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = points.reduce((sum, { share }, i) => sum + share * weights[i]!, 0) / total
  return points.reduce((sum, { share }, i) => sum + (share - mean) ** 2 * weights[i]!, 0)
}

/** Ternary search between the neighbours of the best grid point. */
function refine(cost: (theta: number) => number, grid: readonly number[], best: number): number {
  let low = grid[Math.max(0, best - 1)]!
  let high = grid[Math.min(grid.length - 1, best + 1)]!
  for (let i = 0; i < 40; i += 1) {
    const a = low + (high - low) / 3
    const b = high - (high - low) / 3
    if (cost(a) <= cost(b)) high = b
    else low = a
  }
  const middle = (low + high) / 2
  return cost(middle) <= cost(grid[best]!) ? middle : grid[best]!
}
