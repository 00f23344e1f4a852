import { expect, test } from 'vitest'
import { latestRows, sectionOf, withSection } from '../../../bench/support/document-section.ts'
import { formatFigure, markdownTable, readMarkdownTable } from '../../../bench/support/format-table.ts'

const DOCUMENT = `# Benchmarks

Written by hand.

<!-- a -->

old a

<!-- /a -->

Between.

<!-- b -->

old b

<!-- /b -->
`

test('a bench rewrites its own section and nothing else', () => {
  const changed = withSection(DOCUMENT, 'a', '| new |\n')
  expect(changed).toBe(DOCUMENT.replace('old a', '| new |'))
  expect(sectionOf(changed, 'a')).toBe('| new |')
  expect(sectionOf(changed, 'b')).toBe('old b')
})

test('a section that is not there is an error, not a longer document', () => {
  expect(() => withSection(DOCUMENT, 'c', 'text')).toThrow('no section between <!-- c --> and <!-- /c -->')
})

const COLUMNS = [
  { head: 'run', align: 'left' },
  { head: 'ratio', align: 'right' },
] as const

test('the rows of the last table in a text can be read again', () => {
  const rows = [
    ['today', '0.83'],
    ['yesterday', '0.81'],
  ]
  const other = markdownTable(COLUMNS, [['not', 'this']])
  expect(readMarkdownTable(`${other}\n\nwords\n\n${markdownTable(COLUMNS, rows)}\n`)).toEqual(rows)
  expect(readMarkdownTable('no table')).toEqual([])
  expect(readMarkdownTable('')).toEqual([])
})

test('the latest run comes first and the oldest goes', () => {
  expect(latestRows(['4'], [['3'], ['2'], ['1']], 3)).toEqual([['4'], ['3'], ['2']])
})

test('figures have three digits, or all of their whole part', () => {
  expect([0, 0.1234, 9.876, 54.32, 999.4, 104_321.5, 1_234_567].map(value => formatFigure(value))).toEqual([
    '0.00',
    '0.12',
    '9.88',
    '54.3',
    '999',
    '104 322',
    '1 234 567',
  ])
  expect(formatFigure(Number.NaN)).toBe('–')
})
