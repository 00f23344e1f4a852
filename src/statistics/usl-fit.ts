import { dot, gram, solveLinear } from './linear-system.ts'
import { normalQuantile } from './normal-quantile.ts'
import { tQuantile } from './t-quantile.ts'
import { type UslRefusal, uslRefusal } from './usl-refusal.ts'
import { chooseScaling, fitScaling, uslPeak, uslThroughput } from './usl.ts'
import type { ScalingModel, ScalingPoint, UslEstimate, UslParameters } from './usl.ts'

export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface UslFit {
  /** The simplest law that explains the points, by AICc, with its parameters. */
  readonly model: ScalingModel
  readonly parameters: UslParameters
  /** 95 % intervals of the full law. */
  readonly gamma: Estimate
  readonly alpha: Estimate
  readonly beta: Estimate
  /** N*; undefined where no decline is seen in, or soon after, the levels: then nothing may be extrapolated. */
  readonly peak: Estimate | undefined
  readonly throughputAt: (n: number) => Estimate
}

export type UslResult =
  | { readonly kind: 'fitted'; readonly fit: UslFit }
  | { readonly kind: 'refused'; readonly because: UslRefusal }

const REFITS = 500
const PEAK_SEEN = 0.95

/**
 * The universal scalability law with intervals by a wild bootstrap (Wu, Annals of Statistics 14(4), 1986; signs by Liu, 1988): each
 * residual keeps its level and gets a random sign. What the points cannot tell is refused, not guessed.
 *
 * @param random uniform in [0, 1)
 */
export function fitUsl(points: readonly ScalingPoint[], random: () => number): UslResult {
  const because = uslRefusal(points)
  if (because !== undefined) return { kind: 'refused', because }
  const full = fitScaling(points, 'usl')
  if (full.parameters.alpha > 1) return { kind: 'refused', because: 'falls-from-the-start' }
  const refits = bootstrap(points, full, random)
  const { model, parameters } = chooseScaling(points)
  const estimate = (of: (parameters: UslParameters) => number): Estimate =>
    between(of(parameters), refits.map(of))
  const most = Math.max(...points.map(({ n }) => n))
  const seen = refits.filter(refit => uslPeak(refit) <= 2 * most).length
  const hasPeak = parameters.beta > 0 && seen >= PEAK_SEEN * refits.length
  return {
    kind: 'fitted',
    fit: {
      model,
      parameters,
      gamma: estimate(({ gamma }) => gamma),
      alpha: estimate(({ alpha }) => alpha),
      beta: estimate(({ beta }) => beta),
      peak: hasPeak ? estimate(uslPeak) : undefined,
      throughputAt: n => estimate(refit => uslThroughput(refit, n)),
    },
  }
}

function bootstrap(
  points: readonly ScalingPoint[],
  { parameters }: UslEstimate,
  random: () => number,
): UslParameters[] {
  const fitted = points.map(({ n }) => uslThroughput(parameters, n))
  const leverage = leverages(points, parameters)
  const free = points.length - 3
  // So few residuals know their own scatter badly (Student's t in place of the normal), and a point that draws the curve to
  // itself leaves a small one (the correction HC3 of MacKinnon and White, Journal of Econometrics 29(3), 1985).
  const few = tQuantile(0.975, free) / normalQuantile(0.975)
  const off = points.map(
    ({ throughput }, i) => (few * (throughput - fitted[i]!)) / Math.max(0.1, 1 - leverage[i]!),
  )
  return Array.from({ length: REFITS }, () => {
    const signed = (i: number): number => (random() < 0.5 ? off[i]! : -off[i]!)
    const resampled = points.map((point, i) => ({
      ...point,
      throughput: Math.max(0, fitted[i]! + signed(i)),
    }))
    return fitScaling(resampled, 'usl', parameters).parameters
  })
}

/** How much of its own residual each point takes away: the diagonal of J·(JᵀJ)⁻¹·Jᵀ. */
function leverages(points: readonly ScalingPoint[], parameters: UslParameters): number[] {
  const rows = points.map(({ n, variance }) => {
    const fitted = uslThroughput(parameters, n)
    const cost = fitted / (parameters.gamma * n)
    return [1, -cost * (n - 1), -cost * n * (n - 1)].map(slope => (slope * fitted) / Math.sqrt(variance))
  })
  const squared = gram(rows)
  return rows.map(row => dot(row, solveLinear(squared, row) ?? row.map(() => 0)))
}

function between(value: number, refits: readonly number[]): Estimate {
  const sorted = refits.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) }
}
