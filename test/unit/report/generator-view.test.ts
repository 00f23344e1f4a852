import { describe, expect, test } from 'vitest'
import type { Report } from '../../../src/report/report.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { viewGenerator } from '../../../src/report/view/generator-view.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { launchReport } from '../../support/report-fixture.ts'

const launch = launchReport()
const withGenerator = (changes: Partial<Report['generator']>): Report => ({
  ...launch,
  generator: { ...launch.generator, ...changes },
})
const labels = (facts: readonly { readonly label: string }[]): readonly string[] =>
  facts.map(({ label }) => label)

describe('a generator that kept up', () => {
  test('says no more than that on the terminal', () => {
    expect(viewGenerator(launch).noted).toEqual([])
    expect(labels(viewGenerator(launch).facts)).toEqual([
      'workers',
      'pacing',
      'sent late by',
      'CPU',
      'event loop',
      'garbage collection',
    ])
  })

  test('by timer says so, with its coarser figures', () => {
    const { noted } = viewGenerator(withGenerator({ pacing: 'timer' }))
    expect(labels(noted)).toEqual(['pacing', 'sent late by'])
    expect(noted[0]!.value).toContain('--low-cpu')
  })

  test('that was measured before the run says what it can make, and how much of that was asked for', () => {
    const report = withGenerator({ ceilingRps: 12_000, ceilingShare: 0.125 })
    expect(viewGenerator(report).noted).toEqual([
      {
        label: 'ceiling',
        value: '12 000/s, measured before the run; the highest planned rate is 12.5 % of that',
      },
    ])
    const terminal = renderTerminal(viewReport(report), { columns: 100, colour: false })
    expect(terminal).toMatch(/^Load generator\n[^\n]*\n +ceiling +12 000\/s/m)
  })
})
