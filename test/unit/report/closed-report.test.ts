import { describe, expect, test } from 'vitest'
import { renderProgressPlain } from '../../../src/report/progress-line.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import type { ReportView } from '../../../src/report/view.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { closedReport, closedReportOf, closedResult, steady } from '../../support/closed-result.ts'
import type { Seen } from '../../support/closed-result.ts'
import { launchReport } from '../../support/report-fixture.ts'

const view = viewReport(closedReport())
const viewOf = (...seen: readonly Seen[]): ReportView => viewReport(closedReportOf(closedResult(seen)))
const headlineOf = ({ headlines }: ReportView, label: string): string | undefined =>
  headlines.find(headline => headline.label === label)?.text

describe('the headlines of a closed model', () => {
  test('say from how many connections on it saturates, at how much', () => {
    expect(headlineOf(view, 'throughput')).toMatch(
      /^at least 500\/s \(saturates from about 2 connections on; 4\d\d\/s to 5\d\d\/s, 95 % confidence\)$/,
    )
  })

  test('say plainly that it cannot show a knee', () => {
    expect(headlineOf(view, 'knee')).toMatch(/^cannot tell: a closed model cannot show a knee/)
  })

  test('say with how many connections a status was first seen, not at which rate', () => {
    // 5 × 50 of 5 × (450 + 3 × 500 + 500).
    expect(headlineOf(view, '502')).toBe('first with 16 connections (2.04 % of the requests met it)')
    expect(headlineOf(viewOf(steady(1, 100), steady(64, 100)), 'gateway errors')).toBe(
      'none with up to 64 connections',
    )
  })

  test('say where it did not level off, and where the load generator was the limit', () => {
    expect(headlineOf(viewOf(steady(1, 100), steady(2, 200)), 'throughput')).toMatch(
      /^at least 200\/s \(with 2 connections; not seen to level off; /,
    )
    const busy = { generator: { utilisation: 1 } }
    expect(headlineOf(viewOf(steady(1, 100), steady(2, 200, busy)), 'throughput')).toMatch(
      /^at least 200\/s \(the load generator was the limit; /,
    )
    expect(headlineOf(viewOf(steady(1, 100, busy)), 'throughput')).toBe(
      'not trustworthy: the generator was the limit all the time',
    )
    expect(headlineOf(viewOf(steady(1, 0, { bad: 9 })), 'throughput')).toBe(
      'cannot tell: not one answer was good',
    )
  })
})

describe('the table of rungs', () => {
  const row = (wanted: string): readonly string[] =>
    view.stages.rows.map(cells => cells.map(({ text }) => text)).find(([name]) => name === wanted)!

  test('has what came back by connections; no column speaks of an offer or of times', () => {
    expect(view.stages.columns.map(({ label }) => label)).toEqual([
      'stage',
      'connections',
      'for',
      '95 % interval',
      'good/s',
      'answered/s',
      'errors',
      'outcomes',
    ])
    expect(row('1 connection')).toEqual([
      '1 connection',
      '1',
      '5 s',
      '431 to 469',
      '450',
      '450',
      '0 %',
      '200: 100 %',
    ])
    expect(row('16 connections').slice(4)).toEqual(['450', '500', '10 %', '200: 90 %, 502: 10 %'])
  })

  test('puts in brackets what the load generator limited', () => {
    const { rows, legend } = viewOf(steady(1, 100), steady(2, 150, { generator: { utilisation: 1 } })).stages
    expect(rows.map(cells => cells[4]?.text)).toEqual(['100', '(150)'])
    expect(legend).toMatch(/the load generator was the limit there; the target may carry more/)
  })

  test('shows a warm-up and what was cut short with its own figures', () => {
    const { rows } = viewOf(steady(8, 300, { warmup: true }), steady(1, 100)).stages
    expect(rows.map(cells => [cells[0]?.text, cells[3]?.text, cells[4]?.text])).toEqual([
      ['8 connections (warm-up)', '–', '300'],
      ['1 connection', '90.9 to 109', '100'],
    ])
  })
})

test('the requests have no column of an offer or of times either', () => {
  expect(view.routes.columns.map(({ label }) => label)).not.toContain('offered/s')
  expect(view.routes.rows[0]?.at(-1)?.text).toBe('with 16 connections')
})

test('the next step is an open ramp to half as much again, with the stages to paste', () => {
  expect(view.next[0]?.text).toContain(
    'stages: [{ name: warm-up, rate: 50/s, for: 10s, warmup: true }, { name: ramp, from: 50/s, to: 750/s, for: 60s }]',
  )
  expect(
    viewReport(launchReport())
      .next.map(({ text }) => text)
      .join(),
  ).not.toContain('open ramp')
})

test('what limits is that more connections bring no more', () => {
  expect(view.limits.text).toBe('Throughput: more connections bring no more good answers.')
  expect(view.limits.because).toMatch(
    /^From about 2 connections on, twice as many bring less than 5 % more; /,
  )
})

test('the charts are against connections and over time, and none of them is of response times', () => {
  expect(view.charts.map(({ title, x }) => [title, x.label])).toEqual([
    ['Answers against connections', 'connections'],
    ['Answers over time', 'seconds into the run'],
    ['Statuses against connections', 'connections'],
    ['Statuses over time', 'seconds into the run'],
  ])
  expect(view.charts[0]?.xs).toEqual([1, 2, 4, 8, 16].flatMap(n => [n, n, n, n, n]))
  expect(view.charts[0]?.series.map(({ label, values }) => [label, values.at(-1)])).toEqual([
    ['answered', 500],
    ['good', 450],
  ])
})

test('the facts of the run name the model and the ladder, no arrivals', () => {
  const facts = Object.fromEntries(view.run.map(({ label, value }) => [label, value]))
  expect(facts['model']).toMatch(/^closed, /)
  expect(facts['connections']).toBe('1, 2, 4, 8, 16')
  expect(facts['arrivals']).toBeUndefined()
})

test('the load generator is judged without lateness', () => {
  expect(view.generator.text).toBe('The generator kept up: it was busy 30 % of the time.')
  expect(view.generator.facts.map(({ label }) => label)).not.toContain('sent late by')
})

test('the terminal draws no chart of an offer that was not made', () => {
  const text = renderTerminal(view, { columns: 100, colour: false })
  expect(text).not.toMatch(/against offered load|No chart/)
  expect(text).toContain('16 connections')
})

test('the live line has neither an offer nor a p99', () => {
  const figures = {
    atSeconds: 7,
    secondsLeft: 3,
    warmup: false,
    offeredRps: 500,
    goodRps: 500,
    errorShare: 0,
  }
  const rest = { stage: '8 connections', connections: 8, p99Ms: null, inFlight: 8, draining: false }
  expect(renderProgressPlain({ ...figures, ...rest })).toBe(
    '8 connections: 7 s, good 500/s, errors 0 %, 3 s left',
  )
})
