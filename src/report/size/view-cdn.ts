import type { CdnAnswer, CdnRouteAnswer, EmptiedCache } from '../../sizing/cdn/cdn-answer.ts'
import {
  formatDuration,
  formatLeastShare,
  formatNumber,
  formatRate,
  formatShare,
} from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Column, Fact, Statement, TableView } from '../view.ts'
import { closedSentence, sentence } from '../view/sentence.ts'
import type { CdnView } from './size-view.ts'

/** What a cache before the backends would take off them, what happens when it is empty, and what keeps it from more. */
export function viewCdn({
  needed,
  expected,
  routes,
  emptied,
  cachingOrder,
  problems,
  ...rest
}: CdnAnswer): CdnView {
  const first = cachingOrder
    .slice(0, 3)
    .map(({ route, savedRps }) => `${route} (saves ${formatRate(savedRps)})`)
  return {
    facts: [
      { label: 'needed', value: needed.hitRatio.from },
      { label: 'expected', value: expected.hitRatio.from },
      {
        label: 'left for the backends',
        value: `${formatRate(expected.originRps.value)}: ${rest.holds ? 'they carry it' : 'more than they carry'}`,
      },
      { label: 'of the bytes', value: `${formatShare(expected.byteHitRatio.value)} never leave them` },
      ...(first.length === 0 ? [] : [{ label: 'cache first', value: first.join(', ') }]),
      ...emptiedFacts(emptied),
    ],
    routes: routeTable(routes),
    problems: problems.map(({ route, claim, evidence, next, costRps }) => ({
      label: route,
      value: `${sentence(claim)} It costs ${formatRate(costRps.value)} (${evidence}). ${sentence(next)}`,
    })),
    assumptions: rest.assumptions.map(sentence),
  }
}

function emptiedFacts({
  firstRps,
  burst,
  belowCapacityAfter,
  requestsBeyondCapacity,
}: EmptiedCache): readonly Fact[] {
  const { seconds: after, because } = belowCapacityAfter
  const until =
    after === null
      ? closedSentence(because)
      : `within what they carry after ${formatDuration(seconds(after))}`
  return [
    {
      label: 'after a purge',
      value: `${formatRate(firstRps)} at first, ${until}`,
    },
    ...(requestsBeyondCapacity > 0
      ? [
          {
            label: '',
            value: `${formatNumber(requestsBeyondCapacity)} requests beyond what they carry until then`,
          },
        ]
      : []),
    ...(burst === null
      ? []
      : [
          { label: 'while it fills', value: burst.collapsed.from },
          { label: 'without collapsing', value: burst.uncollapsed.from },
        ]),
  ]
}

const left = (label: string, rank: number): Column => ({ label, align: 'left', rank })
const right = (label: string, rank: number): Column => ({ label, align: 'right', rank })

function routeTable(routes: readonly CdnRouteAnswer[]): TableView {
  const plain = (text: string): Statement => ({ text, tone: 'plain' })
  return {
    columns: [
      left('request', 0),
      right('rate', 0),
      left('kept', 0),
      right('hits', 0),
      right('to backends', 0),
      right('would need', 1),
      left('because', 2),
    ],
    rows: routes.map(({ name, rps, cached, hitRatio, originRps, neededHitRatio }) => [
      plain(name),
      plain(formatRate(rps)),
      plain(
        cached.kind === 'kept' ? formatDuration(seconds(cached.ttl)) : cached.kind === 'unknown' ? '?' : 'no',
      ),
      plain(formatShare(hitRatio.value)),
      plain(formatRate(originRps)),
      plain(neededHitRatio === null ? 'no ratio does' : formatLeastShare(neededHitRatio)),
      plain(cached.because),
    ]),
    legend: null,
  }
}
