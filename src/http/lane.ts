import type { Connection } from './connection.ts'
import { WaitingLine } from './waiting-line.ts'
import type { Waiting } from './waiting-line.ts'

/**
 * Connections that serve each other's requests, and the requests that wait for one of them. There is one lane for
 * all, or one for each user.
 */
export class Lane {
  readonly idle: Connection[] = []
  readonly waiting: WaitingLine = new WaitingLine()
  /** Connections that are being opened for it. */
  opening = 0
  readonly #spare: Waiting[] = []

  /** An idle connection is gone. Servers close the longest idle ones first, and those stand at the head. */
  forget(connection: Connection): void {
    const at = this.idle.indexOf(connection)
    if (at >= 0) this.idle.splice(at, 1)
  }

  /** Puts a due request into the line. The records of requests that have left it are used again. */
  wait(window: number, request: number, intendedAt: number, deadlineAt: number): void {
    const waiting = this.#spare.pop() ?? { ...BLANK }
    waiting.window = window
    waiting.request = request
    waiting.intendedAt = intendedAt
    waiting.deadlineAt = deadlineAt
    this.waiting.push(waiting)
  }

  /** A request that has left the line and is not needed any more. */
  recycle(waiting: Waiting): void {
    this.#spare.push(waiting)
  }
}

const BLANK: Waiting = {
  window: 0,
  request: 0,
  intendedAt: 0,
  deadlineAt: 0,
  sentAt: -1,
  firstByteAt: -1,
  bytesRead: 0,
}
