import { largest, smallest } from './extremes.ts'

/** One observation: `y` at `x`, with the variance it has on either side of the hinge. */
export interface HingePoint {
  /** Decides the side. */
  readonly x: number
  /** Expected `y` on the rising side; `x` itself but for what is known about its scatter. */
  readonly line: number
  readonly y: number
  readonly varianceBelow: number
  readonly varianceAbove: number
}

/** y = line for x ≤ c; c·(1 − κ·(x/c − 1)) above. */
export interface HingeFit {
  readonly c: number
  readonly kappa: number
  /** Weighted sum of squares at the best fit. */
  readonly x2: number
  /** The c whose sum of squares exceeds the least by at most `interval` times its dispersion. */
  readonly low: number
  readonly high: number
}

const GRID = 400
/** A decline is believed when it explains this much: 3 standard errors. */
const CLEAR_DECLINE = 9

/**
 * Weighted least squares for the hinge, c by grid and refinement, κ ≥ 0 in closed form. A flat top is preferred to a
 * falling one unless the fall is clear: a free κ doubles the standard error of c for nothing.
 *
 * @param interval allowed excess of the sum of squares, e.g. 3.84 for 95 % (chi-square, 1 degree of freedom)
 */
export function fitHinge(points: readonly HingePoint[], interval: number): HingeFit {
  const flat = search(points, c => ({ kappa: 0, x2: squares(points, c, 0) }), interval)
  const falling = search(points, c => bestDecline(points, c), interval)
  return flat.x2 - falling.x2 > CLEAR_DECLINE ? falling : flat
}

type Profile = (c: number) => { readonly kappa: number; readonly x2: number }

function search(points: readonly HingePoint[], profile: Profile, interval: number): HingeFit {
  const xs = points.map(({ x }) => x)
  const first = smallest(xs) * 0.25
  const step = (largest(xs) - first) / GRID
  const grid = Array.from({ length: GRID + 1 }, (_, i) => first + i * step)
  const costs = grid.map(c => profile(c).x2)
  const best = costs.indexOf(Math.min(...costs))
  const c = refine(profile, grid[best]!, step)
  const { kappa, x2 } = profile(c)
  const limit = x2 + interval * Math.max(1, x2 / Math.max(1, points.length - 2))
  const inside = grid.filter((_, i) => costs[i]! <= limit)
  return { c, kappa, x2, low: Math.min(c, ...inside), high: Math.max(c, ...inside) }
}

/** Golden-section search within one step of the grid. */
function refine(profile: Profile, around: number, step: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let low = around - step
  let high = around + step
  for (let i = 0; i < 30; i += 1) {
    const a = high - ratio * (high - low)
    const b = low + ratio * (high - low)
    if (profile(a).x2 <= profile(b).x2) high = b
    else low = a
  }
  const middle = (low + high) / 2
  return profile(middle).x2 <= profile(around).x2 ? middle : around
}

/** Above c the model is linear in κ: y − c = −κ·(x − c). */
function bestDecline(points: readonly HingePoint[], c: number): { kappa: number; x2: number } {
  let above = 0
  let below = 0
  for (const { x, y, varianceAbove } of points) {
    if (x <= c) continue
    above += ((x - c) * (c - y)) / varianceAbove
    below += (x - c) ** 2 / varianceAbove
  }
  const kappa = below === 0 ? 0 : Math.max(0, above / below)
  return { kappa, x2: squares(points, c, kappa) }
}

function squares(points: readonly HingePoint[], c: number, kappa: number): number {
  let sum = 0
  for (const { x, line, y, varianceBelow, varianceAbove } of points) {
    sum += x <= c ? (y - line) ** 2 / varianceBelow : (y - c + kappa * (x - c)) ** 2 / varianceAbove
  }
  return sum
}
