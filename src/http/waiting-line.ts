import type { Exchange } from '../result/exchange.ts'

/** A line no longer than this is looked through whole every time. */
const SHORT_LINE = 256
const FULL_LOOK_NS = 100e6

/** A request that is due and waits for a connection. */
export interface Waiting extends Exchange {
  readonly deadlineAt: number
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

  get length(): number {
    return this.#line.length - this.#head
  }

  get begun(): number {
    return this.#begun
  }

  push(waiting: Waiting): void {
    this.#line.push(waiting)
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
   * Takes out those whose deadline has passed. The ones at the head have waited longest, so with one deadline for all
   * they are the ones; a long line, when the target or this machine is overrun, is looked through ten times a second.
   */
  expire(now: number, removed: (waiting: Waiting, begun: boolean) => void): void {
    if (this.length <= SHORT_LINE || now >= this.#nextFullLook) {
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
