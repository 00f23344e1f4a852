import type { Sized } from '../../sizing/sizing-answer.ts'
import type { SizingQuestion } from '../../sizing/sizing-question.ts'
import { formatLeastShare, formatNumber, formatShare } from '../../units/format.ts'
import { countOf } from '../view/sentence.ts'
import type { OriginLoadSituation } from './origin-load-chart.ts'

/** What the chart is drawn from, of an answer of `plimsoll size`. */
export function originLoadSituation(
  { present, utilisation, cdn }: Sized,
  { peak, growth, hitRatio, retryBudget }: SizingQuestion,
): OriginLoadSituation {
  const { backends, behindCache, left, capacity, planned } = present
  const u = formatShare(utilisation.value)
  const of = left === backends ? 'the lower end' : `what ${afterLoss(left, behindCache)} by the lower end`
  return {
    peak: { low: peak.low * (1 + growth), high: peak.high * (1 + growth) },
    capacity,
    backends: countOf(backends, 'backend'),
    planned,
    plannedIs: retryBudget === null ? `${u} of ${of}` : `at most ${u} of ${of}, with room for retries`,
    needed: present.hitRatio.value,
    marked: [
      ...(hitRatio > 0 ? [{ at: hitRatio, label: `taken as given: ${formatLeastShare(hitRatio)}` }] : []),
      ...(cdn === null
        ? []
        : [
            {
              at: cdn.expected.hitRatio.value,
              label: `expected: ${formatShare(cdn.expected.hitRatio.value)}`,
            },
          ]),
    ],
  }
}

const afterLoss = (left: number, of: number): string =>
  left === of
    ? `${countOf(left, 'backend')} carry`
    : `${formatNumber(left, 12)} of ${countOf(of, 'backend')} carry after a loss`
