import type { Exchange } from '../result/exchange.ts'

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

  /** The one that has waited longest. */
  get first(): Waiting | undefined {
    return this.#line[this.#head]
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
