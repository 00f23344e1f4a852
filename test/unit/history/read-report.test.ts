import { assert, json, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readReport } from '../../../src/history/read-report.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import { settingsOf } from '../../../src/history/settings-of.ts'
import { latencyNear } from '../../../src/history/latency-near.ts'
import type { Report } from '../../../src/report/report.ts'
import { stage } from '../../support/fixture-result.ts'
import { historyReport, reportText } from '../../support/history-report.ts'
import { closedReport } from '../../support/closed-result.ts'
import { launchReport } from '../../support/report-fixture.ts'
import { searchedReport } from '../../support/searched-report.ts'

describe('the row of a report', () => {
  test('has its figures as they stand in it', () => {
    const row = rowOf(historyReport({ kneeRps: 800, flags: ['--seed', '7', '--set', 'stages.0.for=5s'] }))
    expect(row).toMatchObject({
      startedAt: '2026-01-01T10:00:00.000Z',
      name: 'storefront launch',
      scenario: 'a'.repeat(64),
      settings: ['--set stages.0.for=5s'],
      target: 'http://127.0.0.1:8080',
      targetClass: 'http on this machine',
      toolVersion: '0.1.0',
      verdict: 'failed',
      trusted: true,
      ended: 'completed',
      knee: { rps: 800, low: 784, high: 816, bound: 'measured' },
      saturationRps: 842,
      onset502: { rps: 851, loadRelated: true },
      resumedFrom: [],
    })
    // The ends are 2 % below and above.
    expect(row?.kneeWidth).toBeCloseTo(0.04, 12)
  })

  test('has response times from the stage near 30 % of the knee, and none where no stage is near 60 %', () => {
    // The launch ends at a constant 200/s, which is 25 % of 800; its ramp is no constant load.
    const { stages } = launchReport()
    const recovery = stages.find(({ name }) => name === 'recovery')!
    const { p50, p95, p99 } = recovery.responseTimeMs
    const row = rowOf(historyReport({ kneeRps: 800 }))
    expect(row?.at30).toEqual({
      stage: 'recovery',
      offeredRps: recovery.offeredRps,
      p50Ms: p50,
      p95Ms: p95,
      p99Ms: p99,
    })
    expect(row?.at60).toBeNull()
  })

  test('has no width and no response times without a measured knee that can be believed', () => {
    const none = { kneeWidth: null, at30: null, at60: null }
    expect(rowOf(historyReport({ bound: 'at-least' }))).toMatchObject(none)
    expect(rowOf(historyReport({ trusted: false }))).toMatchObject(none)
  })

  test('of a search and of a closed model can be read, too', () => {
    const searched = searchedReport()
    expect(rowOf(searched)).toMatchObject({ knee: { rps: searched.capacity.knee.rps } })
    const closed = closedReport()
    expect(rowOf(closed)).toMatchObject({
      knee: { bound: 'none' },
      saturationRps: closed.saturation?.highest?.throughputRps,
    })
  })

  test('a bare URL is the same scenario on whatever port', () => {
    const report = historyReport()
    const searched = (digest: string): Report => ({
      ...report,
      run: { ...report.run, scenario: { file: null, url: 'http://127.0.0.1:1/', text: null, digest } },
    })
    expect(rowOf(searched('a'))?.scenario).toBe(rowOf(searched('b'))?.scenario)
    expect(rowOf(searched('a'))?.scenario).toMatch(/^URL: GET \//)
  })
})

describe('settings', () => {
  test('are what makes another load; where it goes and how chance falls is none', () => {
    expect(
      settingsOf(
        '--target http://x --set arrivals=even --seed 3 --insecure --gentle --low-cpu --to 500/s --allow-host x'.split(
          ' ',
        ),
      ),
    ).toEqual(['--gentle', '--set arrivals=even', '--to 500/s'])
  })
})

describe('response times near a rate', () => {
  const [figures] = launchReport().stages
  const at = (name: string, offeredRps: number, valid = true) => ({
    ...figures!,
    name,
    offeredRps,
    warmup: false,
    valid,
  })
  const stages = [stage('a', 100, 100, 5), stage('b', 110, 110, 5), stage('c', 115, 115, 5)]

  test('come from the nearest stage within a fifth', () => {
    const measured = [at('a', 100), at('b', 110), at('c', 115)]
    expect(latencyNear(108, measured, stages)?.stage).toBe('b')
    // 0.8 · 125 = 100, and 115 is nearer; 0.8 · 144 = 115.2 is above all of them.
    expect(latencyNear(125, measured, stages)?.stage).toBe('c')
    expect(latencyNear(144, measured, stages)).toBeNull()
  })

  test('leave out what the generator spoiled, and ramps', () => {
    expect(latencyNear(110, [at('a', 100), at('b', 110, false)], stages)?.stage).toBe('a')
    expect(latencyNear(110, [at('ramp', 110)], [stage('ramp', 100, 120, 5)])).toBeNull()
  })
})

describe('what a file is', () => {
  const text = reportText(historyReport())
  test.each([
    ['a report', text, 'report'],
    ['a journal', '{"schema":"plimsoll/journal@1","plan":{}}\n{"to":1}', 'journal'],
    ['a report of a schema to come', '{"schema":"plimsoll/report@2"}', 'other-schema'],
    ['JSON of somebody else', '{"schema":"k6"}', 'no-report'],
    ['no JSON', 'name: shop', 'no-report'],
    ['a list', '[1]', 'no-report'],
    ['null', 'null', 'no-report'],
    ['half a report', text.slice(0, text.length / 2), 'damaged'],
    ['a report without its parts', '{"schema":"plimsoll/report@1"}', 'damaged'],
    ['a report with a knee that is no number', text.replace(/"rps": 800/, '"rps": "800"'), 'damaged'],
    ['a report of no time', text.replace(/"startedAt": "[^"]+"/, '"startedAt": "soon"'), 'damaged'],
  ])('%s', (_, written, is) => {
    expect(readReport(written).is).toBe(is)
  })

  test('nothing that stands in a file makes reading it fail', () => {
    assert(
      property(json(), string(), (value, garbage) => {
        expect(readReport(value).is).toBe('no-report')
        expect(['no-report', 'damaged']).toContain(readReport(garbage).is)
        const odd = `{"schema":"plimsoll/report@1","run":${value},"capacity":${value},"result":${value}}`
        expect(readReport(odd).is).toBe('damaged')
      }),
    )
  })
})
