import type { Nanoseconds } from '../units/quantity.ts'
import type { Plan } from '../plan/plan.ts'
import type { EncodedHistogram } from './histogram.ts'
import type { Outcome } from './outcome.ts'
import type { SearchRecord } from './search-record.ts'

/**
 * The contract out: everything that was measured, and nothing that was concluded. Plain, versioned JSON.
 * Right of it nothing knows how load was made; every number in a report can be recomputed from it.
 */
export interface Result {
  readonly schema: 'plimsoll/result@1'
  readonly plan: Plan
  readonly run: RunFacts
  readonly ended: Ending
  /** In order of time, one for each span of `layOutWindows(plan)` that was reached. */
  readonly windows: readonly IntervalWindow[]
  /** Ended after the last window: late answers to requests that windows count as offered. */
  readonly drain: Flow
  /** A few answers and failures as they came, the first of each kind. */
  readonly samples: readonly Sample[]
  /** What a search did and concluded; only where the plan is one. */
  readonly search?: SearchRecord
}

export interface RunFacts {
  readonly id: string
  readonly toolVersion: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly endedAt: string
  readonly workers: number
  /** `timer` sleeps until a start is due and sends up to a few ms late (`--low-cpu`). Absent: `spin`. */
  readonly pacing?: Pacing
  /** What the generator makes against a responder in its own process. Absent: not measured. */
  readonly calibration?: Calibration
  /** The runs that a resumed search goes on from, first to last. */
  readonly resumedFrom?: readonly EarlierRun[]
  /** What every connection went to, e.g. `127.0.0.1:8080` or `unix:/run/app.sock`. */
  readonly connectedTo: string
  readonly scenario: {
    readonly file: string | null
    /** The URL that was searched instead of a file. */
    readonly url?: string
    readonly digest: string
    readonly text: string | null
    /** Flags that changed what the scenario does, as words, e.g. `--target`, `http://127.0.0.1:8080`. */
    readonly flags?: readonly string[]
  }
  readonly machine: {
    readonly platform: string
    readonly arch: string
    readonly cpuModel: string
    readonly cpus: number
    readonly memoryBytes: number
    readonly node: string
  }
}

/** A run that ended before its search was done. */
export interface EarlierRun {
  readonly id: string
  readonly startedAt: string
  readonly endedAt: string
  /** In trial time, which leaves the pause between two runs out: here the next one took over. */
  readonly until: Nanoseconds
}

/** Spin over the last milliseconds before a start is due, or sleep by timer. */
export type Pacing = 'spin' | 'timer'

/** The generator's own ceiling, measured before the first request went to the target. */
export interface Calibration {
  /** Answered requests per second when driven as fast as it goes. */
  readonly ceilingRps: number
  readonly workers: number
}

/** How the trial came to its end. `stopped`: it ended itself, for `reason`. */
export type Ending =
  | { readonly how: 'completed' }
  | { readonly how: 'interrupted'; readonly signal: 'SIGINT' | 'SIGTERM'; readonly at: Nanoseconds }
  | { readonly how: 'stopped'; readonly reason: string; readonly failure: string; readonly at: Nanoseconds }

/**
 * One slice of a trial. A request belongs to the window of its *intended* start, whenever its answer comes.
 * `flow` and `inFlight` are the other view: what happened while the clock was inside the window.
 */
export interface IntervalWindow {
  /** Index into `plan.stages`. */
  readonly stage: number
  readonly from: Nanoseconds
  readonly to: Nanoseconds
  /** Intended starts; equals the sum of `count` over `series`. */
  readonly offered: number
  /** Of these, the ones that went onto the wire. */
  readonly sent: number
  readonly series: readonly OutcomeSeries[]
  readonly flow: Flow
  /** Due and not yet ended: mean over the window, and at its end. */
  readonly inFlight: { readonly mean: number; readonly atEnd: number }
  readonly generator: GeneratorHealth
  /** Connections that were opened while the clock was inside the window. Absent in results of older versions. */
  readonly handshakes?: Handshakes
}

/** How long connections took to open; a plain connection has no TLS, a resumed session a shorter one. */
export interface Handshakes {
  /** From the attempt to the TCP (or unix) connection, name look-up not included. */
  readonly connectTimesUs: EncodedHistogram
  /** From there to the end of the TLS handshake. */
  readonly tlsTimesUs: EncodedHistogram
  /** TLS handshakes that resumed an earlier session. */
  readonly resumed: number
}

/** The requests of one window that share a request template and an outcome. */
export interface OutcomeSeries {
  /** Index into `plan.requests`. */
  readonly request: number
  readonly outcome: Outcome
  readonly count: number
  /** Earliest intended start among them. */
  readonly firstAt: Nanoseconds
  /** Bytes read from the connection for them, heads included. */
  readonly bytesRead: number
  /** From intended start to last byte (or to giving up); empty for never sent. */
  readonly responseTimesUs: EncodedHistogram
  /** From the send to last byte (or to giving up); empty for never sent. */
  readonly serviceTimesUs: EncodedHistogram
  /** From the send to the first byte of the answer. Absent in results of older versions. */
  readonly firstByteTimesUs?: EncodedHistogram
}

/** Endings by the time at which they happened. */
export interface Flow {
  /** Complete answers, whatever their status. */
  readonly answered: number
  /** Answers with an expected status. */
  readonly good: number
  /** All outcomes, answers included. */
  readonly ended: number
}

/** The generator's view of itself in one window; over several workers the worst of them, counts added. */
export interface GeneratorHealth {
  /** How long after its intended start a request was handed to a connection, or a connection was begun for it. */
  readonly latenessUs: EncodedHistogram
  /** Share of the time in which a worker's event loop did something other than wait for the next start. */
  readonly utilisation: number
  /** Longest time in which a worker's event loop did not come round. */
  readonly longestStallMs: number
  readonly garbageCollectionMs: number
  /** CPU of the whole process, in cores. */
  readonly cpuCores: number
  readonly connectionsOpened: number
  readonly connectionsOpen: number
}

export interface Sample {
  readonly request: number
  readonly outcome: Outcome
  readonly at: Nanoseconds
  /** Status line and headers as received, or the error's text; at most 2 kB. */
  readonly head: string
  /** Start of the body, at most 512 bytes. */
  readonly body: string
}
