import type { Socket } from 'node:net'
import type { Exchange } from '../result/exchange.ts'
import type { Lane } from './lane.ts'
import type { OnRead, SocketOpener } from './open-socket.ts'
import { ResponseParser } from './response-parser.ts'

/** What a connection reports to the pool that owns it. */
export interface ConnectionOwner {
  now(): number
  opened(connection: Connection): void
  /** Bytes lie in `bytes` until this returns; the sockets of a thread share one buffer. */
  received(connection: Connection, bytes: Uint8Array, length: number): void
  /** Once, when it can carry nothing more; `error` is absent when the other side closed in order. */
  lost(connection: Connection, error: NodeJS.ErrnoException | undefined): void
}

/**
 * One socket and the one request it carries, no pipelining. It is its own `Exchange`, so that carrying a request
 * allocates nothing.
 */
export class Connection implements Exchange {
  window = 0
  request = 0
  intendedAt = 0
  sentAt = -1
  firstByteAt = -1
  deadlineAt = 0
  bytesRead = 0
  /** Position in the pool's list of busy connections; negative while it carries nothing. */
  busyAt = -1
  /** Requests that it was given so far. */
  carried = 0
  alive = true
  /** When it is closed from this side, if the other side, whose turn it is, has not done so; negative before that. */
  closeAt = -1
  readonly lane: Lane
  readonly startedAt: number
  /** When TCP was through, with TLS still to come; negative until then. */
  connectedAt = -1
  resumed = false
  readonly parser: ResponseParser = new ResponseParser()
  readonly #socket: Socket

  constructor(lane: Lane, opener: SocketOpener, owner: ConnectionOwner, readBuffer: Uint8Array) {
    this.lane = lane
    this.startedAt = owner.now()
    const onread: OnRead = {
      buffer: readBuffer,
      callback: length => {
        owner.received(this, readBuffer, length)
        return true
      },
    }
    const socket = opener.open(onread)
    this.#socket = socket
    let failure: NodeJS.ErrnoException | undefined
    const lose = (): void => {
      if (!this.alive) return
      this.alive = false
      owner.lost(this, failure)
      socket.destroy()
    }
    socket.once('connect', () => {
      this.connectedAt = owner.now()
    })
    socket.once(opener.event, () => {
      if (!this.alive) return
      this.resumed = opener.resumed(socket)
      owner.opened(this)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure = error
      lose()
    })
    socket.on('end', lose)
    socket.on('close', lose)
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  /** Closes at once; `lost` is not reported. */
  destroy(): void {
    this.alive = false
    this.#socket.destroy()
  }
}
