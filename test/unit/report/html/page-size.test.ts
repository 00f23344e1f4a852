import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { escapeHtml } from '../../../../src/report/html/markup.ts'
import { renderHtml } from '../../../../src/report/html/render-html.ts'
import { chartsOf } from '../../../../src/report/html/page-rows.ts'
import type { Stage } from '../../../../src/plan/plan.ts'
import type { Report } from '../../../../src/report/report.ts'
import { viewPage } from '../../../../src/report/view/page/view-page.ts'
import { nanoseconds } from '../../../../src/units/quantity.ts'
import { routeFigures, stageFigures, windowFigures } from '../../../support/fixture-figures.ts'
import { queue } from '../../../support/fixture-target.ts'
import { request, resultOf, stage } from '../../../support/fixture-result.ts'
import { launchReport, planOf } from '../../../support/report-fixture.ts'
import { judgedReport } from './judged-report.ts'

const uplot = (name: string): string =>
  readFileSync(new URL(`../../../../node_modules/uplot/dist/${name}`, import.meta.url), 'utf8')
const assets = {
  chartScript: uplot('uPlot.iife.min.js'),
  chartStyle: uplot('uPlot.min.css'),
  sha256: (text: string): string => createHash('sha256').update(text).digest('base64'),
}

const STEPS = 20
const STEP_SECONDS = 180

/** An hour of windows of a second, over 20 requests: up to 1 200/s in steps of three minutes, the seconds of each alike. */
function anHour(): Report {
  const steps = (length: number): readonly Stage[] =>
    Array.from({ length: STEPS }, (_, i) => stage(`step ${i + 1}`, 60 * (i + 1), 60 * (i + 1), length))
  const requests = Array.from({ length: 20 }, (_, i) =>
    request(`request ${i + 1}`, 1, 'GET', `/page/${i + 1}`),
  )
  const brief = resultOf(planOf(steps(1), requests), { target: queue })
  const figures = windowFigures(brief, () => true)
  const seconds = Array.from({ length: STEPS * STEP_SECONDS }, (_, at) => ({
    at,
    step: Math.floor(at / STEP_SECONDS),
  }))
  return {
    ...launchReport(),
    stages: stageFigures(brief, () => true),
    routes: routeFigures(brief, () => true),
    windows: seconds.map(({ at, step }) => ({ ...figures[step]!, fromSeconds: at, toSeconds: at + 1 })),
    result: {
      ...brief,
      plan: planOf(steps(STEP_SECONDS), requests),
      windows: seconds.map(({ at, step }) => ({
        ...brief.windows[step]!,
        from: nanoseconds(at * 1e9),
        to: nanoseconds((at + 1) * 1e9),
      })),
    },
  }
}

describe('the page', () => {
  test('of a run of 90 s has at most 300 kB', () => {
    expect(renderHtml(viewPage(launchReport()), assets).length).toBeLessThan(300_000)
  })

  test('of an hour with 20 requests has at most 600 kB, and says that windows were merged', () => {
    const report = anHour()
    expect(report.windows).toHaveLength(3600)
    const view = viewPage(report)
    // 3 600 windows in twelves.
    expect(view.merged).toMatch(
      /^This run has 3 600 windows\. In the charts a point stands for up to 12 windows together/,
    )
    for (const { chart } of chartsOf(view)) expect(chart.xs.length).toBeLessThanOrEqual(300)
    const page = renderHtml(view, assets)
    expect(Buffer.byteLength(page)).toBeLessThan(600_000)
    expect(page.includes(escapeHtml(view.merged!))).toBe(true)
  }, 180_000)

  test('of a scenario with 500 requests has 100 of them, and says so', () => {
    const requests = Array.from({ length: 500 }, (_, i) =>
      request(`request ${i + 1}`, 1, 'GET', `/page/${i + 1}`),
    )
    const { routes } = viewPage(
      judgedReport(resultOf(planOf([stage('steady', 1000, 1000, 5)], requests), { target: queue })),
    ).report
    expect(routes.rows).toHaveLength(100)
    expect(routes.legend).toMatch(/^100 of 500 rows: /)
  })
})
