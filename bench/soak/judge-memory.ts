import { median } from '../support/median.ts'

/** Resident memory at one moment of a run. */
export interface MemorySample {
  /** From the start of the load. */
  readonly atSeconds: number
  readonly bytes: number
}

export interface MemoryFigures {
  readonly peakDuringLoad: number
  /** After the load: judging, writing the report. */
  readonly peakConcluding: number
  /** Line of least squares through the load after its first minute; NaN with fewer than two samples. */
  readonly slopeBytesPerMinute: number
  /** Medians of the second minute of the load and of its last one. */
  readonly secondMinute: number
  readonly lastMinute: number
  /** Undefined for a load of less than three minutes, whose second minute is its last or nearly so. */
  readonly flat: boolean | undefined
}

const MINUTE = 60
const SHORTEST_SECONDS = 3 * MINUTE

/** Memory is flat when the last minute stays within these of the second one. */
export const FLAT = { factor: 1.05, slackBytes: 5e6 } as const

export function judgeMemory(samples: readonly MemorySample[], loadSeconds: number): MemoryFigures {
  const between = (from: number, to: number): MemorySample[] =>
    samples.filter(({ atSeconds }) => atSeconds >= from && atSeconds < to)
  const peak = (some: readonly MemorySample[]): number =>
    some.reduce((most, { bytes }) => Math.max(most, bytes), 0)
  const middle = (some: readonly MemorySample[]): number => median(some.map(({ bytes }) => bytes))
  const secondMinute = middle(between(MINUTE, Math.min(2 * MINUTE, loadSeconds)))
  const lastMinute = middle(between(loadSeconds - MINUTE, loadSeconds))
  return {
    peakDuringLoad: peak(between(-Infinity, loadSeconds)),
    peakConcluding: peak(between(loadSeconds, Infinity)),
    slopeBytesPerMinute: slope(between(MINUTE, loadSeconds)) * MINUTE,
    secondMinute,
    lastMinute,
    flat:
      loadSeconds < SHORTEST_SECONDS ? undefined : lastMinute <= FLAT.factor * secondMinute + FLAT.slackBytes,
  }
}

/** Bytes per second. */
function slope(samples: readonly MemorySample[]): number {
  const n = samples.length
  const meanAt = samples.reduce((sum, { atSeconds }) => sum + atSeconds, 0) / n
  const meanBytes = samples.reduce((sum, { bytes }) => sum + bytes, 0) / n
  const products = samples.map(({ atSeconds, bytes }) => (atSeconds - meanAt) * (bytes - meanBytes))
  const squares = samples.map(({ atSeconds }) => (atSeconds - meanAt) ** 2)
  return products.reduce((a, b) => a + b, 0) / squares.reduce((a, b) => a + b, 0)
}
