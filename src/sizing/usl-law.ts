import type { UslFit } from '../statistics/usl-fit.ts'
import { uslPeak, uslThroughput } from '../statistics/usl.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import { standardNormal } from '../units/random.ts'
import { logSpread } from './scaling-law.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { CapacityInterval } from './sizing-answer.ts'

/** The universal scalability law as it was fitted; what is not known of it comes from the refits. */
export function uslLaw({ parameters, gamma, throughputAt, peak }: UslFit, measuredUpTo: number): ScalingLaw {
  const { alpha, beta } = parameters
  const perBackend: CapacityInterval = { rps: gamma.value, low: gamma.low, high: gamma.high }
  const scaled = (one: number, n: number): number => uslThroughput({ gamma: one, alpha, beta }, n)
  const at = (n: number): CapacityInterval => ({
    rps: scaled(perBackend.rps, n),
    low: scaled(perBackend.low, n),
    high: scaled(perBackend.high!, n),
  })
  const spreads = new Map<number, number>()
  const spreadAt = (n: number): number => {
    const known = spreads.get(n)
    if (known !== undefined) return known
    const { low, high } = throughputAt(n)
    const spread = logSpread(low, high)
    spreads.set(n, spread)
    return spread
  }
  const most = uslPeak(parameters)
  return {
    kind: 'usl',
    because: `universal scalability law, fitted up to ${formatNumber(measuredUpTo, 12)} backends: α = ${formatNumber(alpha)}, β = ${formatNumber(beta)}`,
    notes:
      peak === undefined && beta > 0
        ? [
            `The fall beyond ${formatNumber(Math.floor(most), 12)} backends is not sure: it lies outside of what was measured`,
          ]
        : [],
    perBackend,
    alpha,
    beta,
    peakBackends: Number.isFinite(most) ? most : null,
    measuredUpTo,
    at,
    word: n =>
      `X(${formatNumber(n, 12)}) = C₁ × n / (1 + α(n − 1) + βn(n − 1)) = ` +
      `${formatRate(perBackend.low)} × ${formatNumber(n, 12)} / (1 + ${formatNumber(alpha)} × ${formatNumber(n - 1, 12)} + ${formatNumber(beta)} × ${formatNumber(n, 12)} × ${formatNumber(n - 1, 12)}) = ${formatRate(at(n).low)}`,
    draw: random => {
      const z = standardNormal(random)
      return n => (n <= 0 ? 0 : scaled(perBackend.rps, n) * Math.exp(spreadAt(n) * z))
    },
  }
}
