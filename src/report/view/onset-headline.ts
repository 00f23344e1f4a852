import type { Onset } from '../../analysis/findings.ts'
import type { OnsetStatus } from '../../plan/promise-clause.ts'
import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Report } from '../report.ts'
import type { Fact, Headline } from '../view.ts'
import { wordInterval } from './estimate-wording.ts'
import { seenStatuses, statusName } from './gateway-statuses.ts'
import { distrusted, headline } from './headline.ts'
import { highestRate } from './highest-rate.ts'
import { listOf } from './sentence.ts'

/**
 * The 502 onset, or that of the gateway statuses which were seen instead. Further statuses, and their union, follow as
 * lines of their own.
 */
export function onsetHeadline(report: Report): Headline {
  const { onset, trust } = report
  const seen = seenStatuses(onset)
  if (!trust.ok) return distrusted('502 onset', `${wordSeen(onset, seen)}, which proves nothing here`)
  const [first] = seen
  if (first === undefined) return noneSeen(report)
  const lines = seen.slice(1).map(status => line(status, onset[status]!))
  if (seen.length > 1 && onset.any !== null) lines.push(line('any', onset.any))
  return headline({ label: labelOf(first), ...wordOnset(onset[first]!, first), lines })
}

const labelOf = (status: OnsetStatus): string => (status === 'any' ? 'error onset' : `${status} onset`)

function noneSeen(report: Report): Headline {
  const label = '502 onset'
  const highest = highestRate(report)
  if (highest === null) {
    return headline({ label, value: 'cannot tell', detail: 'no window of this run counts', tone: 'unsure' })
  }
  return headline({
    label,
    value: `no 502 seen up to ${formatRate(highest)}`,
    detail: 'and no other gateway error',
    tone: 'good',
    joined: 'in-brackets',
  })
}

interface OnsetWording {
  readonly value: string
  readonly detail: string
  readonly joined: 'in-brackets' | 'after-colon'
}

/** A status that came at no rate in particular gets no onset rate, only where it was first seen. */
export function wordOnset(onset: Onset, status: OnsetStatus): OnsetWording {
  const first = `${formatRate(onset.firstSeenRps)}, ${formatDuration(seconds(onset.atSeconds))} into the run`
  if (!onset.loadRelated) {
    const share = `${formatShare(onset.share)} of the requests`
    if (onset.undecided)
      return {
        value: 'cannot tell',
        detail: `${share} met a ${statusName(status)}, first at ${first}; ${onset.because}`,
        joined: 'after-colon',
      }
    return {
      value: 'at no particular rate',
      detail: `${share} met a ${statusName(status)}, first at ${first}`,
      joined: 'after-colon',
    }
  }
  const interval = wordInterval(onset.low, onset.high, onset.confidence)
  return {
    value: formatRate(onset.rps),
    detail: `${interval}; first seen at ${first}`,
    joined: 'in-brackets',
  }
}

function line(status: OnsetStatus, onset: Onset): Fact {
  const label = status === 'any' ? 'any of them' : labelOf(status)
  return { label, value: headline({ label, ...wordOnset(onset, status) }).text }
}

function wordSeen(onset: Report['onset'], seen: readonly OnsetStatus[]): string {
  if (seen.length === 0) return 'no gateway error was seen'
  return `${listOf(seen.map(status => `${formatNumber(onset[status]!.count, 12)} × ${statusName(status)}`))} seen`
}
