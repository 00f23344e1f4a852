import { expect, test } from 'vitest'
import { withKeptSections } from '../../../bench/support/document-section.ts'
import { readRuns, withRun, writeRuns } from '../../../bench/support/kept-runs.ts'

const FIRST = { title: 'Seeds 1 to 200', text: 'all met\n\n| a |' }
const SECOND = { title: 'Seeds 201 to 400', text: 'one missed' }

test('runs that were written can be read again, whatever stands above them', () => {
  expect(readRuns(`## The search\n\nin words\n\n${writeRuns([FIRST, SECOND])}`)).toEqual([FIRST, SECOND])
  expect(readRuns('')).toEqual([])
})

test('the run of now comes first, replaces one of the same title, and the oldest goes', () => {
  expect(withRun(SECOND, [FIRST], 2)).toEqual([SECOND, FIRST])
  const again = { ...FIRST, text: 'met again' }
  expect(withRun(again, [SECOND, FIRST], 2)).toEqual([again, SECOND])
  expect(withRun({ title: 'third', text: '' }, [SECOND, FIRST], 2)).toEqual([
    { title: 'third', text: '' },
    SECOND,
  ])
})

test('a page that is made anew takes the sections of others along', () => {
  const before = '# Old\n\n<!-- search -->\n\nfound\n\n<!-- /search -->\n'
  expect(withKeptSections('# New\n', before, ['search', 'truth'])).toBe(
    '# New\n\n<!-- search -->\n\nfound\n\n<!-- /search -->\n\n<!-- truth -->\n\n<!-- /truth -->\n',
  )
})
