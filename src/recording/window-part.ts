import type { Counts } from '../result/counts.ts'
import type { OutcomeCode } from '../result/outcome.ts'

/** One window as one worker saw it. Crosses the thread as it is; `combineParts` makes the RESULT's window of all. */
export interface WindowPart {
  /** Position in `layOutWindows(plan)`. */
  readonly index: number
  /** End of what was covered, in ns: the span's own end, or the instant at which the trial was stopped. */
  readonly to: number
  readonly sent: number
  readonly series: readonly SeriesPart[]
  readonly flow: { readonly answered: number; readonly good: number; readonly ended: number }
  readonly inFlight: { readonly mean: number; readonly atEnd: number }
  readonly health: HealthPart
  readonly handshakes: HandshakePart
}

/** Connections that opened while the clock was inside the window. */
export interface HandshakePart {
  readonly connect: Counts
  readonly tls: Counts
  readonly resumed: number
}

export interface SeriesPart {
  readonly request: number
  readonly code: OutcomeCode
  readonly count: number
  readonly firstAt: number
  readonly bytesRead: number
  readonly response: Counts
  readonly service: Counts
  readonly firstByte: Counts
}

export interface HealthPart {
  readonly lateness: Counts
  readonly utilisation: number
  readonly longestStallMs: number
  readonly garbageCollectionMs: number
  readonly connectionsOpened: number
  readonly connectionsOpen: number
}

/** What one worker saw in the second that just passed, by the clock: what is known at once, for progress and search. */
export interface TickPart {
  readonly index: number
  readonly offered: number
  readonly flow: { readonly answered: number; readonly good: number; readonly ended: number }
  /** Good answers that took longer than the plan's search calls slow. */
  readonly slow: number
  readonly inFlight: number
  readonly response: Counts
  /** Endings without an answer, by outcome code. */
  readonly failures: readonly (readonly [OutcomeCode, number])[]
  /** Without the lateness of what was due in it and left after its end. */
  readonly health: HealthPart
}
