import { expect, test } from 'vitest'
import { claim, within, withinPercent } from '../../../../bench/accuracy/row.ts'
import type { Row, RunNote } from '../../../../bench/accuracy/row.ts'
import { writePage } from '../../../../bench/accuracy/write-page.ts'
import { writeTable } from '../../../../bench/accuracy/write-table.ts'

const run: RunNote = { latenessP99Us: 85, standing: 'trusted', attempt: 2, requests: 60_000 }

const near: Row = withinPercent(
  {
    test: 'T4',
    what: 'M/M/1: mean',
    unit: 'ms',
    expected: 2,
    drawn: 1.98,
    measured: 2.04,
    lag: 0.12,
    run,
  },
  4,
)
const far: Row = within({ test: 'T2', what: 'pause: p99', unit: 'ms', expected: 400, measured: 415, run }, 10)
const said: Row = claim({ test: 'T9', what: 'capacity', expected: 'fails', measured: 'passes', holds: false })

const facts = { machine: '2 cores.', path: { medianMs: 0.11, p99Ms: 0.4, exchanges: 2000 }, quick: false }

test('a row shows the true value, the measured one, the error in both ways, and the run behind it', () => {
  const cells = writeTable([near]).split('\n')[2]!.split(' | ')
  expect(cells).toEqual([
    '| T4',
    'M/M/1: mean',
    '2 ms',
    '2.04 ms',
    '+0.04 ms (+2 %)',
    '−0.02 ms (−1 %)',
    '±4 %, lag 0.12 ms',
    'yes',
    '85 µs',
    '2nd, 60 000 requests, trusted |',
  ])
})

test('every line of the table has as many cells as its head', () => {
  const widths = writeTable([near, far, said])
    .split('\n')
    .map(line => line.split(' | ').length)
  expect(new Set(widths).size).toBe(1)
})

test('the page counts what is met and what was repeated', () => {
  const page = writePage([near, far, said], facts)
  expect(page).toContain('**1 of 3 rows lie within their tolerance**')
  // Both figures come from the same run.
  expect(page).toContain('1 run was repeated')
  expect(page).toContain('finds 0.11 ms for that at the median')
})

test('what is not met stands under its own heading, with how far it is off', () => {
  const unmet = writePage([near, far, said], facts).split('## What is not met')[1]!
  expect(unmet).toContain('**T2, pause: p99**: off by 15 ms, which is 5 ms beyond its tolerance (±10 ms)')
  expect(unmet).toContain('**T9, capacity**: expected fails, measured passes.')
  expect(unmet).not.toContain('T4')
})

test('where all is met the page says so', () => {
  expect(writePage([near], facts)).toContain('Nothing: every row lies within its tolerance.')
})

test('a page without a path time does not speak of one', () => {
  expect(writePage([near], { ...facts, path: undefined })).not.toContain('A bare')
})
