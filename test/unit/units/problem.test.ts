import { expect, test } from 'vitest'
import { formatPlace, formatProblem } from '../../../src/units/problem.ts'

test('a place is as exact as is known', () => {
  expect(formatPlace({ file: '--peak' })).toBe('--peak')
  expect(formatPlace({ file: 'a.yaml', line: 3 })).toBe('a.yaml:3')
  expect(formatPlace({ file: 'a.yaml', line: 3, column: 7 })).toBe('a.yaml:3:7')
})

test('a problem says where, what and what to write instead', () => {
  const problem = {
    code: 'x/y',
    message: 'no unit',
    fix: 'write 5/s',
    at: { file: 'a.yaml', line: 1, column: 2 },
  }
  expect(formatProblem(problem)).toBe('a.yaml:1:2 x/y\n  no unit\n  fix: write 5/s')
})
