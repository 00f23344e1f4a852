import type { Findings, Onset } from '../analysis/findings.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { formatRate, formatShare } from '../units/format.ts'
import type { Judgement } from './scope.ts'

/** Below this share a status that the load does not bring is an incident. */
const SPORADIC = 0.005

type OnsetClause = Extract<PromiseClause, { readonly kind: 'onset' }>

/**
 * `502 onset > 800/s`: held when it begins above, or when rates above were offered and met none that the load
 * brings; broken when it begins below; else not decided. `highest` is the highest rate offered, in 1/s.
 */
export function judgeOnset(
  { status, above }: OnsetClause,
  { onset }: Pick<Findings, 'onset'>,
  highest: number,
): Judgement {
  const found = onset[status]
  const name = status === 'any' ? 'gateway error' : status
  if (found?.loadRelated !== true) return judgeWithoutOnset(found, name, above, highest)
  const { rps, low, high, because } = found
  const measured = `from ${formatRate(rps)} on (${low === null ? '–' : formatRate(low)} to ${high === null ? '–' : formatRate(high)})`
  if (low !== null && low > above) return { held: true, measured, because }
  if ((high ?? rps) < above) return { held: false, measured, because }
  return {
    held: null,
    measured,
    because: `${formatRate(above)} lies inside the interval: a longer run narrows it`,
  }
}

/** A status that comes at every rate is no onset, but it keeps no promise either, unless it is sporadic. */
function judgeWithoutOnset(
  found: Onset | null | undefined,
  name: string,
  above: number,
  highest: number,
): Judgement {
  const seen =
    found === null || found === undefined ? '' : `${name} first seen at ${formatRate(found.firstSeenRps)}`
  if (found?.undecided === true) return { held: null, measured: seen, because: found.because }
  if (found && found.share > SPORADIC && found.firstSeenRps <= above)
    return {
      held: false,
      measured: seen,
      because: `${formatShare(found.share)} of the requests met it: ${found.because}`,
    }
  return {
    held: highest > above ? true : null,
    measured: `no ${name} that the load brings, up to ${formatRate(highest)}`,
    because: found?.because ?? `no ${name} was seen at all`,
  }
}
