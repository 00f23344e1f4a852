import type { SearchFindings } from '../../analysis/search/search-findings.ts'
import type { SearchFlag } from '../../result/search-record.ts'
import { formatDuration, formatNumber, formatRate } from '../../units/format.ts'
import type { Report } from '../report.ts'
import type { Fact } from '../view.ts'
import { listOf } from './sentence.ts'

type Words = string | ((search: SearchFindings, report: Report) => string)

/** What each flag means, and what to do about it. */
const MEANINGS: Readonly<Record<SearchFlag, Words>> = {
  'burst-absorbing': ({ absorbedRequests }) =>
    `For a while it takes in more than it sustains: a buffer or a burst allowance swallows the excess${swallowing(absorbedRequests)}. The knee was taken once that was used up; a shorter test would show too much.`,
  retrograde:
    'Overloaded it answers less than just below the knee: the more requests wait, the slower each becomes. Limit how many it works on at once (connections to a backend, workers), and keep away from the knee.',
  collapse:
    'Under overload good answers fall away. Turn the excess away early, with a short queue and a quick 503, so that what is accepted is still answered in time.',
  'small-buffers': (_, { capacity }) =>
    `It turns requests away before it is busy all the time${exceeding(capacity)}: there is too little room to wait. Let more requests queue (backlog, queue length) before adding backends.`,
  'warm-up':
    'It became faster while it was measured, as caches, pools or a compiler warmed up. The knee is that of the warm target: send a fresh instance little load at first.',
  'capacity-changed': ({ plateausRps }) =>
    `What it carries changed during the search: ${listOf(plateausRps.map(rps => formatRate(rps)))}, one after the other. No single number is its capacity. Look for autoscaling, throttling, a neighbour or a cache that filled at once, hold the number of instances fixed, and search again.`,
  'generator-limited':
    'The load generator gave out before the target did; what lies above is not known. Give it more workers, or a machine of its own.',
  'reached-the-cap': (_, { result }) => {
    const to = result.plan.search?.to
    return `Every rate up to the cap${to === undefined ? '' : ` of ${formatRate(to)}`} held. Raise it with --to to find the knee.`
  },
  'budget-spent': (_, { result }) => {
    const budget = result.plan.search?.budget
    return `The budget${budget === undefined ? '' : ` of ${formatDuration(budget)}`} was spent before everything was decided, so the interval is wider than it could be. Give more with --budget.`
  },
}

export function viewFlags(search: SearchFindings, report: Report): readonly Fact[] {
  return search.flags.map(flag => {
    const words = MEANINGS[flag]
    return {
      label: flag,
      value: typeof words === 'string' ? words : words(search, report),
    }
  })
}

const swallowing = (requests: number | null): string =>
  requests === null ? '' : `, about ${formatNumber(requests, 2)} requests of it`

function exceeding({ knee, saturation }: Report['capacity']): string {
  if (saturation === null || knee.rps === null) return ''
  return ` (it can give ${formatRate(saturation.rps)}, but loses more than it may from ${formatRate(knee.rps)} on)`
}
