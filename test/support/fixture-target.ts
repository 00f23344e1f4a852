import type { Fate } from './fixture-result.ts'

/** What the pretended target carries per second, and how many requests it has room for. */
const CAPACITY = 842
const ROOM = 128

/** A gateway in front of it: M/M/1 below capacity, a full queue above it; what does not fit is answered 502 at once. */
export function queue(rate: number): readonly Fate[] {
  const lost = Math.max(0, 1 - CAPACITY / rate)
  const full = (1000 * ROOM) / CAPACITY
  const meanMs = rate < CAPACITY ? Math.min(full, 1000 / (CAPACITY - rate)) : full
  return [
    { outcome: { kind: 'answered', status: 200 }, share: 1 - lost, meanMs },
    { outcome: { kind: 'answered', status: 502 }, share: lost, meanMs: 0.8 },
  ]
}
