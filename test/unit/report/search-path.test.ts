import { describe, expect, test } from 'vitest'
import { ansi } from '../../../src/report/terminal/ansi.ts'
import { renderSearchPath } from '../../../src/report/terminal/search-path.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import type { PathStep, SearchPath } from '../../../src/report/view.ts'
import { FIXTURES } from '../../support/report-fixture.ts'

const step = (fromSeconds: number, toSeconds: number, rateRps: number, kind: PathStep['kind']): PathStep => ({
  fromSeconds,
  toSeconds,
  rateRps,
  kind,
  name: kind,
})
const layout = { columns: 52, prose: 52, ansi: ansi(false) }
const path: SearchPath = {
  steps: [step(0, 20, 50, 'rising'), step(20, 30, 550, 'gave-way'), step(30, 40, 350, 'held')],
  knee: { low: 400, high: 420, label: 'knee 410/s' },
  rateLabel: 'rate/s',
  timeLabel: 'seconds',
  empty: 'No chart.',
}

describe('the path on a terminal', () => {
  const lines = renderSearchPath(path, layout)
  // 52 columns less an indent of 2, a gutter of 7 for "seconds" and 2 for the axis: 41 for 40 s.
  const rows = lines.slice(1, 13).map(line => line.slice(11))

  test('puts each step in the row of its rate and the columns of its time', () => {
    // The axis ends at 600/s, so that each of 12 rows stands for 50/s, the top one for those from 550/s on.
    expect(rows[1]).toMatch(/^ {20,21}×{10,11}$/)
    expect(rows[11]).toMatch(/^•{20,21}$/)
    expect(rows[5]).toMatch(/^ {30,31}▲{10}$/)
  })

  test('draws a band where the knee lies: 400 to 420 is in the row of 350 to 400, and in that above', () => {
    expect(rows[3]).toMatch(/^┄{41}$/)
  })

  test('explains its signs', () => {
    expect(lines.at(-1)).toContain('• rising, × gave-way, ▲ held')
  })

  test('says so where there is nothing to draw', () => {
    expect(renderSearchPath({ ...path, steps: [] }, layout)).toEqual(['  No chart.'])
  })
})

test('the report on a terminal shows the path, what was noticed and the steps, in place of the stages', () => {
  const text = renderTerminal(viewReport(FIXTURES['searched']!()), { columns: 80, colour: false })
  const places = ['How the knee was found', 'What was noticed', 'Steps of the search', 'What limits'].map(
    heading => text.indexOf(heading),
  )
  expect(places.every(place => place > 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(text).not.toContain('\nStages\n')
})
