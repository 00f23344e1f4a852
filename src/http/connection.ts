import type { Socket } from 'node:net'
import type { Exchange } from '../result/exchange.ts'
import { openEvent, openSocket } from './address.ts'
import type { Address } from './address.ts'
import { ResponseParser } from './response-parser.ts'

/** What a connection reports to the pool that owns it. */
export interface ConnectionOwner {
  opened(connection: Connection): void
  /** Bytes lie in `bytes` until this returns; plain sockets of a thread share one buffer. */
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
  /** What came first, kept while its kind is still wanted as a sample. */
  firstRead: string | undefined
  /** Position in the pool's list of busy connections; negative while it carries nothing. */
  busyAt = -1
  alive = true
  readonly startedAt: number
  readonly parser: ResponseParser = new ResponseParser()
  readonly #socket: Socket

  constructor(address: Address, owner: ConnectionOwner, readBuffer: Uint8Array, now: number) {
    this.startedAt = now
    const onread = {
      buffer: readBuffer,
      callback: (length: number): boolean => {
        owner.received(this, readBuffer, length)
        return true
      },
    }
    const socket = openSocket(address, onread)
    this.#socket = socket
    let failure: NodeJS.ErrnoException | undefined
    const lose = (): void => {
      if (!this.alive) return
      this.alive = false
      owner.lost(this, failure)
      socket.destroy()
    }
    socket.once(openEvent(address), () => {
      if (this.alive) owner.opened(this)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure = error
      lose()
    })
    socket.on('end', lose)
    socket.on('close', lose)
    // TLS sockets hand out their own buffers; with `onread` a plain socket never emits `data`.
    if (openEvent(address) === 'secureConnect') {
      socket.on('data', (bytes: Buffer) => owner.received(this, bytes, bytes.length))
    }
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
