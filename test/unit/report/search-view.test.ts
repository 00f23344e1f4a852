import { describe, expect, test } from 'vitest'
import type { Report } from '../../../src/report/report.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import type { SearchView } from '../../../src/report/view.ts'
import type { SearchFlag } from '../../../src/result/search-record.ts'
import { FIXTURES, launchReport } from '../../support/report-fixture.ts'

const report = FIXTURES['searched']!()
const view = viewReport(report)
const search = view.search!

const value = (facts: SearchView['facts'], label: string): string | undefined =>
  facts.find(fact => fact.label === label)?.value

test('a run with given stages has no search to show', () => {
  expect(viewReport(launchReport()).search).toBeNull()
})

describe('beside the knee', () => {
  const [knee] = view.headlines

  test('stand its interval and how long it was held', () => {
    expect(knee!.text).toBe('400/s (392/s to 408/s, 95 % confidence; held for 9 s)')
  })

  test('stands C_slo with its promise', () => {
    expect(knee!.lines).toEqual([
      { label: 'with p99 < 100ms', value: '354/s (345/s to 362/s, 95 % confidence)' },
    ])
  })

  test('stands the definition with ε, ω and the hold, within this run', () => {
    for (const words of ['within this run', 'ε = 1 %', 'ω = 3 %', '388/s was held for 9 s'])
      expect(knee!.note).toContain(words)
  })

  test('stands neither where the run cannot be believed', () => {
    const untrusted = viewReport({ ...report, trust: { ok: false, reasons: ['too late'], notes: [] } })
    expect(untrusted.headlines[0]).toMatchObject({ value: 'not trustworthy', lines: [], note: '' })
    expect(untrusted.search!.path.knee).toBeNull()
    expect(untrusted.search!.chart.bands).toEqual([])
  })
})

describe('the facts', () => {
  test('give the bounds in the words of RFC 9971', () => {
    // 400 × 0.97 for 9 s, and 400 × 1.15 for 11 s.
    expect(value(search.facts, 'Relevant Lower Bound')).toBe(
      '388/s held for 9 s: 3 492 requests, deficit 0.2 %',
    )
    expect(value(search.facts, 'Relevant Upper Bound')).toBe(
      '460/s offered for 11 s: 5 060 requests, deficit 13 %',
    )
  })

  test('give the precision that was reached against the one that was wanted', () => {
    expect(value(search.facts, 'precision')).toBe('±2.1 % reached, ±3 % wanted')
    const unreached = { ...report.search!, reachedOmega: null }
    expect(value(viewReport({ ...report, search: unreached }).search!.facts, 'precision')).toBe(
      '±3 % wanted, not reached',
    )
  })

  test('say how much was done, and that it is not all where it is not', () => {
    expect(search.text).toBe('11 steps, 66 s of load, planned 75 s.')
    const cut = viewReport({ ...report, search: { ...report.search!, complete: false } }).search!
    expect(cut.text).toContain('did not come to its end')
  })
})

describe('flags', () => {
  const saying = (flag: SearchFlag): string => {
    const flagged: Report = { ...report, search: { ...report.search!, flags: [flag] } }
    return viewReport(flagged).search!.flags[0]!.value
  }

  test.each<[SearchFlag, string]>([
    ['burst-absorbing', 'a shorter test would show too much'],
    ['retrograde', 'Limit how many it works on at once'],
    ['collapse', 'a quick 503'],
    ['small-buffers', 'Let more requests queue'],
    ['warm-up', 'send a fresh instance little load at first'],
    ['capacity-changed', '380/s and 400/s, one after the other'],
    ['generator-limited', 'more workers'],
    ['reached-the-cap', 'up to the cap of 10 000/s held. Raise it with --to'],
    ['budget-spent', 'The budget of 3 min was spent'],
  ])('%s says what it means and what to do', (flag, words) => {
    expect(saying(flag)).toContain(words)
  })
})

describe('the steps', () => {
  test('have a row each, with what the decision rests on', () => {
    const rows = search.steps.rows.map(row => row.map(({ text }) => text))
    expect(rows).toHaveLength(11)
    // The hold of 10 s at 388/s: its first second is not judged.
    expect(rows[10]!.slice(0, 4)).toEqual(['11', 'hold', '388/s', '9'])
    expect(rows[10]![6]).toBe('passed')
    expect(search.steps.rows[4]![6]).toEqual({ text: 'failed', tone: 'bad' })
  })

  test('mark what the sign decided because time was up', () => {
    const steps = report.search!.steps.map(step => ({ ...step, outcome: 'forced-pass' as const }))
    const { rows, legend } = viewReport({ ...report, search: { ...report.search!, steps } }).search!.steps
    expect(rows[0]![6]!.text).toBe('passed *')
    expect(legend).toContain('*: undecided when its time was up')
  })
})

describe('the chart of the path', () => {
  test('has the rate of each second in the series of its kind alone', () => {
    const { xs, series, bands } = search.chart
    // 66 windows of one second, from and to each.
    expect(xs).toHaveLength(132)
    const kinds = series.slice(1)
    expect(kinds.map(({ label }) => label)).toEqual([
      'rising',
      'plateau',
      'hold that passed',
      'gave way',
      'coming to rest',
    ])
    for (const i of xs.keys()) expect(kinds.filter(({ values }) => values[i] !== null)).toHaveLength(1)
    expect(kinds[2]!.values.at(-1)).toBe(388)
    expect(bands).toEqual([
      { axis: 'y', from: 392, to: 408, role: 'knee', label: 'the interval of the knee' },
    ])
  })
})

describe('recovery of a search', () => {
  test('tells R, its share of the knee and the vulnerable region', () => {
    expect(view.recovery.tone).toBe('bad')
    expect(view.recovery.text).toContain('It comes back at 320/s (R), 80 % of the knee.')
    expect(view.recovery.text).toContain('From 320/s to 400/s it is vulnerable')
  })

  test('tells a latched target from one that only stays down under load', () => {
    const latched = { ...report.recovery!, recovered: false, seconds: null, rateRps: null, latched: true }
    expect(viewReport({ ...report, recovery: latched }).recovery.text).toContain(
      'not even without any load (latched)',
    )
  })
})

describe('what to do next', () => {
  const steps = (rest: Partial<Report>): string =>
    viewReport({ ...report, ...rest })
      .next.flatMap(({ text, command }) => [text, ...(command ?? [])])
      .join(' ')

  test('is more budget where it was spent', () => {
    expect(steps({})).toContain('plimsoll run --resume, the path of this report, and --budget 360s')
  })

  test('is a higher cap or a lower start where the search ended at one', () => {
    const flags = { ...report.search!, flags: ['reached-the-cap'] as const }
    const bounded = (bound: 'at-least' | 'at-most'): Report['capacity'] => ({
      ...report.capacity,
      limitedBy: null,
      knee: { ...report.capacity.knee, rps: 400, low: null, high: null, bound },
    })
    // Twice the highest rate that was offered, 480/s; a fifth of 400/s.
    expect(steps({ capacity: bounded('at-least'), search: flags })).toContain('--to 960/s')
    expect(steps({ capacity: bounded('at-most'), search: flags })).toContain('--from 80/s')
  })

  test('is a soak where the target may collapse later', () => {
    expect(steps({ search: { ...report.search!, flags: ['collapse'] } })).toContain('--soak 10min')
  })
})
