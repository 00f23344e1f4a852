import { formatRate } from '../../units/format.ts'
import type { Derived, ServerLimits } from '../server-limits.ts'

/** An autoscaler of Kubernetes leaves alone what is off by less than this share. */
export const TOLERANCE = 0.1

/** Requests per second and backend to scale by: those of the peak on n of them, and small enough that it acts before one is full. */
export function scalingTarget({ originPeak, backends, capacity }: ServerLimits): Derived {
  const atPeak = originPeak.value / backends.value
  const most = capacity.value / (1 + TOLERANCE)
  return atPeak <= most
    ? {
        value: atPeak,
        from: `λₒ / n = ${formatRate(originPeak.value)} / ${backends.value} = ${formatRate(atPeak)}, so that the peak asks for n; the knee is at ${formatRate(capacity.value)}`,
      }
    : {
        value: most,
        from: `C₁ / ${1 + TOLERANCE} = ${formatRate(capacity.value)} / ${1 + TOLERANCE} = ${formatRate(most)}: up to 10 % above its target an autoscaler does nothing, and the knee is at C₁. λₒ / n would be ${formatRate(atPeak)}`,
      }
}
