import { formatNumber, formatRate } from '../units/format.ts'
import type { CapacityInterval } from './sizing-answer.ts'
import { drawLognormal } from './scaling-law.ts'
import type { ScalingLaw } from './scaling-law.ts'

/**
 * X(n) = n·C₁: backends that take nothing from one another. What is left where contention was not measured, or where the
 * measurements contradict every law.
 *
 * @param whole what `backends` of them carried together
 */
export function linearLaw(
  whole: CapacityInterval & { readonly backends: number },
  because: string,
  notes: readonly string[] = [],
): ScalingLaw {
  const { backends, rps, low, high } = whole
  const at = (n: number): CapacityInterval => ({
    rps: (rps * n) / backends,
    low: (low * n) / backends,
    high: high === null ? null : (high * n) / backends,
  })
  const perBackend = at(1)
  return {
    kind: 'linear',
    because,
    notes,
    perBackend,
    alpha: 0,
    beta: 0,
    peakBackends: null,
    measuredUpTo: backends,
    at,
    word: n =>
      `X(${formatNumber(n, 12)}) = C₁ × ${formatNumber(n, 12)} = ${formatRate(perBackend.low)} × ${formatNumber(n, 12)} = ${formatRate(at(n).low)}`,
    draw:
      high === null
        ? undefined
        : random => {
            const drawn = drawLognormal({ rps, low, high }, random) / backends
            return n => drawn * n
          },
  }
}
