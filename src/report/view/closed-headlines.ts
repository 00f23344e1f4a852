import type { Onset, SaturationProbe } from '../../analysis/findings.ts'
import { formatRate, formatShare } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Headline } from '../view.ts'
import { wordInterval } from './estimate-wording.ts'
import { seenStatuses, statusName } from './gateway-statuses.ts'
import { distrusted, headline } from './headline.ts'
import { countOf } from './sentence.ts'

/** What a closed model has to say, and that it has no knee. */
export function closedHeadlines(report: Report, probe: SaturationProbe): readonly Headline[] {
  const { trust, capacity } = report
  const knee = headline({
    label: 'knee',
    value: 'cannot tell',
    detail: capacity.knee.because,
    tone: 'unsure',
  })
  if (trust.ok) return [throughputHeadline(probe), knee, gatewayHeadline(report, probe)]
  return [distrusted('throughput', trust.reasons[0] ?? 'this run cannot be believed'), knee]
}

function throughputHeadline({ highest, levelsOffAt, rungs, because }: SaturationProbe): Headline {
  const label = 'throughput'
  if (highest === null) return headline({ label, value: 'cannot tell', detail: because, tone: 'unsure' })
  const { throughputRps, low, high } = highest
  const connections = (count: number): string => countOf(count, 'connection')
  const where =
    levelsOffAt !== null
      ? `saturates from about ${connections(levelsOffAt)} on`
      : rungs.every(({ valid }) => valid)
        ? `with ${connections(highest.connections)}; not seen to level off`
        : 'the load generator was the limit'
  return headline({
    label,
    value: `at least ${formatRate(throughputRps)}`,
    detail: `${where}; ${wordInterval(low, high, 0.95)}`,
    joined: 'in-brackets',
  })
}

function gatewayHeadline(report: Report, { rungs }: SaturationProbe): Headline {
  const label = 'gateway errors'
  const [first, ...others] = seenStatuses(report.onset)
  if (first === undefined) {
    const most = Math.max(0, ...rungs.map(({ connections }) => connections))
    return headline({
      label,
      value: `none with up to ${countOf(most, 'connection')}`,
      detail: '',
      tone: 'good',
    })
  }
  const name = (status: typeof first): string => (status === 'any' ? 'gateway error' : statusName(status))
  const word = (onset: Onset): string => `first with ${countOf(connectionsAt(report, onset), 'connection')}`
  const found = report.onset[first]!
  return headline({
    label: name(first),
    value: word(found),
    detail: `${formatShare(found.share)} of the requests met it`,
    tone: 'bad',
    joined: 'in-brackets',
    lines: others.map(status => ({ label: name(status), value: word(report.onset[status]!) })),
  })
}

/** How many connections were sending at the time. */
export function connectionsAt(
  { result, stages }: Pick<Report, 'result' | 'stages'>,
  { atSeconds }: Pick<Onset, 'atSeconds'>,
): number {
  const index = stages.findLastIndex(({ fromSeconds }) => fromSeconds <= atSeconds)
  return result.plan.stages[index]?.connections ?? 0
}
