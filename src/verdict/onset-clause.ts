import type { Findings } from '../analysis/findings.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { formatRate } from '../units/format.ts'
import type { Judgement } from './scope.ts'

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
  if (found?.undecided === true)
    return {
      held: null,
      measured: `${name} first seen at ${formatRate(found.firstSeenRps)}`,
      because: found.because,
    }
  if (found?.loadRelated !== true) {
    return {
      held: highest > above ? true : null,
      measured: `no ${name} that the load brings, up to ${formatRate(highest)}`,
      because: found?.because ?? `no ${name} was seen at all`,
    }
  }
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
