import { countOf } from '../sentence.ts'
import { formatShare } from '../../../units/format.ts'
import { viewOriginLoad } from '../../size/origin-load-chart.ts'
import type { PageChart } from '../../page-view.ts'
import type { Report } from '../../report.ts'

/** What a cache has to answer at the peak of a run's own report, where that can be sized for. */
export function originLoad({ sizing, capacity, trust }: Report): readonly PageChart[] {
  const { peakRps, safeRps, cdnOffload, backendsNow, headroom, options } = sizing
  const { rps, low, high, bound } = capacity.knee
  if (!trust.ok || options.length === 0) return []
  if (peakRps === null || safeRps === null || cdnOffload === null || rps === null || low === null) return []
  return [
    viewOriginLoad({
      peak: { low: peakRps, high: peakRps },
      capacity: { rps, low, high: bound === 'measured' ? high : null },
      backends: countOf(backendsNow, 'backend'),
      planned: safeRps,
      plannedIs: `${formatShare(headroom)} of the lower end`,
      needed: cdnOffload.pessimistic,
      marked: [],
    }),
  ]
}
