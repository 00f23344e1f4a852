import type { SearchConclusion } from '../../result/search-record.ts'
import type { Recovery } from '../findings.ts'

/** Below this part of the knee, R leaves a stretch of rates that hold and that an overload does not end at. */
const HEALTHY = 0.95

/** What the search saw when it stepped down from an overload, in the words and units of the report. */
export function describeRecovery({ recovery, knee }: SearchConclusion): Recovery | null {
  if (recovery === null) return null
  const { rate, ratio, ...rest } = recovery
  const isVulnerable = knee.rps !== null && (ratio ?? 0) < HEALTHY && (ratio !== null || recovery.latched)
  return {
    ...rest,
    rateRps: rate,
    ratio,
    vulnerable: isVulnerable ? { fromRps: rate ?? 0, toRps: knee.rps } : null,
  }
}
