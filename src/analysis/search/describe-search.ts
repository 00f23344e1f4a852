import type { SearchRecord } from '../../result/search-record.ts'
import type { WindowRecord } from '../window-record.ts'
import type { SearchFindings, SearchStepFigures } from './search-findings.ts'

export function describeSearch(search: SearchRecord, records: readonly WindowRecord[]): SearchFindings {
  const { conclusion } = search
  return {
    complete: conclusion.complete,
    mode: conclusion.mode,
    steps: stepFigures(search, records),
    relevantLowerBound: conclusion.lowerBound,
    relevantUpperBound: conclusion.upperBound,
    flags: conclusion.flags,
    plateausRps: conclusion.plateaus,
    absorbedRequests: conclusion.absorbedRequests,
    baselineShare: conclusion.baselineShare,
    epsilon: conclusion.epsilon,
    omega: conclusion.omega,
    reachedOmega: conclusion.reachedOmega,
    holdSeconds: conclusion.holdSeconds,
    loadSeconds: conclusion.loadSeconds,
    plannedSeconds: conclusion.plannedSeconds,
  }
}

/** Steps that were reached; each is the stage of the same number. */
function stepFigures({ steps }: SearchRecord, records: readonly WindowRecord[]): SearchStepFigures[] {
  const spans = new Map<number, { from: number; to: number }>()
  for (const { window } of records) {
    const span = spans.get(window.stage)
    if (span === undefined) spans.set(window.stage, { from: window.from, to: window.to })
    else span.to = window.to
  }
  return steps.flatMap(({ rate, estimate, ...step }, stage) => {
    const span = spans.get(stage)
    if (span === undefined) return []
    const times = { fromSeconds: span.from / 1e9, toSeconds: span.to / 1e9 }
    return [{ stage, ...step, ...times, rateRps: rate, estimateRps: estimate }]
  })
}
