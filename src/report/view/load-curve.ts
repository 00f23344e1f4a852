import { formatRate } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { LoadCurve } from '../view.ts'
import { wordEstimate } from './estimate-wording.ts'
import { gatewayErrors } from './gateway-statuses.ts'
import { windowsOnTheWayUp } from './highest-rate.ts'

export function viewLoadCurve(report: Report): LoadCurve {
  return {
    points: windowsOnTheWayUp(report).map(({ offeredRps, goodRps, statuses, offered }) => ({
      offeredRps,
      goodRps,
      gatewayShare: offered === 0 ? 0 : gatewayErrors(statuses) / offered,
    })),
    knee: kneeMark(report),
    goodLabel: 'good/s',
    shareLabel: 'gateway',
    shareNone: 'no gateway error on the way up',
    offeredLabel: 'offered/s',
    empty: 'No chart: no window of this run counts.',
  }
}

/** Where the knee may be drawn: never in a run that cannot be believed. */
export function kneeMark({ trust, capacity }: Pick<Report, 'trust' | 'capacity'>): LoadCurve['knee'] {
  const { rps, bound } = capacity.knee
  if (!trust.ok || rps === null || bound === 'none') return null
  return {
    at: rps,
    label: bound === 'measured' ? `knee ${formatRate(rps)}` : `knee ${wordEstimate(capacity.knee).value}`,
  }
}
