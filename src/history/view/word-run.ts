import { lowestOf, wordEstimate } from '../../report/view/estimate-wording.ts'
import type { Statement } from '../../report/view.ts'
import { formatRate } from '../../units/format.ts'
import type { HistoryRow, OnsetFigure } from '../history-row.ts'
import type { TrendPoint } from '../view.ts'

/** `2026-03-04 05:06`, UTC. */
export const wordInstant = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`

export function wordKnee({ trusted, knee }: HistoryRow): Statement {
  if (!trusted) return { text: 'not trustworthy', tone: 'unsure' }
  return { text: wordEstimate(knee).value, tone: knee.bound === 'measured' ? 'plain' : 'unsure' }
}

/** Both ends of a measured knee, else a dash: a bound has none. */
export function wordKneeInterval({ trusted, knee }: HistoryRow): string {
  const { low, high, bound } = knee
  if (!trusted || bound !== 'measured' || low === null || high === null) return '–'
  return `${formatRate(low)} to ${formatRate(high)}`
}

export function wordOnset(onset: OnsetFigure | null): string {
  if (onset === null) return 'none seen'
  return onset.loadRelated ? formatRate(onset.rps) : 'not by load'
}

export function wordVerdict({ verdict }: HistoryRow): Statement {
  switch (verdict) {
    case 'passed':
      return { text: 'passed', tone: 'good' }
    case 'failed':
      return { text: 'failed', tone: 'bad' }
    case 'inconclusive':
      return { text: 'cannot tell', tone: 'unsure' }
    default:
      return verdict satisfies never
  }
}

export function pointOf(row: HistoryRow): TrendPoint {
  const { knee, trusted, startedAt } = row
  const interval = wordKneeInterval(row)
  const shown = interval === '–' ? '' : ` (${interval})`
  const label = wordInstant(startedAt)
  const words = { label, text: `${label}: ${wordKnee(row).text}${shown}` }
  const rps = drawnRate(row)
  if (!trusted || rps === null || knee.bound === 'none')
    return { ...words, kind: 'none', rps: null, low: null, high: null }
  const isMeasured = knee.bound === 'measured'
  return {
    ...words,
    kind: knee.bound,
    rps,
    low: isMeasured ? knee.low : null,
    high: isMeasured ? knee.high : null,
  }
}

/** What a bound vouches for, so that no chart shows more than the words say. */
const drawnRate = ({ knee: { rps, low, high, bound } }: HistoryRow): number | null =>
  bound === 'at-least' ? lowestOf(rps, low) : bound === 'at-most' ? (high ?? rps) : rps
