import { expect, test } from 'vitest'
import { fitBlocks } from '../../../../src/report/markdown/fit-blocks.ts'
import type { CutBlock } from '../../../../src/report/markdown/fit-blocks.ts'

const rows = (count: number, text: string): CutBlock => ({
  lead: ['| head |', '| --- |'],
  rows: Array.from({ length: count }, (_, index) => `| ${text} ${index + 1} |`),
  called: 'rows',
})

test('what fits is left as it is, blocks apart by an empty line', () => {
  expect(fitBlocks(['# a', rows(2, 'b'), 'c'], 1000)).toBe(
    '# a\n\n| head |\n| --- |\n| b 1 |\n| b 2 |\n\nc\n',
  )
})

test('the longest table keeps half of its rows, again and again, and says how many it shows', () => {
  // 64 rows of 26 characters and a line feed are 1 728; 32 of them are 864, below 1 000 with all the rest.
  const text = fitBlocks(['# a', rows(64, 'x'.repeat(20)), rows(8, 'short'), 'end'], 1200)
  expect(text).toContain(
    '*The first 32 of 64 rows: this text has a limit; the report itself has all of them.*',
  )
  expect(text.match(/x{20}/g)).toHaveLength(32)
  expect(text.match(/short/g)).toHaveLength(8)
  expect(text.length).toBeLessThan(1200)
  expect(text.endsWith('\n\nend\n')).toBe(true)
})

test('one row always stays', () => {
  const text = fitBlocks([rows(5, 'x'.repeat(50))], 10)
  expect(text).toContain('The first 1 of 5 rows')
  expect(text.match(/x{50}/g)).toHaveLength(1)
})
