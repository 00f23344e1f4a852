import type { Counts } from '../../../result/counts.ts'
import type { PageChart, PageView } from '../../page-view.ts'
import type { Report } from '../../report.ts'
import type { Chart, ReportView } from '../../view.ts'
import { viewCharts } from '../charts.ts'
import { cleanTexts } from '../clean-text.ts'
import { viewClosedCharts } from '../closed-charts.ts'
import { viewSearchChart } from '../search-chart.ts'
import { countOf } from '../sentence.ts'
import { viewReport } from '../view-report.ts'
import { chartTable } from './chart-table.ts'
import { cutTable } from './cut-table.ts'
import { describeChart } from './describe-chart.ts'
import { viewFormulas } from './formulas.ts'
import { glossHeadline } from './gloss-headline.ts'
import { viewHeatMap } from './heat-map.ts'
import { heatTable } from './heat-table.ts'
import { mergeWindows } from './merge-windows.ts'
import { countedTimes, viewPercentiles } from './percentile-chart.ts'
import { originLoad } from './origin-load.ts'
import { responseTimesOf } from './response-times.ts'
import { withTimeMarks } from './time-marks.ts'

/** The view of a page. Reads every histogram of the RESULT, which takes some seconds for a run of hours. */
export function viewPage(report: Report): PageView {
  const times = responseTimesOf(report.result)
  const { report: drawn, times: drawnTimes, size } = mergeWindows(report, times)
  const charts = drawn.saturation === null ? viewCharts(drawn) : viewClosedCharts(drawn)
  const view = viewReport(report)
  return cleanTexts({
    report: withCutTables(view),
    headlines: view.headlines.map(glossHeadline),
    merged: size === 1 ? null : wordMerged(size, times.length),
    againstLoad: charts.filter(({ kind }) => kind === 'load').map(withWords),
    overTime: charts
      .filter(({ kind }) => kind === 'time')
      .map(chart => withWords(withTimeMarks(chart, drawn))),
    spread: report.saturation === null ? spread(drawn, drawnTimes, viewPercentiles(report, times)) : [],
    searchPath: drawn.search === null ? [] : [searchPath(viewSearchChart(drawn.search, drawn))],
    originLoad: originLoad(report),
    formulas: viewFormulas(report, countedTimes(report, times)),
  })
}

const withWords = (chart: Chart): PageChart => ({
  chart,
  description: describeChart(chart),
  table: chartTable(chart),
})

/** The table of its steps has all figures. */
const searchPath = (chart: Chart): PageChart => ({ chart, description: describeChart(chart), table: null })

function spread(drawn: Report, times: readonly Counts[], percentiles: Chart | null): readonly PageChart[] {
  const map = viewHeatMap(drawn, times)
  return [
    ...(percentiles === null ? [] : [withWords(percentiles)]),
    ...(map === null ? [] : [{ chart: map, description: describeChart(map), table: heatTable(map, times) }]),
  ]
}

function withCutTables(view: ReportView): ReportView {
  const { stages, routes, search } = view
  return {
    ...view,
    stages: cutTable(stages),
    routes: cutTable(routes),
    search: search === null ? null : { ...search, steps: cutTable(search.steps) },
  }
}

const wordMerged = (size: number, windows: number): string =>
  `This run has ${countOf(windows, 'window')}. In the charts a point stands for up to ${countOf(size, 'window')} together, their counts added and their histograms merged; the report's JSON has each of them.`
