import { formatRate, formatShare } from '../../units/format.ts'
import type { NeededHits } from './cdn-answer.ts'

/** What a cache has to answer so that no more than `capacity` of `peak` is left; `cacheable` of it may be answered by one at all (1/s). */
export function neededHits(peak: number, capacity: number, cacheable: number): NeededHits {
  const value = peak > 0 ? Math.max(0, 1 - capacity / peak) : 0
  const from = `h_min = 1 − capacity/peak = 1 − ${formatRate(capacity)} / ${formatRate(peak)} = ${formatShare(value)}`
  const hitRatio = {
    value,
    from:
      value > 0
        ? from
        : `the origin carries ${formatRate(peak)} of its ${formatRate(capacity)} without a cache`,
  }
  return { hitRatio, ofCacheable: neededOfCacheable(peak, capacity, cacheable) }
}

function neededOfCacheable(peak: number, capacity: number, cacheable: number): NeededHits['ofCacheable'] {
  const rest = peak - cacheable
  const value = neededOf(cacheable, capacity - rest)
  if (value === null) return null
  return {
    value,
    from: `over the ${formatRate(cacheable)} that a cache may answer, ${formatRate(rest)} going to the origin anyway: 1 − (${formatRate(capacity)} − ${formatRate(rest)}) / ${formatRate(cacheable)} = ${formatShare(value)}`,
  }
}

/** Hit ratio at which `room` (1/s) is left of `rps`; null where even 100 % leave too much. */
export function neededOf(rps: number, room: number): number | null {
  if (room < 0) return null
  return rps <= room ? 0 : 1 - room / rps
}
