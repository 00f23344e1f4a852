import { describe, expect, test } from 'vitest'
import type { Onset } from '../../../src/analysis/findings.ts'
import type { Report } from '../../../src/report/report.ts'
import { headroomHeadline } from '../../../src/report/view/headroom-headline.ts'
import { kneeHeadline } from '../../../src/report/view/knee-headline.ts'
import { onsetHeadline } from '../../../src/report/view/onset-headline.ts'
import { emptyReport, launchReport, sustained, untouchedReport } from '../../support/report-fixture.ts'

const launch = launchReport()
const doubted: Report = {
  ...launch,
  trust: { ok: false, reasons: ['the clock jumped', 'and more'], notes: [] },
}

const withKnee = (given: Partial<Report['capacity']['knee']>, peakRps: number | null = null): Report => ({
  ...launch,
  capacity: { ...launch.capacity, knee: { ...launch.capacity.knee, ...given } },
  sizing: { ...launch.sizing, peakRps },
})

const withOnset = (given: Partial<Report['onset']>): Report => ({
  ...launch,
  onset: { '502': null, '503': null, '504': null, any: null, ...given },
})

const steady: Onset = {
  ...sustained,
  rps: 300,
  low: null,
  high: null,
  loadRelated: false,
  firstSeenRps: 300,
  atSeconds: 5.3,
  share: 0.01,
}

describe('the line of the knee', () => {
  test('gives the number with its interval', () => {
    expect(kneeHeadline(launch).text).toBe('842/s (826/s to 858/s, 95 % confidence)')
  })

  test('says "not trustworthy" and why, and no number, when the run cannot be believed', () => {
    expect(kneeHeadline(doubted).text).toBe('not trustworthy: the clock jumped')
    expect(kneeHeadline(doubted).tone).toBe('unsure')
  })

  test('says "at least" where the load ended below it', () => {
    expect(kneeHeadline(untouchedReport()).text).toBe('at least 600/s (not reached, so it may be higher)')
  })

  test('says that the generator was the limit where it was', () => {
    const report = withKnee({ bound: 'at-least', rps: 500, low: 500, high: null })
    const limited: Report = { ...report, capacity: { ...report.capacity, limitedBy: 'generator' } }
    expect(kneeHeadline(limited).text).toBe(
      'at least 500/s (the load generator, not the target, was the limit)',
    )
  })

  test('says "at most" where the lowest rate was too much', () => {
    expect(kneeHeadline(withKnee({ bound: 'at-most', rps: 50, low: null, high: 50 })).text).toBe(
      'at most 50/s (passed already at the lowest rate, so it may be lower)',
    )
  })

  test('gives the reason where nothing can be said', () => {
    const none = withKnee({
      bound: 'none',
      rps: null,
      low: null,
      high: null,
      because: 'only one rate was tried',
    })
    expect(kneeHeadline(none).text).toBe('cannot tell: only one rate was tried')
  })
})

describe('the line of the onset', () => {
  test('gives the sustained rate with its interval, and where it was first seen', () => {
    expect(onsetHeadline(launch).text).toBe(
      '851/s (845/s to 858/s, 95 % confidence; first seen at 872/s, 43.4 s into the run)',
    )
  })

  test('says up to which rate none was seen: the highest that the plan asked for', () => {
    expect(onsetHeadline(untouchedReport()).text).toBe('no 502 seen up to 600/s (and no other gateway error)')
  })

  test('gives no rate to a status that came at none in particular', () => {
    expect(onsetHeadline(withOnset({ '502': steady, any: steady })).text).toBe(
      'at no particular rate: 1 % of the requests met a 502, first at 300/s, 5.3 s into the run',
    )
  })

  test('speaks of the status that was seen where it was not 502', () => {
    const headline = onsetHeadline(withOnset({ '503': sustained, any: sustained }))
    expect([headline.label, headline.value, headline.lines]).toEqual(['503 onset', '851/s', []])
  })

  test('gives each status a line of its own where there are several, and their union', () => {
    const { lines } = onsetHeadline(withOnset({ '502': sustained, '504': steady, any: sustained }))
    expect(lines.map(({ label }) => label)).toEqual(['504 onset', 'any of them'])
    expect(lines[0]?.value).toMatch(/^at no particular rate: 1 % of the requests met a 504/)
  })

  test('speaks of gateway errors where only other ones were seen, such as 522', () => {
    const { label, text } = onsetHeadline(withOnset({ any: steady }))
    expect(label).toBe('error onset')
    expect(text).toMatch(/^at no particular rate: 1 % of the requests met a gateway error, first at 300/)
  })

  test('counts what was seen but gives no rate when the run cannot be believed', () => {
    expect(onsetHeadline(doubted).text).toBe('not trustworthy: 10 034 × 502 seen, which proves nothing here')
  })

  test('cannot tell where no window counts', () => {
    const nothing: Report = { ...emptyReport(), trust: { ok: true, reasons: [], notes: [] } }
    expect(onsetHeadline(nothing).value).toBe('cannot tell')
  })
})

describe('the headroom', () => {
  const measured = { bound: 'measured', rps: 842, low: 800, high: 900 } as const

  test('is counted from the lower end of the knee: 800/s is 60 % above 500/s', () => {
    expect(headroomHeadline(withKnee(measured, 500)).text).toBe('60 %: 300/s above the peak of 500/s')
  })

  test('cannot be told for a peak inside the interval', () => {
    expect(headroomHeadline(withKnee(measured, 850)).text).toBe(
      "cannot tell: the peak of 850/s lies inside the knee's interval",
    )
  })

  test('is missing for a peak above the interval: 1684/s is twice 842/s', () => {
    expect(headroomHeadline(withKnee(measured, 1684)).text).toBe(
      'short by 842/s: the peak of 1 684/s is 200 % of the knee',
    )
  })

  test('is "at least" where the knee was not reached', () => {
    const atLeast = { bound: 'at-least', rps: 600, low: 600, high: null } as const
    expect(headroomHeadline(withKnee(atLeast, 500)).text).toBe('at least 20 %: 100/s above the peak of 500/s')
    expect(headroomHeadline(withKnee(atLeast, 700)).text).toBe(
      'cannot tell: the peak of 700/s is above what was shown to hold',
    )
  })

  test('is short by at least the difference where the knee is only known from above', () => {
    const atMost = { bound: 'at-most', rps: 50, low: null, high: 50 } as const
    expect(headroomHeadline(withKnee(atMost, 100)).text).toBe(
      'short by at least 50/s: the peak of 100/s is at least 200 % of the knee',
    )
    expect(headroomHeadline(withKnee(atMost, 20)).value).toBe('cannot tell')
  })

  test('gives way to the rate to plan for where no peak was given', () => {
    const headline = headroomHeadline(withKnee(measured, null))
    expect([headline.label, headline.value]).toEqual(['plan for', 'up to 661/s'])
  })

  test('is never a number in a run that cannot be believed', () => {
    expect(headroomHeadline(doubted).text).not.toMatch(/\d/)
  })
})
