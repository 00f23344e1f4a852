import { describe, expect, test } from 'vitest'
import type { Level } from '../../../src/analysis/levels.ts'
import { isLimited } from '../../../src/analysis/search/is-limited.ts'
import { NO_COUNTS, countsOf } from '../../../src/result/counts.ts'
import { seconds } from '../../../src/units/quantity.ts'

/** A second at `rate`, of which 400 are answered well, each after so many ms; the rest is refused. */
const level = (rate: number, milliseconds: number): Level => {
  const good = Math.min(400, rate)
  const times = countsOf(Array.from({ length: good }, () => milliseconds * 1000))
  return {
    at: 0,
    seconds: 1,
    rate,
    offered: rate,
    good,
    bad: rate - good,
    inFlight: { mean: 1, atEnd: 1 },
    stage: 0,
    series: [
      {
        request: 0,
        outcome: { kind: 'answered', status: 200 },
        count: good,
        firstAt: seconds(0),
        good: true,
        responseTimes: times,
        serviceTimes: times,
        firstByteTimes: NO_COUNTS,
      },
    ],
  }
}
const repeated = (count: number, one: Level): readonly Level[] => Array.from({ length: count }, () => one)
const judged = (above: readonly Level[], below: readonly Level[]): boolean =>
  isLimited({ above, below, goodAtKnee: 400, isSigned: false })

describe('a rate of 400/s that is let through without any scatter', () => {
  test('is a limit where answers come as quickly as at little load', () => {
    expect(
      judged(repeated(8, level(600, 5)), [...repeated(5, level(50, 5)), ...repeated(20, level(390, 5))]),
    ).toBe(true)
  })

  test('is none where they had to wait, 200 ms for 5 ms of work', () => {
    expect(judged(repeated(8, level(600, 200)), repeated(5, level(50, 5)))).toBe(false)
  })

  test('is none either after a long hold just below the knee, at which they waited as long', () => {
    const below = [...repeated(5, level(50, 5)), ...repeated(500, level(397, 150))]
    expect(judged(repeated(8, level(600, 200)), below)).toBe(false)
  })
})
