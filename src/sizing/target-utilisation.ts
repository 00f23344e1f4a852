import { formatNumber, formatShare } from '../units/format.ts'
import type { Derived } from './server-limits.ts'
import type { SizingQuestion } from './sizing-question.ts'

/**
 * u: what of the capacity to plan for. While a new backend is on its way the load goes on growing, so that autoscaling needs
 * u ≤ 1/(1 + ρ̇·t_s) with ρ̇ the growth per second as a share of the load.
 */
export function targetUtilisation({ headroom, scaleTime, loadGrowth }: SizingQuestion): Derived {
  const given = { value: headroom, from: `u = ${formatNumber(headroom)}` }
  if (scaleTime === null || loadGrowth === null) return given
  const most = 1 / (1 + loadGrowth * scaleTime)
  const word =
    `autoscaling needs u ≤ 1 / (1 + growth per second × scale time) = ` +
    `1 / (1 + ${formatNumber(loadGrowth)} × ${formatNumber(scaleTime)} s) = ${formatNumber(most)}`
  return most >= headroom
    ? { value: headroom, from: `${given.from}; ${word}, which it is` }
    : { value: most, from: `u = ${formatShare(most)} instead of ${formatShare(headroom)}: ${word}` }
}
