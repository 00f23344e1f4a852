import type { Result } from '../../result/result.ts'
import type { SearchRecord } from '../../result/search-record.ts'
import { withoutKnee } from '../capacity.ts'
import type { Findings } from '../findings.ts'
import type { OnsetEvidence } from '../onset-evidence.ts'
import { judgeTrust } from '../trust.ts'
import type { WindowRecord } from '../window-record.ts'
import { readSearch } from './read-search.ts'
import { searchCapacity } from './search-capacity.ts'
import { describeSearch } from './describe-search.ts'
import type { SearchFindings } from './search-findings.ts'
import { describeRecovery } from './search-recovery.ts'
import { forecastTimeout } from './timeout-forecast.ts'

export interface SearchReading extends Pick<Findings, 'trust' | 'capacity' | 'recovery'> {
  readonly search: SearchFindings
  readonly evidence: OnsetEvidence
}

/**
 * What a search concluded while the load went on, with what its windows say now. A run that cannot be believed shows
 * no knee here either.
 */
export function analyseSearch(
  result: Result,
  search: SearchRecord,
  records: readonly WindowRecord[],
): SearchReading {
  const { plan } = result
  const reading = readSearch(result, search, records)
  const trust = judgeTrust(result, records, reading)
  const described = searchCapacity(search.conclusion, reading, forecastTimeout(search, records, reading))
  return {
    trust,
    capacity: trust.ok ? described : withoutKnee(described, trust.reasons),
    recovery: trust.ok ? describeRecovery(search.conclusion) : null,
    search: describeSearch(search, records),
    evidence: {
      plan,
      measured: records.filter(({ stage }) => !stage.warmup),
      rising: reading.calm,
      knee: reading,
    },
  }
}
