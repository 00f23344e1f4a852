import { formatNumber, formatRate, formatShare } from '../units/format.ts'
import { clientRefused } from './causes/client-refused.ts'
import { connectivity } from './causes/connectivity.ts'
import { overload } from './causes/overload.ts'
import { pageSpecific } from './causes/page-specific.ts'
import { rateLimiter } from './causes/rate-limiter.ts'
import { restart } from './causes/restart.ts'
import type { Case, Rule } from './causes/rule.ts'
import { timeoutLadder } from './causes/timeout-ladder.ts'
import type { Cause } from './findings.ts'
import { countWhere, isError } from './window-record.ts'

/** Adding a diagnosis is adding a file and a line. */
const RULES: readonly Rule[] = [
  clientRefused,
  connectivity,
  rateLimiter,
  overload,
  timeoutLadder,
  pageSpecific,
  restart,
]

/** Most certain first; never empty. */
export function diagnose(of: Case): readonly Cause[] {
  const causes = RULES.flatMap(({ cause, judge }) => {
    const found = judge(of)
    return found === undefined ? [] : [{ cause, ...found }]
  })
  return causes.length === 0 ? [nothingFound(of)] : causes.toSorted((a, b) => b.certainty - a.certainty)
}

function nothingFound({ measured, onset, capacity }: Case): Cause {
  const series = measured.flatMap(record => record.series)
  const errors = countWhere(series, isError)
  const offered = countWhere(series, () => true)
  const sporadic = onset.any === null ? [] : [onset.any.because]
  const { knee, limitedBy } = capacity
  const onlyWaits = knee.bound === 'measured' && limitedBy !== 'errors'
  const waits = onlyWaits ? ` Beyond ${formatRate(knee.rps!)} requests only wait longer and longer.` : ''
  return {
    cause: 'none',
    certainty: errors === 0 ? 0.9 : 0.5,
    claim: (errors === 0 ? 'Nothing failed.' : 'Some requests failed, and nothing here says why.') + waits,
    evidence: [
      `${formatNumber(errors, 9)} of ${formatNumber(offered, 9)} requests failed (${formatShare(errors / Math.max(1, offered))})`,
      ...sporadic,
      knee.because,
    ],
    next: nextStep(errors, onlyWaits),
  }
}

function nextStep(errors: number, onlyWaits: boolean): string {
  if (errors > 0) return "read the gateway's error log for the times of the failures"
  return onlyWaits
    ? 'to carry more, add backends or make the slowest request cheaper; to bound the wait, limit the queue'
    : 'offer higher rates to find the knee'
}
