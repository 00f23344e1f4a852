import { formatShare } from '../units/format.ts'
import { baselineShare } from './baseline.ts'
import { CLEAR_GAIN, isotonicGain, lossGain, showsAtTheTop, sustainedFrom } from './dose-response.ts'
import type { Onset } from './findings.ts'
import { firstSeen } from './first-seen.ts'
import type { KneeReading } from './knee.ts'
import { doseOf } from './onset-evidence.ts'
import type { Accepts, OnsetEvidence } from './onset-evidence.ts'
import { findOutages, setApart } from './outages.ts'
import type { Dose } from './outages.ts'
import { flowVariance, sustainedOnset } from './sustained-onset.ts'

/** A share that most seconds show is not sporadic. */
const NOT_SPORADIC = 0.005

/**
 * Where something (a status, an error of one request) begins. `accepts` marks what counts, `among` what it is a
 * share of. First seen and sustained are told apart: on a ramp a buffer or a burst allowance hides the loss
 * between the two. Null when it was never seen in a measured window.
 */
export function findOnset(
  evidence: OnsetEvidence,
  accepts: Accepts,
  among: Accepts = () => true,
): Onset | null {
  const base = firstSeen(evidence, accepts, among)
  if (base === null) return null
  const { rising, knee } = evidence
  const doses = rising
    .map(level => doseOf(level, accepts, among))
    .filter(({ offered, rate }) => offered > 0 && rate > 0)
  const { calm } = setApart(doses, findOutages(doses))
  const p0 = calm.length === 0 ? 0 : baselineShare(calm)
  const related = relation(calm, p0, knee)
  if (related !== undefined)
    return { ...base, rps: base.firstSeenRps, low: null, high: null, loadRelated: false, ...related }
  const hits = rising.flatMap(({ series }) => series).filter(one => among(one) && accepts(one))
  return {
    ...base,
    loadRelated: true,
    undecided: false,
    ...sustainedOnset({ doses: calm, p0, knee, hits, firstSeenRps: base.firstSeenRps }),
  }
}

type Unrelated = Pick<Onset, 'undecided' | 'because'>

const unrelated = (because: string): Unrelated => ({ undecided: false, because })
const undecided = (because: string): Unrelated => ({ undecided: true, because })

/** Why it is not believed to come from the load, or why that cannot be told; undefined when it does. */
function relation(doses: readonly Dose[], p0: number, knee: KneeReading): Unrelated | undefined {
  if (doses.length === 0) return undecided('no valid window of rising load to judge by')
  const shows = showsAtTheTop(doses, p0)
  if (!shows && p0 > NOT_SPORADIC)
    return unrelated(
      `${formatShare(p0)} of the requests met it at low load, and no more than that at the highest`,
    )
  const from = sustainedFrom(doses, p0)
  if (from === undefined)
    return shows
      ? undecided('met at the highest loads, but in too few seconds to tell the load from an outage')
      : unrelated('sporadic: there is no rate from which on most seconds met it')
  if (!shows) return unrelated('the highest loads met it no more than the lowest')
  if (new Set(doses.map(({ rate }) => rate)).size === 1)
    return knee.throughput === undefined
      ? undecided('met at the only rate that was measured: a lower one would tell whether the load brings it')
      : undefined
  const gain = Math.max(lossGain(doses, flowVariance(knee)), isotonicGain(doses))
  return gain > CLEAR_GAIN
    ? undefined
    : unrelated(`its share does not grow with the load (likelihood ratio ${gain.toFixed(1)})`)
}
