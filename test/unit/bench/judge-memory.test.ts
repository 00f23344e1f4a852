import { expect, test } from 'vitest'
import { judgeMemory } from '../../../bench/soak/judge-memory.ts'

const MB = 1e6

/** One sample per second: `bytes(t)` for a load of so many seconds and ten seconds of concluding. */
const samples = (seconds: number, bytes: (at: number) => number) =>
  Array.from({ length: seconds + 10 }, (_, at) => ({ atSeconds: at, bytes: bytes(at) }))

test('memory that rises in the first minute only is flat', () => {
  const figures = judgeMemory(
    samples(600, at => (at < 60 ? at * MB : 60 * MB)),
    600,
  )
  expect(figures.flat).toBe(true)
  expect(figures.slopeBytesPerMinute).toBeCloseTo(0)
  expect(figures.secondMinute).toBe(60 * MB)
})

test('memory that grows by 2 MB a minute from 100 MB is not', () => {
  // Medians of the second and the last minute lie eight minutes apart: 116 MB more than 1.05 × 103 + 5 = 113.15 MB.
  const figures = judgeMemory(
    samples(600, at => (100 + at / 30) * MB),
    600,
  )
  expect(figures.slopeBytesPerMinute / MB).toBeCloseTo(2)
  expect(figures.flat).toBe(false)
})

test('what it takes to conclude is kept apart from the load', () => {
  const figures = judgeMemory(
    samples(180, at => (at < 180 ? 100 : 250) * MB),
    180,
  )
  expect(figures.peakDuringLoad).toBe(100 * MB)
  expect(figures.peakConcluding).toBe(250 * MB)
  expect(figures.flat).toBe(true)
})

test('a load of one minute cannot be told to be flat', () => {
  expect(
    judgeMemory(
      samples(60, () => MB),
      60,
    ).flat,
  ).toBeUndefined()
})
