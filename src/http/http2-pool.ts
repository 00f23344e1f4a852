import { Http2Connection } from './http2-connection.ts'
import type { Http2ConnectionOwner } from './http2-connection.ts'
import type { EngineOptions } from './load-engine.ts'
import { SocketOpener } from './open-socket.ts'

/**
 * The connections of an HTTP/2 engine. Requests go to the one that got room last, so that few are opened and an
 * overflow connection is left idle again once the others can carry the load.
 */
export class Http2Pool {
  readonly #opener: SocketOpener
  readonly #owner: Http2ConnectionOwner
  readonly #mostStreams: number
  readonly #maxConnections: number
  readonly #maxConnecting: number
  /** Open or being opened. */
  readonly #connections = new Set<Http2Connection>()
  readonly #opening = new Set<Http2Connection>()
  /** Connections that had room when they were put here, the latest last. */
  readonly #withRoom: Http2Connection[] = []
  #streamsEach: number

  constructor(options: EngineOptions, owner: Http2ConnectionOwner) {
    const { address, tls, transport, maxConnections, maxConnecting } = options
    this.#opener = new SocketOpener(address, tls, 'h2')
    this.#owner = owner
    this.#mostStreams = transport.streams
    this.#maxConnections = maxConnections
    this.#maxConnecting = maxConnecting
    this.#streamsEach = transport.streams
  }

  /** Connections that are open or being opened. */
  get open(): number {
    return this.#connections.size
  }

  get opening(): Iterable<Http2Connection> {
    return this.#opening
  }

  /** As many handshakes as allowed are under way. */
  get isFull(): boolean {
    return this.#opening.size >= this.#maxConnecting
  }

  /** How many streams a new connection is likely to carry: what the server allowed last. */
  get streamsEach(): number {
    return this.#streamsEach
  }

  /** Streams that the connections being opened are likely to carry. */
  get streamsToCome(): number {
    return this.#opening.size * this.#streamsEach
  }

  expect(streams: number): void {
    this.#streamsEach = Math.max(1, streams)
  }

  /** Begins one more connection, unless the limits forbid it: then false. */
  begin(): boolean {
    if (this.isFull || this.#connections.size >= this.#maxConnections) return false
    const connection = new Http2Connection(this.#opener, this.#owner, this.#mostStreams)
    this.#connections.add(connection)
    this.#opening.add(connection)
    return true
  }

  /** It is not being opened any more. False when it was not. */
  settle(connection: Http2Connection): boolean {
    return this.#opening.delete(connection)
  }

  /** The connection that got room last. */
  withRoom(): Http2Connection | undefined {
    for (;;) {
      const connection = this.#withRoom.at(-1)
      if (connection === undefined || connection.hasRoom) return connection
      connection.listed = false
      this.#withRoom.pop()
    }
  }

  /** It has room. */
  offer(connection: Http2Connection): void {
    if (connection.listed) return
    connection.listed = true
    this.#withRoom.push(connection)
  }

  /** Nothing is under way on it and nothing will be. */
  retire(connection: Http2Connection): void {
    connection.finish()
    this.remove(connection)
  }

  remove(connection: Http2Connection): void {
    this.#connections.delete(connection)
    if (!connection.listed) return
    connection.listed = false
    this.#withRoom.splice(this.#withRoom.indexOf(connection), 1)
  }

  close(): void {
    for (const connection of this.#connections) connection.destroy()
    this.#connections.clear()
    this.#opening.clear()
    this.#withRoom.length = 0
  }
}
