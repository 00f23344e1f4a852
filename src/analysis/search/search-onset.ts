import type { Onset } from '../findings.ts'
import { firstSeen } from '../first-seen.ts'
import { doseOf } from '../onset-evidence.ts'
import type { Accepts, OnsetEvidence } from '../onset-evidence.ts'
import { countWhere, isError } from '../window-record.ts'
import { isBehindBacklog } from './behind-backlog.ts'
import { relateToLoad } from './relate-to-load.ts'
import type { Relation } from './relate-to-load.ts'
import { searchSustainedOnset } from './search-sustained-onset.ts'

const BEHIND_BACKLOG: Relation = {
  is: 'load',
  p0: 0,
  because: 'it came only while requests waited that an overload had piled up',
}

/**
 * Where something begins, from the windows of a search. It goes up and down, so all that it learnt of a rate counts,
 * in order of the rates; that it came back to high rates after low ones is the A-B-A test which tells the load's doing
 * from an outage: there with the load, gone without it, there again.
 */
export function findSearchOnset(
  evidence: OnsetEvidence,
  accepts: Accepts,
  among: Accepts = () => true,
): Onset | null {
  const base = firstSeen(evidence, accepts, among)
  if (base === null) return null
  const { rising, knee } = evidence
  const doses = rising.map(level => doseOf(level, accepts, among)).filter(({ offered }) => offered > 0)
  const levelled = relateToLoad(doses, knee)
  const isHidden = levelled.is !== 'load' && isBehindBacklog(evidence, one => among(one) && accepts(one))
  const relation = isHidden ? BEHIND_BACKLOG : levelled
  if (relation.is !== 'load')
    return {
      ...base,
      rps: base.firstSeenRps,
      low: null,
      high: null,
      loadRelated: false,
      undecided: relation.is === 'undecided',
      because: relation.because,
    }
  const hits = rising.flatMap(({ series }) => series).filter(one => among(one) && accepts(one))
  const errors = countWhere(
    rising.flatMap(({ series }) => series),
    one => among(one) && isError(one),
  )
  const { because, ...rates } = searchSustainedOnset({
    doses: doses.toSorted((a, b) => a.rate - b.rate),
    p0: relation.p0,
    knee,
    hits,
    shareOfErrors: countWhere(hits, () => true) / Math.max(1, errors),
  })
  return {
    ...base,
    ...rates,
    loadRelated: true,
    undecided: false,
    because: `${because}; ${relation.because}`,
  }
}
