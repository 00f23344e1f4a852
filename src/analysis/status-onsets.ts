import type { OnsetStatus } from '../plan/promise-clause.ts'
import type { Onset } from './findings.ts'
import { isGatewayStatus } from './gateway-status.ts'
import type { findOnset } from './onset.ts'
import type { Accepts, OnsetEvidence } from './onset-evidence.ts'

/** The onset of each status that promises may name, and of any gateway error, as `onsetOf` reads it. */
export function statusOnsets(
  evidence: OnsetEvidence,
  onsetOf: typeof findOnset,
): Readonly<Record<OnsetStatus, Onset | null>> {
  const of = (accepts: (status: number) => boolean): Onset | null => {
    const answered: Accepts = ({ outcome }) => outcome.kind === 'answered' && accepts(outcome.status)
    return onsetOf(evidence, answered)
  }
  return {
    502: of(status => status === 502),
    503: of(status => status === 503),
    504: of(status => status === 504),
    any: of(isGatewayStatus),
  }
}
