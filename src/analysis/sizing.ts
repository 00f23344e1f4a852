import { formatLeastShare, formatNumber, formatRate } from '../units/format.ts'
import type { Capacity, Sizing, SizingRows } from './findings.ts'

export interface Demand {
  /** Peak arrival rate to be carried, in 1/s. */
  readonly peak?: number
  /** Backends that were behind the target. */
  readonly backends: number
  /** Share of the knee to plan for at most (target utilisation u). */
  readonly headroom: number
}

/**
 * Backends n = ⌈peak / (u·C₁)⌉ with C₁ = knee / backends now, and the share h = 1 − u·knee/peak that a CDN must take
 * off the origin instead. Linear: contention between backends is not measured by one run, and the text says so.
 */
export function size({ knee }: Pick<Capacity, 'knee'>, { peak, backends, headroom }: Demand): Sizing {
  const { rps, low, high } = knee
  const base = { peakRps: peak ?? null, headroom, backendsNow: backends }
  const none = { backends: null, cdnOffload: null }
  if (rps === null)
    return { ...base, ...none, safeRps: null, formulas: [], because: `no knee to plan with: ${knee.because}` }
  if (low === null)
    return {
      ...base,
      ...none,
      safeRps: null,
      formulas: [],
      because: `the knee is known only to be at most ${formatRate(rps)}: measure at lower rates first`,
    }
  const safeRps = headroom * low
  const safe = `safe rate = headroom × lower end of the knee = ${headroom} × ${formatRate(low)} = ${formatRate(safeRps)}`
  const atLeast = high === null ? '; the knee is only known to be at least that, so fewer may do' : ''
  if (peak === undefined)
    return { ...base, ...none, safeRps, formulas: [safe], because: `give a peak to size for${atLeast}` }
  const needed = rows([low, rps, high], c => Math.ceil((peak * backends) / (headroom * c) - 1e-9))
  const offload = rows([low, rps, high], c => Math.max(0, 1 - (headroom * c) / peak))
  const per = low / backends
  return {
    ...base,
    safeRps,
    backends: needed,
    cdnOffload: offload,
    formulas: [
      safe,
      `capacity of one backend C₁ = ${formatRate(low)} / ${backends} = ${formatRate(per)}`,
      `backends n = ⌈peak / (headroom × C₁)⌉ = ⌈${formatRate(peak)} / (${headroom} × ${formatRate(per)})⌉ = ${needed.pessimistic}`,
      `CDN hit ratio h ≥ 1 − headroom × knee / peak = 1 − ${headroom} × ${formatRate(low)} / ${formatRate(peak)} = ${formatLeastShare(offload.pessimistic)}`,
    ],
    because: because(needed, offload, backends) + atLeast,
  }
}

function because(needed: SizingRows, offload: SizingRows, backends: number): string {
  if (needed.pessimistic <= backends)
    return `the present ${backends === 1 ? 'backend carries' : `${backends} backends carry`} the peak`
  const cdn = `or a CDN that takes ${formatLeastShare(offload.pessimistic)} of the requests off the present ${formatNumber(backends)}`
  return `${needed.pessimistic} backends ${cdn}; if the backends do not share a bottleneck such as a database`
}

function rows(
  [low, rps, high]: readonly [number, number, number | null],
  of: (knee: number) => number,
): SizingRows {
  return { pessimistic: of(low), expected: of(rps), optimistic: high === null ? null : of(high) }
}
