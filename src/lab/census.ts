import { createMinHeap } from './min-heap.ts'

/** Who is in the system, waiting or served: what a server with bounded room asks before it lets anyone in. */
export interface Census {
  /** Present just after the departures up to `at`. Asked in the order of time. */
  presentAt(at: number): number
  add(departure: number): void
}

export function createCensus(): Census {
  const departures = createMinHeap<undefined>()
  return {
    presentAt(at) {
      while (departures.smallestKey() <= at) departures.pop()
      return departures.size
    },
    add: departure => departures.push(departure, undefined),
  }
}
