import { describe, expect, test } from 'vitest'
import type { Phases } from '../../../src/analysis/findings.ts'
import type { Report } from '../../../src/report/report.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { viewPhases } from '../../../src/report/view/phases-view.ts'
import { viewPage } from '../../../src/report/view/page/view-page.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { launchReport } from '../../support/report-fixture.ts'

const launch = launchReport()
const plain: Phases = {
  connections: {
    opened: 20,
    openedRps: 0.25,
    connectTimeMs: { p50: 0.2, p99: 0.9 },
    tlsTimeMs: { p50: null, p99: null },
    resumedShare: null,
  },
  firstByteTimeMs: { mean: 20, p50: 15, p90: 40, p95: 50, p99: 80, p999: 90, max: 99 },
  transferMeanMs: 0.5,
}
const secured: Phases = {
  ...plain,
  connections: { ...plain.connections!, tlsTimeMs: { p50: 4, p99: 12 }, resumedShare: 0.8 },
}
const linesOf = (phases: Phases, report: Report = launch): readonly string[] =>
  viewPhases({ ...report, phases }).map(({ label, value }) => `${label}: ${value}`)

describe('where the time goes', () => {
  test('is not said where all of it is waiting for the first byte', () => {
    expect(linesOf(plain)).toEqual([])
  })

  test('is said where a TLS handshake takes long: 12 ms are more than a tenth of 20.5 ms', () => {
    expect(linesOf(secured)).toEqual([
      'connect: 200 µs p50, 900 µs p99; 0.25 connections opened per second',
      'TLS handshake: 4 ms p50, 12 ms p99; 80 % resumed an earlier session',
      'first byte: 15 ms p50, 80 ms p99, from the send',
      'rest of the answer: 500 µs on average, from its first byte',
    ])
  })

  test('is said where the rest of the answer takes long, or connecting', () => {
    expect(linesOf({ ...plain, transferMeanMs: 3 })).toHaveLength(3)
    expect(
      linesOf({ ...plain, connections: { ...plain.connections!, connectTimeMs: { p50: 1, p99: 1002 } } }),
    ).toHaveLength(3)
  })

  test('is said where a tenth of the requests open a connection, however quickly', () => {
    const sent = launch.stages.reduce((sum, { sent: own, warmup }) => sum + (warmup ? 0 : own), 0)
    const opened = (count: number): Phases => ({
      ...plain,
      connections: { ...plain.connections!, opened: count },
    })
    expect(linesOf(opened(Math.floor(sent / 10) - 1))).toEqual([])
    expect(linesOf(opened(Math.ceil(sent / 10)))).toHaveLength(3)
  })

  test('is not said where nothing is known of it, as in reports of older versions', () => {
    const { firstByteTimeMs } = plain
    const nothing = Object.fromEntries(Object.keys(firstByteTimeMs).map(key => [key, null]))
    expect(
      linesOf({
        connections: null,
        firstByteTimeMs: nothing as unknown as Phases['firstByteTimeMs'],
        transferMeanMs: null,
      }),
    ).toEqual([])
  })

  test('stands on the terminal and on the page, there only', () => {
    for (const [phases, isSaid] of [
      [plain, false],
      [secured, true],
    ] as const) {
      const view = viewReport({ ...launch, phases })
      const terminal = renderTerminal(view, { columns: 100, colour: false })
      const page = renderHtml(viewPage({ ...launch, phases }), {
        chartScript: '',
        chartStyle: '',
        sha256: () => '',
      })
      expect(/^Where the time goes\n.*\n +TLS handshake +4 ms p50/ms.test(terminal)).toBe(isSaid)
      expect(page.includes('Where the time goes')).toBe(isSaid)
    }
  })
})
