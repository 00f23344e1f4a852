import type { Report } from '../report.ts'
import type { ReportView } from '../view.ts'
import { viewCharts } from './charts.ts'
import { cleanTexts } from './clean-text.ts'
import { viewDefinitions } from './definitions.ts'
import { viewGenerator } from './generator-view.ts'
import { headroomHeadline } from './headroom-headline.ts'
import { kneeHeadline } from './knee-headline.ts'
import { viewLimits } from './limits-view.ts'
import { viewLoadCurve } from './load-curve.ts'
import { viewNextSteps } from './next-steps.ts'
import { onsetHeadline } from './onset-headline.ts'
import { viewPromises } from './promise-views.ts'
import { viewRecovery } from './recovery-view.ts'
import { viewRoutes } from './route-table.ts'
import { about, viewRunFacts } from './run-facts.ts'
import { viewSamples } from './sample-views.ts'
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
    headlines: [kneeHeadline(report), onsetHeadline(report), headroomHeadline(report)],
    trust: viewTrust(report),
    measured: report.stages.length > 0,
    limits: viewLimits(report),
    recovery: viewRecovery(report),
    promises: viewPromises(report),
    stages: viewStages(report),
    routes: viewRoutes(report),
    sizing: viewSizing(report),
    generator: viewGenerator(report),
    next: viewNextSteps(report),
    samples: viewSamples(report),
    definitions: viewDefinitions(report),
    run: viewRunFacts(report),
    loadCurve: viewLoadCurve(report),
    charts: viewCharts(report),
  })
}
