import { createMinHeap } from './min-heap.ts'

/** Identical servers behind one queue, first come, first served, without a limit. */
export interface Slots {
  /** When a request arriving at `at` would begin to be served. */
  startOf(at: number): number
  /** Takes it in, with `work` seconds of service, and returns its departure. Arrivals come in order. */
  admit(at: number, work: number): number
}

/**
 * A request begins when it has arrived and the first slot is free: start = max(t, earliest free), departure =
 * start + S (Kiefer and Wolfowitz, Trans. AMS 78, 1955). With one slot this is D_n = max(t_n, D_{n−1}) + S_n.
 */
export function createSlots(count: number): Slots {
  const freeAt = createMinHeap<undefined>()
  for (let slot = 0; slot < count; slot += 1) freeAt.push(0, undefined)
  const startOf = (at: number): number => Math.max(at, freeAt.smallestKey())
  return {
    startOf,
    admit(at, work) {
      const departure = startOf(at) + work
      freeAt.pop()
      freeAt.push(departure, undefined)
      return departure
    },
  }
}
