import type { Random } from '../units/random.ts'
import type { EventHeap } from './event-heap.ts'
import type { JobPool } from './job-pool.ts'
import type { Tally } from './tally.ts'

/** What the parts of a simulated system share. */
export interface World {
  /** Seconds since the replication began. */
  now: number
  readonly jobs: JobPool
  readonly events: EventHeap
  readonly tally: Tally
  /** Draws that decide: hits, choices, errors, pauses. Arrivals and service have their own. */
  readonly luck: Random
}
