import { describe, expect, test } from 'vitest'
import type { Report } from '../../../src/report/report.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import {
  FIXTURES,
  emptyReport,
  launchReport,
  pageReport,
  refusedReport,
  untouchedReport,
  untrustedReport,
} from '../../support/report-fixture.ts'

const launch = launchReport()
const recovery = (given: Report['recovery']): string =>
  viewReport({ ...launch, recovery: given }).recovery.text

describe('the verdict', () => {
  test('is one plain sentence: passed, failed or cannot tell, and why', () => {
    expect(viewReport(untouchedReport()).verdict.sentence).toBe('Passed: every promise held.')
    expect(viewReport(launch).verdict.sentence).toBe(
      'Failed: knee > 900/s does not hold: the knee is 842/s (826/s to 858/s).',
    )
    expect(viewReport(untrustedReport()).verdict.sentence).toBe(
      'Cannot tell: the load generator, not the target, was the limit.',
    )
  })

  test('comes with the early end of a run', () => {
    expect(viewReport(launch).ending).toBeNull()
    expect(viewReport(emptyReport()).ending).toMatch(/^Interrupted by SIGINT after 400 ms; /)
    expect(viewReport(refusedReport()).ending).toMatch(/^Stopped after 3 s: 127\.0\.0\.1:8080 refuses/)
  })
})

test('promises are held, broken or not decided', () => {
  expect(viewReport(launch).promises.map(({ held }) => held)).toEqual([
    { text: 'held', tone: 'good' },
    { text: 'cannot tell', tone: 'unsure' },
    { text: 'broken', tone: 'bad' },
  ])
})

describe('what limits', () => {
  test('is named with its causes, their certainty and their evidence', () => {
    const { text, causes } = viewReport(launch).limits
    expect(text).toBe('Throughput: more load brings no more good answers.')
    expect([causes[0]?.name, causes[0]?.certainty, causes[0]?.evidence.length]).toEqual([
      'overload',
      '93 % certain',
      3,
    ])
  })

  test('does not say twice what the reason of the knee says', () => {
    const evidence = [launch.capacity.knee.because, 'the queue was full']
    const causes = [{ ...launch.causes[0]!, evidence }]
    expect(viewReport({ ...launch, causes }).limits.causes[0]?.evidence).toEqual(['The queue was full.'])
  })

  test('is nothing where nothing gave way, and not known where the run cannot be believed', () => {
    expect(viewReport(untouchedReport()).limits.text).toBe(
      'Nothing limited the target at the rates that were tried.',
    )
    expect(viewReport(refusedReport()).limits.text).toBe('Cannot tell: the run cannot be believed.')
    expect(viewReport(untrustedReport()).limits.text).toBe(
      'The load generator: it gave out before the target did.',
    )
  })

  test('gives no saturation and no reason of a knee that cannot be believed', () => {
    const { because, saturation } = viewReport({
      ...launch,
      trust: { ok: false, reasons: [], notes: [] },
    }).limits
    expect([because, saturation]).toEqual(['', null])
  })
})

describe('recovery', () => {
  const unknown = { because: '', rateRps: null, ratio: null, vulnerable: null, latched: false }

  test('tells recovered, not recovered and metastable apart', () => {
    expect(recovery({ ...unknown, recovered: true, seconds: 1.4, metastable: false })).toBe(
      'Recovered 1.4 s after the load fell below the knee.',
    )
    expect(recovery({ ...unknown, recovered: true, seconds: 0, metastable: false })).toBe(
      'Recovered at once after the load fell below the knee.',
    )
    expect(recovery({ ...unknown, recovered: false, seconds: null, metastable: false })).toBe(
      'Did not recover within the run.',
    )
    expect(recovery({ ...unknown, recovered: false, seconds: null, metastable: true })).toContain(
      'metastable',
    )
  })

  test('says why it was not observed', () => {
    expect(recovery(null)).toBe('Not observed: the load never fell below the knee again.')
    expect(viewReport(untouchedReport()).recovery.text).toBe('Not observed: the target was not overloaded.')
    expect(viewReport(untrustedReport()).recovery.text).toBe('Cannot tell: the run cannot be believed.')
  })
})

describe('sizing', () => {
  const factsOf = (report: Report): Record<string, string> =>
    Object.fromEntries(viewReport(report).sizing.facts.map(({ label, value }) => [label, value]))

  test('gives the cautious figure first, and one where all readings agree', () => {
    expect(factsOf(launch)).toMatchObject({
      'backends needed': '4',
      'or CDN takes': '44.9 % (43.9 % by the knee itself, 42.8 % by its upper end)',
    })
  })

  test('gives no figures from a run that cannot be believed', () => {
    expect(viewReport(untrustedReport()).sizing).toMatchObject({ facts: [], formulas: [] })
  })
})

test('the generator says whether it kept up', () => {
  expect(viewReport(launch).generator.text).toMatch(
    /^The generator kept up: 99 % of the requests left within \d+ µs /,
  )
  expect(viewReport(untrustedReport()).generator.text).toMatch(
    /^The generator was the limit in 22 of 30 windows;/,
  )
  expect(viewReport(emptyReport()).generator.text).toBe('The generator sent nothing.')
})

test('a request says whether its gateway errors grow with the load', () => {
  const { columns, rows } = viewReport(pageReport()).routes
  const onset = columns.findIndex(({ label }) => label === 'onset')
  expect(rows.map(row => [row[0]?.text, row[onset]?.text])).toEqual([
    ['home', 'not seen'],
    ['product', 'not seen'],
    ['checkout', 'at no particular rate'],
  ])
})

test('bad answers come before good ones among the samples', () => {
  expect(viewReport(launch).samples.map(({ outcome }) => outcome.text)).toEqual(['502', '200'])
})

test.each(Object.entries(FIXTURES))('no text of the %s view breaks its line', (_name, make) => {
  const texts: string[] = []
  JSON.stringify(viewReport(make()), (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value)
    return value
  })
  // oxlint-disable-next-line no-control-regex -- finding them is the purpose
  expect(texts.filter(text => /[\u0000-\u001f\u2028\u202e]/.test(text))).toEqual([])
})
