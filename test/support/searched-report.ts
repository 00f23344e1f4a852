import { analyse } from '../../src/analysis/analyse.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/report.ts'
import { share } from '../../src/units/quantity.ts'
import { judge } from '../../src/verdict/judge.ts'
import { concluded, pathAround, scriptedSearch } from './scripted-search.ts'
import { exponential, queue } from './servers.ts'

/** A search that found the 400/s of M/M/1/100, with everything that a search can say besides. */
export function searchedReport(): Report {
  const conclusion = concluded(400, {
    slo: {
      rps: 354,
      low: 345,
      high: 362,
      confidence: 0.95,
      bound: 'measured',
      because: 'at 366/s more than 1 % were slower',
      promise: 'p99 < 100ms',
    },
    recovery: {
      recovered: true,
      seconds: 2,
      rate: 320,
      ratio: 0.8,
      metastable: true,
      latched: false,
      because: 'at 400/s it stayed down',
    },
    flags: ['burst-absorbing', 'capacity-changed', 'budget-spent'],
    plateaus: [380, 400],
    absorbedRequests: null,
    baselineShare: share(0.001),
  })
  const result = scriptedSearch(pathAround(400), conclusion, queue(exponential(400), 1, 100))
  const findings = analyse(result)
  return buildReport(result, findings, judge(result.plan, findings, result))
}
