import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FAILURE_CAUSES,
  NEVER_SENT_REASONS,
  TIMED_OUT,
  failedCode,
  isNeverSent,
  neverSentCode,
  outcomeOf,
} from '../../../src/result/outcome.ts'

describe('an outcome survives its code', () => {
  test.each(FAILURE_CAUSES)('failed: %s', cause => {
    expect(outcomeOf(failedCode(cause))).toEqual({ kind: 'failed', cause })
    expect(isNeverSent(failedCode(cause))).toBe(false)
  })

  test.each(NEVER_SENT_REASONS)('never sent: %s', reason => {
    expect(outcomeOf(neverSentCode(reason))).toEqual({ kind: 'never-sent', reason })
    expect(isNeverSent(neverSentCode(reason))).toBe(true)
  })

  test('timed out', () => {
    expect(outcomeOf(TIMED_OUT)).toEqual({ kind: 'timed-out' })
    expect(isNeverSent(TIMED_OUT)).toBe(false)
  })

  test('answered, whatever the status', () => {
    assert(
      property(integer({ min: 100, max: 999 }), status => {
        expect(outcomeOf(status)).toEqual({ kind: 'answered', status })
        expect(isNeverSent(status)).toBe(false)
      }),
    )
  })
})

test('no two outcomes share a code, and none but an answer has one of 100 or more', () => {
  const codes = [TIMED_OUT, ...FAILURE_CAUSES.map(failedCode), ...NEVER_SENT_REASONS.map(neverSentCode)]
  expect(new Set(codes).size).toBe(1 + FAILURE_CAUSES.length + NEVER_SENT_REASONS.length)
  expect(Math.max(...codes)).toBeLessThan(100)
})

test.each([0, 2, 9, 10 + FAILURE_CAUSES.length, 50 + NEVER_SENT_REASONS.length, 99, -1])(
  '%s is no outcome code',
  code => expect(() => outcomeOf(code)).toThrow(RangeError),
)
