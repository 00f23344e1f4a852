import { assert, boolean, double, integer, option, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderProgressLine, renderProgressPlain } from '../../../src/report/progress-line.ts'
import type { ProgressFigures } from '../../../src/report/progress-line.ts'
import { textWidth } from '../../../src/report/terminal/text-width.ts'

const progress: ProgressFigures = {
  atSeconds: 34,
  secondsLeft: 56,
  stage: 'ramp',
  warmup: false,
  offeredRps: 630,
  goodRps: 628,
  errorShare: 0.0021,
  p99Ms: 12.4,
  inFlight: 7,
  draining: false,
}

describe('the live line', () => {
  test('shows stage, time, rates, p99, errors, in flight and the time left', () => {
    expect(renderProgressLine(progress, 200).replaceAll(/ +/g, ' ')).toBe(
      'ramp 34 s offered 630/s good 628/s p99 12.4 ms errors 0.21 % in flight 7 56 s left',
    )
  })

  test('lets the least important figures go where there is no room', () => {
    expect(renderProgressLine(progress, 60)).toMatch(/^ramp .*good 628\/s .*errors 0\.21 %/)
    expect(renderProgressLine(progress, 60)).not.toContain('in flight')
    expect(renderProgressLine(progress, 12).trim()).toBe('ramp')
  })

  test('fits any terminal, whatever the figures, and leaves the last column free', () => {
    const figures = record({
      atSeconds: integer({ min: 0, max: 90_000 }),
      secondsLeft: integer({ min: -5, max: 90_000 }),
      stage: string({ unit: 'binary' }),
      warmup: boolean(),
      offeredRps: double({ min: 0, max: 1e6, noNaN: true }),
      goodRps: double({ min: 0, max: 1e6, noNaN: true }),
      errorShare: option(double({ min: 0, max: 1, noNaN: true })),
      p99Ms: option(double({ min: 0, max: 1e5, noNaN: true })),
      inFlight: integer({ min: 0, max: 1e6 }),
      draining: boolean(),
    })
    assert(
      property(figures, integer({ min: 1, max: 200 }), (some, columns) => {
        const line = renderProgressLine(some, columns)
        expect(textWidth(line)).toBeLessThan(columns)
        // oxlint-disable-next-line no-control-regex -- finding them is the purpose
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }),
    )
  })

  test('says when only late answers are awaited', () => {
    expect(renderProgressLine({ ...progress, draining: true }, 100)).toMatch(/^waiting for late answers/)
  })
})

describe('the line of a log', () => {
  test('is plain', () => {
    expect(renderProgressPlain(progress)).toBe(
      'ramp: 34 s, offered 630/s, good 628/s, p99 12.4 ms, errors 0.21 %, in flight 7, 56 s left',
    )
  })

  test('shows what is not known as such, and marks the warm-up', () => {
    const first = {
      ...progress,
      atSeconds: 0,
      stage: 'slow start',
      warmup: true,
      errorShare: null,
      p99Ms: null,
    }
    expect(renderProgressPlain(first)).toBe(
      'slow start (warm-up): 0 s, offered 630/s, good 628/s, p99 –, errors –, in flight 7, 56 s left',
    )
  })
})
