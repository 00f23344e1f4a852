import { describe, expect, test } from 'vitest'
import { concludeProof } from '../../../../src/sizing/verify/conclude-proof.ts'
import { expectHolding, judgePeak, leastExcess } from '../../../../src/sizing/verify/judge-peak.ts'
import type {
  Holding,
  PeakFigures,
  SettingRole,
  VerifiedPeak,
} from '../../../../src/sizing/verify/verification.ts'

/** 20 000 requests in 20 s: by chance 2√40000/20000 = 2 % more may come than are answered. */
const figures = (rest: Partial<PeakFigures> = {}): PeakFigures => ({
  seconds: 20,
  offered: 20_000,
  good: 20_000,
  errors: 0,
  statuses: { '502': 0, '503': 0, '504': 0 },
  p50: 0.01,
  p99: 0.1,
  inFlight: 10,
  ...rest,
})

describe('the peak is', () => {
  test.each([
    ['held where all is answered in its time', {}, 'yes'],
    ['held with 1 % of bad endings', { errors: 200, good: 19_800 }, 'yes'],
    ['not held with more', { errors: 201, good: 19_799 }, 'no'],
    ['not held where 4 % are left behind, more than 1 % and what chance does', { good: 19_200 }, 'no'],
    ['held where 1.4 % are, 1 % and a fifth of that chance', { good: 19_720 }, 'yes'],
    ['not to be told in between', { good: 19_500 }, 'cannot-tell'],
    ['held where an earlier backlog was worked off', { good: 20_300 }, 'yes'],
    ['not to be told without requests', { offered: 0, good: 0 }, 'cannot-tell'],
  ] as const)('%s', (_, rest, holds) => {
    expect(judgePeak(figures(rest)).holds).toBe(holds)
  })

  test('expected to be held up to 98 % of the capacity, and not from 1 % and twice that chance beyond it', () => {
    expect(leastExcess(20_000)).toBeCloseTo(0.05, 12)
    expect(expectHolding(979, 1000, 20_000)).toBe('yes')
    expect(expectHolding(990, 1000, 20_000)).toBe('cannot-tell')
    // 1 − 1000/1052 = 4.9 %, 1 − 1000/1054 = 5.1 %.
    expect(expectHolding(1052, 1000, 20_000)).toBe('cannot-tell')
    expect(expectHolding(1054, 1000, 20_000)).toBe('no')
  })
})

const tried = (role: SettingRole, backends: number, expected: Holding, holds: Holding): VerifiedPeak => ({
  role,
  bought: backends,
  backends,
  capacity: 100 * backends,
  load: 250,
  expected,
  holds,
  measured: figures(),
  because: 'so it was',
  runs: 1,
  report: null,
})

describe('the proof', () => {
  const verdict = (...peaks: readonly VerifiedPeak[]): string => concludeProof(peaks).verdict
  const good = tried('recommended', 4, 'yes', 'yes')

  test('agrees where the recommended number holds and the others do as they should', () => {
    expect(
      concludeProof([good, tried('one-fewer', 3, 'yes', 'yes'), tried('too-few', 2, 'no', 'no')]),
    ).toEqual({
      verdict: 'agrees',
      because:
        'the proof agrees with the recommendation: 4 backends hold 250/s; 3 backends hold 250/s; 2 backends do not hold 250/s',
    })
    expect(concludeProof([good]).because).toMatch(/; no smaller number is sure to break$/)
  })

  test('contradicts where the recommended number does not hold, or one that should not does', () => {
    expect(verdict(tried('recommended', 4, 'yes', 'no'))).toBe('disagrees')
    expect(verdict(good, tried('one-fewer', 3, 'no', 'yes'))).toBe('disagrees')
  })

  test('decides nothing where a run that matters could not be believed', () => {
    expect(verdict(tried('recommended', 4, 'yes', 'cannot-tell'))).toBe('cannot-tell')
    expect(verdict(good, tried('one-fewer', 3, 'no', 'cannot-tell'))).toBe('cannot-tell')
    expect(verdict()).toBe('cannot-tell')
  })

  test('does not rest on what is too near to be expected', () => {
    expect(verdict(good, tried('one-fewer', 3, 'cannot-tell', 'cannot-tell'))).toBe('agrees')
    expect(verdict(tried('recommended', 4, 'cannot-tell', 'no'))).toBe('cannot-tell')
  })
})
