import type { TickPart } from '../../src/recording/window-part.ts'
import { NO_COUNTS } from '../../src/result/counts.ts'

/** A second in which nothing was due and nothing ended. */
export const QUIET_TICK: TickPart = {
  index: 0,
  offered: 0,
  flow: { answered: 0, good: 0, ended: 0 },
  slow: 0,
  inFlight: 0,
  response: NO_COUNTS,
  failures: [],
  health: {
    lateness: NO_COUNTS,
    utilisation: 0,
    longestStallMs: 0,
    garbageCollectionMs: 0,
    connectionsOpened: 0,
    connectionsOpen: 0,
  },
}
