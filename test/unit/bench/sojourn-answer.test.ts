import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { pairErrors, quantileOfErrors } from '../../../bench/support/paired-truth.ts'
import { answerFor, sojournUsOf } from '../../../bench/support/sojourn-answer.ts'

test('an answer’s length says its sojourn, rounded down to 5 µs', () => {
  assert(
    property(double({ min: 0, max: 99_999, noNaN: true }), sojournUs => {
      const told = sojournUsOf(answerFor(sojournUs).length)!
      expect(told).toBeLessThanOrEqual(sojournUs)
      expect(told).toBeGreaterThan(sojournUs - 5)
    }),
    { numRuns: 200 },
  )
})

test('the content length of an answer is that of its body', () => {
  const [head = '', body = ''] = answerFor(50).toString().split('\r\n\r\n')
  expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(body.length)
  expect(body.length).toBe(10)
})

test('a sojourn of 100 ms or more is told by nothing', () => {
  expect(sojournUsOf(answerFor(100_000).length)).toBeUndefined()
  expect(sojournUsOf(answerFor(5_000_000).length)).toBeUndefined()
  expect(sojournUsOf(0)).toBeUndefined()
})

test('an error is what was measured minus the truth of the same answer', () => {
  const bytes = answerFor(1000).length
  // Due at 2 s, sent 20 µs later, complete 1100 µs after it was due; the first one is due too early to count.
  const exchanges = Float64Array.from([1e9, 1e9, 1.5e9, bytes, 2e9, 2e9 + 20e3, 2e9 + 1100e3, bytes])
  const { responseUs, serviceUs } = pairErrors(exchanges, 2)
  expect([...responseUs]).toEqual([100])
  expect([...serviceUs]).toEqual([80])
})

test('an error below zero counts like one above', () => {
  const errors = Float64Array.from([-4, 1, 2, 3])
  expect(quantileOfErrors(errors, 0.5)).toBe(2)
  expect(quantileOfErrors(errors, 1)).toBe(4)
  expect(quantileOfErrors(new Float64Array(), 0.5)).toBeNaN()
})
