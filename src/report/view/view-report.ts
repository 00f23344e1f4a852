import type { Report } from '../report.ts'
import type { ReportView } from '../view.ts'
import { viewCharts } from './charts.ts'
import { cleanTexts } from './clean-text.ts'
import { viewClosed } from './closed-view.ts'
import { viewDefinitions } from './definitions.ts'
import { viewGenerator } from './generator-view.ts'
import { headroomHeadline } from './headroom-headline.ts'
import { kneeHeadline } from './knee-headline.ts'
import { viewLimits } from './limits-view.ts'
import { viewLoadCurve } from './load-curve.ts'
import { viewNextSteps } from './next-steps.ts'
import { onsetHeadline } from './onset-headline.ts'
import { viewPhases } from './phases-view.ts'
import { viewPromises } from './promise-views.ts'
import { viewRecovery } from './recovery-view.ts'
import { viewRoutes } from './route-table.ts'
import { about, viewRunFacts } from './run-facts.ts'
import { viewSamples } from './sample-views.ts'
import { viewSearch } from './search-view.ts'
import { viewSizing } from './sizing-view.ts'
import { viewStages } from './stage-table.ts'
import { viewTrust } from './trust-view.ts'
import { viewEnding, viewVerdict } from './verdict-view.ts'

/** Chooses every number and every word of the report, once. */
export function viewReport(report: Report): ReportView {
  return cleanTexts({
    title: report.run.name,
    target: report.run.target,
    about: about(report),
    verdict: viewVerdict(report),
    ending: viewEnding(report),
    trust: viewTrust(report),
    measured: report.stages.length > 0,
    promises: viewPromises(report),
    phases: viewPhases(report),
    next: viewNextSteps(report),
    samples: viewSamples(report),
    run: viewRunFacts(report),
    search: viewSearch(report),
    ...(report.saturation === null ? viewOpen(report) : viewClosed(report, report.saturation)),
  })
}

const viewOpen = (report: Report): ReturnType<typeof viewClosed> => ({
  headlines: [kneeHeadline(report), onsetHeadline(report), headroomHeadline(report)],
  limits: viewLimits(report),
  recovery: viewRecovery(report),
  stages: viewStages(report),
  routes: viewRoutes(report),
  sizing: viewSizing(report),
  generator: viewGenerator(report),
  definitions: viewDefinitions(report),
  loadCurve: viewLoadCurve(report),
  charts: viewCharts(report),
})
