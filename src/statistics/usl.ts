import { levenbergMarquardt, type LeastSquares, type Residuals } from './levenberg-marquardt.ts'

/** Throughput at a concurrency, or number of servers, with the variance of its measurement. */
export interface ScalingPoint {
  readonly n: number
  readonly throughput: number
  readonly variance: number
}

/** X(N) = γN / (1 + α(N − 1) + βN(N − 1)). */
export interface UslParameters {
  /** Throughput at N = 1. */
  readonly gamma: number
  /** Contention: the share that only one can do at a time. */
  readonly alpha: number
  /** Coherency: what each pair costs. */
  readonly beta: number
}

/** β = 0 is Amdahl's law, α = 0 besides it is proportion. */
export type ScalingModel = 'linear' | 'amdahl' | 'usl'

export interface UslEstimate {
  readonly model: ScalingModel
  readonly parameters: UslParameters
  /** Weighted sum of squares. */
  readonly squares: number
}

/** Gunther's universal scalability law (Guerrilla Capacity Planning, 2007, ch. 4). */
export const uslThroughput = ({ gamma, alpha, beta }: UslParameters, n: number): number =>
  (gamma * n) / (1 + alpha * (n - 1) + beta * n * (n - 1))

/** N* = √((1 − α)/β), where throughput is greatest; Infinity where it never falls. */
export const uslPeak = ({ alpha, beta }: UslParameters): number =>
  beta > 0 ? Math.sqrt(Math.max(0, 1 - alpha) / beta) : Infinity

const FREE = { linear: 1, amdahl: 2, usl: 3 } as const

/**
 * Weighted least squares, Levenberg–Marquardt on ln γ, √α and √β: none of the three can get negative. From several
 * starts, since √β does not leave 0 by itself.
 */
export function fitScaling(
  points: readonly ScalingPoint[],
  model: ScalingModel,
  start?: UslParameters,
): UslEstimate {
  const most = Math.max(...points.map(({ n }) => n))
  const first = Math.max(...points.map(({ n, throughput }) => throughput / n))
  const starts = [
    [0, 0],
    [0.02, 0],
    [0.3, 0],
    [0.02, 0.2],
    [0.1, 2],
  ].map(([alpha, cost]) => ({
    gamma: first,
    alpha: alpha!,
    beta: cost! / most ** 2,
  }))
  const found = (start === undefined ? starts : [start])
    .map(from => encode(from, most).slice(0, FREE[model]))
    .map(from => levenbergMarquardt(from, parameters => residuals(points, parameters)))
    .reduce((best, fit) => (fit.squares < best.squares ? fit : best))
  return { model, parameters: decode(found, most), squares: found.squares }
}

/** Just off 0, so that there is a slope to go down. */
const encode = ({ gamma, alpha, beta }: UslParameters, most: number): number[] => [
  Math.log(gamma),
  Math.sqrt(Math.max(alpha, 1e-3)),
  Math.sqrt(Math.max(beta, 1e-2 / most ** 2)),
]

/** A cost of pairs below this share of the whole, at the greatest N, is a β that ran into its bound. */
const NO_COST = 1e-3

function decode({ parameters: [logGamma, a = 0, b = 0] }: LeastSquares, most: number): UslParameters {
  const beta = b * b * most * (most - 1) < NO_COST ? 0 : b * b
  return { gamma: Math.exp(logGamma!), alpha: a * a, beta }
}

function residuals(points: readonly ScalingPoint[], parameters: readonly number[]): Residuals {
  const [logGamma, a = 0, b = 0] = parameters
  const rows = points.map(({ n, throughput, variance }) => {
    const share = 1 + a * a * (n - 1) + b * b * n * (n - 1)
    const fitted = (Math.exp(logGamma!) * n) / share
    const scale = fitted / Math.sqrt(variance)
    return {
      value: (fitted - throughput) / Math.sqrt(variance),
      slope: [scale, (-scale * 2 * a * (n - 1)) / share, (-scale * 2 * b * n * (n - 1)) / share],
    }
  })
  return {
    values: rows.map(({ value }) => value),
    slopes: rows.map(({ slope }) => slope.slice(0, parameters.length)),
  }
}

/** Squares that rounding leaves of a perfect fit, as a share of the whole. */
const ROUNDING = 1e-18

/** The model whose corrected Akaike criterion is least: AICc = n·ln(RSS/n) + 2k + 2k(k + 1)/(n − k − 1), k with the variance. */
export function chooseScaling(points: readonly ScalingPoint[]): UslEstimate {
  const n = points.length
  const whole = points.reduce((sum, { throughput, variance }) => sum + throughput ** 2 / variance, 0)
  const criterion = ({ model, squares }: UslEstimate): number => {
    const k = FREE[model] + 1
    return n * Math.log(Math.max(squares, ROUNDING * whole) / n) + 2 * k + (2 * k * (k + 1)) / (n - k - 1)
  }
  return (['linear', 'amdahl', 'usl'] as const)
    .map(model => fitScaling(points, model))
    .reduce((best, fit) => (criterion(fit) < criterion(best) ? fit : best))
}
