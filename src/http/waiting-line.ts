import type { Exchange } from '../result/exchange.ts'

/** A line no longer than this is looked through whole every time. */
const SHORT_LINE = 256
const FULL_LOOK_NS = 100e6

/** A request that is due and waits for a connection. */
export interface Waiting extends Exchange {
  window: number
  request: number
  intendedAt: number
  deadlineAt: number
  /** It was sent before, on a connection that the server had taken leave of. */
  resent?: boolean
}

/**
 * Requests that are due and have no connection yet, first come, first served. The first `begun` of them have had a
 * connection begun on their behalf; the others wait because as many as allowed are being opened or open.
 */
export class WaitingLine {
  #line: Waiting[] = []
  #head = 0
  #begun = 0
  #nextFullLook = 0
  #lastDeadline = 0
  /** The deadlines rise from the head to the end, as they do when all requests have the same time. */
  #rising = true

  get length(): number {
    return this.#line.length - this.#head
  }

  get begun(): number {
    return this.#begun
  }

  push(waiting: Waiting): void {
    if (this.length === 0) this.#rising = true
    else if (waiting.deadlineAt < this.#lastDeadline) this.#rising = false
    this.#lastDeadline = waiting.deadlineAt
    this.#line.push(waiting)
  }

  /** Puts one that was served before at the head again; it counts as one for which a connection was begun. */
  putBack(waiting: Waiting): void {
    if (this.length > 0 && waiting.deadlineAt > this.#line[this.#head]!.deadlineAt) this.#rising = false
    if (this.length === 0) this.#lastDeadline = waiting.deadlineAt
    if (this.#head > 0) {
      this.#head -= 1
      this.#line[this.#head] = waiting
    } else this.#line.unshift(waiting)
    this.#begun += 1
  }

  /** Marks the first one for which no connection was begun yet, and gives it. */
  begin(): Waiting | undefined {
    const waiting = this.#line[this.#head + this.#begun]
    if (waiting !== undefined) this.#begun += 1
    return waiting
  }

  shift(): Waiting | undefined {
    const first = this.#line[this.#head]
    if (first === undefined) return undefined
    this.#head += 1
    if (this.#begun > 0) this.#begun -= 1
    if (this.#head > 1024 && this.#head * 2 > this.#line.length) {
      this.#line = this.#line.slice(this.#head)
      this.#head = 0
    }
    return first
  }

  get first(): Waiting | undefined {
    return this.#line[this.#head]
  }

  /**
   * Takes out those whose deadline has passed: with rising deadlines they stand at the head. Otherwise the line is
   * looked through; a long one, when the target or this machine is overrun, ten times a second.
   */
  expire(now: number, removed: (waiting: Waiting, begun: boolean) => void): void {
    if (!this.#rising && (this.length <= SHORT_LINE || now >= this.#nextFullLook)) {
      this.#nextFullLook = now + FULL_LOOK_NS
      this.remove(({ deadlineAt }) => deadlineAt <= now, removed)
      return
    }
    for (let first = this.first; first !== undefined && first.deadlineAt <= now; first = this.first) {
      const begun = this.#begun > 0
      this.shift()
      removed(first, begun)
    }
  }

  /** Takes out those for which `expired` holds, telling of each whether a connection had been begun for it. */
  remove(expired: (waiting: Waiting) => boolean, removed: (waiting: Waiting, begun: boolean) => void): void {
    const kept: Waiting[] = []
    let begun = 0
    for (let i = this.#head; i < this.#line.length; i += 1) {
      const waiting = this.#line[i]!
      const wasBegun = i - this.#head < this.#begun
      if (expired(waiting)) removed(waiting, wasBegun)
      else {
        kept.push(waiting)
        if (wasBegun) begun += 1
      }
    }
    if (kept.length === this.length) return
    this.#line = kept
    this.#head = 0
    this.#begun = begun
  }
}
