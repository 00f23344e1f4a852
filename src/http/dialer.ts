import type { Connection } from './connection.ts'
import type { Lane } from './lane.ts'
import type { EngineSink } from './load-engine.ts'

interface DialLimits {
  readonly maxConnections: number
  readonly maxConnecting: number
}

/**
 * Has connections opened as the waiting requests need them, within the limits. A request does not wait for the very
 * connection that was begun for it: one that comes free earlier serves it, and the new one is there for the next.
 */
export class Dialer {
  readonly #limits: DialLimits
  readonly #sink: Pick<EngineSink, 'now' | 'late'>
  readonly #dial: (lane: Lane) => Connection
  readonly #opening = new Set<Connection>()
  /** Lanes that would have a connection opened if a limit did not forbid it. */
  readonly #held = new Set<Lane>()
  #open = 0

  constructor(limits: DialLimits, sink: Pick<EngineSink, 'now' | 'late'>, dial: (lane: Lane) => Connection) {
    this.#limits = limits
    this.#sink = sink
    this.#dial = dial
  }

  /** Connections that are open or being opened. */
  get open(): number {
    return this.#open
  }

  get opening(): Iterable<Connection> {
    return this.#opening
  }

  /** As many handshakes as allowed are under way. */
  get isFull(): boolean {
    return this.#opening.size >= this.#limits.maxConnecting
  }

  begin(lane: Lane): void {
    this.#open += 1
    lane.opening += 1
    this.#opening.add(this.#dial(lane))
  }

  /** Sees to it that a connection is being opened for each request that waits in the lane, as the limits allow. */
  serve(lane: Lane): void {
    const { waiting } = lane
    while (waiting.begun < waiting.length) {
      const now = this.#sink.now()
      if (waiting.begun >= lane.opening) {
        if (this.isFull || this.#open >= this.#limits.maxConnections) {
          this.#held.add(lane)
          return
        }
        this.begin(lane)
      }
      const begun = waiting.begin()!
      this.#sink.late(begun.window, now - begun.intendedAt)
    }
    this.#held.delete(lane)
  }

  /** The connection is through, or will not be. False when it was not being opened. */
  settle(connection: Connection): boolean {
    if (!this.#opening.delete(connection)) return false
    connection.lane.opening -= 1
    return true
  }

  /** A connection is gone: there is room for another, in its own lane or in one that was held up. */
  release(lane: Lane): void {
    this.#open -= 1
    this.serve(lane)
    this.serveHeld()
  }

  /** Room came free under a limit. */
  serveHeld(): void {
    for (const lane of this.#held) {
      this.serve(lane)
      if (this.#held.has(lane)) return
    }
  }

  /** Gives up what is being opened, and has nothing more opened. */
  close(): void {
    for (const connection of this.#opening) connection.destroy()
    this.#open -= this.#opening.size
    this.#opening.clear()
    this.#held.clear()
  }
}
