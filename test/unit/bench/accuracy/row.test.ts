import { describe, expect, test } from 'vitest'
import { claim, isMet, judge, within, withinPercent } from '../../../../bench/accuracy/row.ts'
import type { FigureRow, RunNote } from '../../../../bench/accuracy/row.ts'

const run: RunNote = { latenessP99Us: 12, standing: 'trusted', attempt: 1, requests: 1000 }
const about200 = (measured: number, rest: Partial<FigureRow> = {}): FigureRow =>
  withinPercent({ test: 'T4', what: 'mean', unit: 'ms', expected: 200, measured, ...rest }, 5)

describe('a figure of 200 within 5 %', () => {
  test.each([
    [190, 'yes'],
    [210, 'yes'],
    [189.9, 'no'],
    [210.1, 'no'],
    [NaN, 'no'],
  ])('measured as %d: %s', (measured, verdict) => {
    expect(judge(about200(measured))).toBe(verdict)
  })

  test('with a lag of 3 may lie that much higher, and no lower', () => {
    expect(judge(about200(209, { lag: 3 }))).toBe('yes')
    expect(judge(about200(213, { lag: 3 }))).toBe('yes, with lag')
    expect(judge(about200(213.1, { lag: 3 }))).toBe('no')
    expect(judge(about200(189, { lag: 3 }))).toBe('no')
    expect(isMet(about200(213, { lag: 3 }))).toBe(true)
  })
})

test('an absolute tolerance is in the unit of the row', () => {
  const row = (measured: number): FigureRow =>
    within({ test: 'T2', what: 'p99', unit: 'ms', expected: 400, measured }, 10)
  expect(judge(row(410))).toBe('yes')
  expect(judge(row(410.1))).toBe('no')
  expect(row(400).allowed).toBe('±10 ms')
})

describe('a run that the tool does not stand by', () => {
  const distrusted = { ...run, standing: 'not trusted' } as const

  test('shows nothing, however near the figure', () => {
    expect(judge(about200(200, { run: distrusted }))).toBe('void')
    expect(isMet(about200(200, { run: distrusted }))).toBe(false)
  })

  test('is what a row may be about', () => {
    const row = { test: 'T12', what: 'windows void', expected: 'most', measured: 'all', run: distrusted }
    expect(judge(claim({ ...row, holds: true, meansVoid: true }))).toBe('yes')
    expect(judge(claim({ ...row, holds: false, meansVoid: true }))).toBe('no')
  })
})
