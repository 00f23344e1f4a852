import { uslThroughput } from '../statistics/usl.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import type { MeasuredLevel } from './level-capacity.ts'
import { drawLognormal, logSpread } from './scaling-law.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { CapacityInterval } from './sizing-answer.ts'

interface Contention {
  readonly gamma: number
  readonly alpha: number
}

/**
 * Two to five levels tell one number of the two that the universal scalability law has: with 1 and 2 backends, α + 2β = 2·C₁/X(2) − 1.
 * Taken as contention alone, X(n) = C₁·n/(1 + α(n − 1)) (Amdahl, 1967); the notes say what it would be as coherency alone.
 *
 * @param levels at least two, fewest backends first
 */
export function contentionLaw(levels: readonly MeasuredLevel[]): ScalingLaw {
  const fitted = fit(levels)
  const { gamma, alpha } = fitted
  const first = levels[0]!
  const perBackend: CapacityInterval = {
    rps: gamma,
    low: (gamma * first.low) / first.rps,
    high: (gamma * first.high) / first.rps,
  }
  const shape = (n: number): number => uslThroughput({ gamma: 1, alpha, beta: 0 }, n)
  const at = (n: number): CapacityInterval => ({
    rps: perBackend.rps * shape(n),
    low: perBackend.low * shape(n),
    high: perBackend.high! * shape(n),
  })
  return {
    kind: 'contention',
    because: wordCheck(levels, fitted),
    notes: [wordCoherency(levels.at(-1)!.backends, alpha)].filter(text => text !== ''),
    perBackend,
    alpha,
    beta: 0,
    // X(n) = γn/(1 + α(n − 1)) falls from the first backend on where α > 1.
    peakBackends: alpha >= 1 ? 1 : null,
    measuredUpTo: levels.at(-1)!.backends,
    at,
    word: n => wordAt(n, perBackend.low, alpha, at(n).low),
    draw: random => {
      const drawn = fit(levels.map(level => ({ ...level, rps: drawLognormal(level, random) })))
      return n => uslThroughput({ ...drawn, beta: 0 }, n)
    },
  }
}

/** n/X(n) = (1/γ)·(1 + α(n − 1)) is a line in n − 1: weighted least squares, α bounded at 0. */
function fit(levels: readonly MeasuredLevel[]): Contention {
  const points = levels.map(({ backends, rps, low, high }) => {
    const y = backends / rps
    return { x: backends - 1, y, weight: 1 / (y * Math.max(logSpread(low, high), 1e-9)) ** 2 }
  })
  const sum = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((total, point) => total + point.weight * of(point), 0)
  const all = sum(() => 1)
  const [meanX, meanY] = [sum(({ x }) => x) / all, sum(({ y }) => y) / all]
  const slope = sum(({ x, y }) => (x - meanX) * (y - meanY)) / sum(({ x }) => (x - meanX) ** 2)
  const atOne = meanY - slope * meanX
  return slope <= 0 || atOne <= 0
    ? { gamma: 1 / meanY, alpha: 0 }
    : { gamma: 1 / atOne, alpha: slope / atOne }
}

function wordCheck(levels: readonly MeasuredLevel[], { alpha }: Contention): string {
  const [first, second] = [levels[0]!, levels[1]!]
  const m = second.backends
  const ratio = `${m} × C₁ / X(${m})`
  const numbers = `${m} × ${formatRate(first.rps)} / ${formatRate(second.rps)}`
  const found =
    levels.length > 2 || first.backends > 1
      ? `α = ${formatNumber(alpha)}, by ${levels.map(({ backends, rps }) => `X(${backends}) = ${formatRate(rps)}`).join(', ')}`
      : m === 2
        ? `α + 2β = ${ratio} − 1 = ${numbers} − 1 = ${formatNumber(alpha)}`
        : `α + ${m}β = (${ratio} − 1) / ${m - 1} = (${numbers} − 1) / ${m - 1} = ${formatNumber(alpha)}`
  return `${found}, taken as contention; telling it from coherency takes reports at six numbers of backends, the largest eight times the smallest`
}

/** The same loss at `most` backends by coherency alone: β = α/most. */
function wordCoherency(most: number, alpha: number): string {
  if (alpha <= 0) return ''
  const beta = alpha / most
  const peak = Math.max(1, Math.sqrt(1 / beta))
  return `If backends lose by coherency instead of contention, more than ${formatNumber(Math.floor(peak), 12)} of them carry less, not more: measure with more backends before buying as many`
}

const wordAt = (n: number, one: number, alpha: number, whole: number): string => {
  const count = formatNumber(n, 12)
  return `X(${count}) = C₁ × n / (1 + α(n − 1)) = ${formatRate(one)} × ${count} / (1 + ${formatNumber(alpha)} × ${formatNumber(n - 1, 12)}) = ${formatRate(whole)}`
}
