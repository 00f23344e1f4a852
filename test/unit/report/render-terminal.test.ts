import { describe, expect, test } from 'vitest'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { textWidth } from '../../../src/report/terminal/text-width.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { FIXTURES, launchReport, refusedReport, untrustedReport } from '../../support/report-fixture.ts'

const plain = (report: Parameters<typeof viewReport>[0], columns = 80): string =>
  renderTerminal(viewReport(report), { columns, colour: false })

const widest = (text: string): number => Math.max(...text.split('\n').map(textWidth))

describe.each(Object.entries(FIXTURES))('the %s report', (_name, make) => {
  test.each([40, 80, 100, 200])('fits %i columns', columns => {
    expect(widest(plain(make(), columns))).toBeLessThanOrEqual(columns)
  })

  test('has no control character but line breaks without colour', () => {
    // oxlint-disable-next-line no-control-regex -- finding them is the purpose
    expect(plain(make())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  test('says the same with colour, which is nothing but escape codes', () => {
    const coloured = renderTerminal(viewReport(make()), { columns: 80, colour: true })
    expect(coloured).toContain('\u001b[')
    // oxlint-disable-next-line no-control-regex -- taking them away is the purpose
    expect(coloured.replaceAll(/\u001b\[[\d;]+m/g, '')).toBe(plain(make()))
  })

  test('begins with the verdict', () => {
    expect(plain(make())).toMatch(/^(Passed|Failed|Cannot tell): /)
  })
})

test('the sections come in the order in which they are needed', () => {
  const text = plain(launchReport())
  const places = [
    'knee  ',
    'Promises',
    'Stages',
    'Good answers',
    'What limits',
    'Sizing',
    'What to do next',
  ].map(part => text.indexOf(part))
  expect(places.every(place => place > 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})

test('a wide terminal shows more', () => {
  const wide = plain(launchReport(), 200)
  expect(widest(wide)).toBeGreaterThan(120)
  expect(wide).toMatch(/stage +planned +for +offered\/s +sent\/s +good\/s/)
  expect(plain(launchReport())).not.toContain('sent/s')
})

test('the table of stages gives offered, good, p50, p99 and errors of each', () => {
  // The ramp offers (50 + 1500) / 2 = 775/s.
  expect(plain(launchReport())).toMatch(
    /\n {2}ramp +50 → 1 500\/s +775 +626 +[\d.]+ ms +[\d.]+ ms +19\.3 %\n/,
  )
})

test('figures of a stretch where the generator was the limit stand in brackets, with the reason', () => {
  const text = plain(untrustedReport())
  expect(text).toMatch(/ramp .* \(775\) +\(430\)/)
  expect(text).toContain('In brackets: the load generator was the limit there')
})

test('response times that the generator’s own lateness blurs are marked as upper bounds, with the reason', () => {
  const report = launchReport()
  const text = plain({
    ...report,
    stages: report.stages.map(stage => ({ ...stage, latencyResolved: false })),
  })
  expect(text).toMatch(/\n {2}recovery .* ≤ [\d.]+ ms +≤ [\d.]+ ms/)
  expect(text).toContain('≤: the load generator sent late there')
})

test('a run that cannot be believed shows no knee anywhere', () => {
  const text = plain(untrustedReport())
  expect(text).toMatch(/\n {2}knee +not trustworthy: the load generator was the limit in 22 of 30\n/)
  expect(text).not.toContain('▼')
  expect(text).toContain('Nothing is sized')
})

test('a target that refuses connections gets no knee but a command to try', () => {
  const text = plain(refusedReport())
  expect(text).toContain('Stopped after 3 s: 127.0.0.1:8080 refuses connections; nothing listens there.')
  expect(text).toContain('     curl -sS -i http://127.0.0.1:8080/\n')
})

test('where nothing was measured, only why and what to do next is said', () => {
  const text = plain({ ...refusedReport(), stages: [], windows: [], routes: [] })
  expect(text).not.toMatch(/^(Promises|Stages|Sizing|Load generator)$/m)
  expect(text).not.toContain('knee')
  expect(text).toMatch(/^What limits$/m)
  expect(text).toContain('     curl -sS -i http://127.0.0.1:8080/\n')
})
