import type { Derived, ServerLimits } from '../../sizing/server-limits.ts'
import type { PeakSetting } from '../../sizing/verify/verification.ts'

/** One of the backends with its share of the load. */
export const shareOfOne = (setting: PeakSetting): PeakSetting => ({
  ...setting,
  backends: 1,
  capacity: setting.capacity / setting.backends,
  load: setting.load / setting.backends,
})

/** What a gateway before that one is to be told. */
export function limitsOfOne(limits: ServerLimits): ServerLimits {
  const n = limits.backends.value
  const part = ({ value, from }: Derived): Derived => ({ value: value / n, from: `(${from}) / ${n}` })
  return {
    ...limits,
    backends: { value: 1, from: `one of ${n}, with its share of the peak` },
    originPeak: part(limits.originPeak),
    ceiling: part(limits.ceiling),
  }
}
