import type { RunFacts } from '../result/result.ts'

/**
 * Instants of a trial on the clock of the wall, in ms since 1970, UTC. Trial time leaves out the pause before a resumed
 * run goes on, so each stretch counts from the start of its own run. Undefined where the run does not say when it began.
 */
export function wallClockMs(
  { startedAt, resumedFrom = [] }: Pick<RunFacts, 'startedAt' | 'resumedFrom'>,
  atSeconds: number,
): number | undefined {
  let takenOver = 0
  for (const earlier of resumedFrom) {
    const until = earlier.until / 1e9
    if (atSeconds < until) return later(earlier.startedAt, atSeconds - takenOver)
    takenOver = until
  }
  return later(startedAt, atSeconds - takenOver)
}

/** ISO 8601 in UTC, to the millisecond. */
export function isoInstant(ms: number): string {
  // oxlint-disable-next-line no-restricted-globals -- writes a given instant; the clock is not read
  return new Date(ms).toISOString()
}

/** The range of instants that ISO 8601 writes with a year of four digits. */
const LATEST_MS = 253_402_300_799_999

function later(iso: string, bySeconds: number): number | undefined {
  // oxlint-disable-next-line no-restricted-globals -- reads a given text; the clock is not read
  const ms = Math.round(Date.parse(iso) + bySeconds * 1000)
  return ms >= 0 && ms <= LATEST_MS ? ms : undefined
}
