import { connect } from 'node:http2'
import type { ClientHttp2Session, ClientHttp2Stream, Settings } from 'node:http2'
import type { Socket } from 'node:net'
import type { Http2Request } from './http2-request.ts'
import type { SocketOpener } from './open-socket.ts'

/** Received ahead of WINDOW_UPDATE, on one stream and on a whole connection: large, so that the network is the limit. */
const STREAM_WINDOW_BYTES = 1 << 20
const CONNECTION_WINDOW_BYTES = 16 << 20
/** Of 10⁶ bytes. More than the window of the connection, which is what bounds it. */
const SESSION_MEMORY_MB = 64

const OPTIONS = {
  settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES },
  maxSessionMemory: SESSION_MEMORY_MB,
}

const NOT_CHOSEN = 'the server speaks no HTTP/2: it did not choose h2 by ALPN (RFC 7301)'

const WHOLE = { endStream: true } as const
const WITH_BODY = { endStream: false } as const

/** So long a connection is used on whose PING has no answer. */
const PONG_WITHIN_NS = 1e9

/** What the server said when it took leave of a connection (RFC 9113 §6.8). */
export interface Goaway {
  readonly code: number
  /** Streams above it were not processed. */
  readonly lastStreamId: number
}

/** What a connection reports to the pool that owns it. */
export interface Http2ConnectionOwner {
  now(): number
  /** The server's SETTINGS have come: it speaks HTTP/2, and says how many streams it takes. */
  opened(connection: Http2Connection): void
  /** Later SETTINGS have changed how many. */
  resized(connection: Http2Connection): void
  /** The server takes no further streams. */
  dismissed(connection: Http2Connection): void
  /** Once, when it can carry nothing more; `error` is absent when the other side closed in order. */
  lost(connection: Http2Connection, error: NodeJS.ErrnoException | undefined): void
}

/** One socket with one HTTP/2 session on it. */
export class Http2Connection {
  readonly startedAt: number
  /** When TCP and then TLS were through; negative until then. */
  connectedAt = -1
  securedAt = -1
  resumed = false
  /** Streams that it may carry at once; none before the server's SETTINGS, which are due as its first frame. */
  limit = 0
  /** Streams that it carries. */
  active = 0
  /** It stands in the pool's list of connections with room. */
  listed = false
  goaway: Goaway | undefined
  /** Rises with whatever the server says of its streams. */
  heard = 0
  readonly #owner: Http2ConnectionOwner
  readonly #socket: Socket
  readonly #session: ClientHttp2Session
  #alive = true
  #isOpen = false
  /** When the PING was sent that is not answered yet; negative without one. */
  #pingedAt = -1
  #isSilent = false

  constructor(opener: SocketOpener, owner: Http2ConnectionOwner, mostStreams: number) {
    this.#owner = owner
    this.startedAt = owner.now()
    const socket = opener.open()
    let failure: NodeJS.ErrnoException | undefined
    const lose = (): void => {
      if (!this.#alive) return
      this.#alive = false
      owner.lost(this, failure)
    }
    const fail = (error: NodeJS.ErrnoException): void => {
      failure ??= error
    }
    socket.once('connect', () => {
      this.connectedAt = owner.now()
    })
    if (opener.event === 'secureConnect') {
      socket.once('secureConnect', () => {
        this.securedAt = owner.now()
        this.resumed = opener.resumed(socket)
        if (opener.spoken(socket) === 'h2') return
        fail(Object.assign(new Error(NOT_CHOSEN), { code: 'ERR_TLS_NO_HTTP2' }))
        lose()
      })
    }
    const session = connect('http://localhost', { ...OPTIONS, createConnection: () => socket })
    this.#socket = socket
    this.#session = session
    session.once('connect', () => {
      if (!session.destroyed) session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
    })
    session.on('remoteSettings', ({ maxConcurrentStreams = Infinity }: Settings) => {
      if (!this.#alive) return
      this.limit = Math.min(mostStreams, maxConcurrentStreams)
      if (this.#isOpen) owner.resized(this)
      else {
        this.#isOpen = true
        owner.opened(this)
      }
    })
    session.on('goaway', (code, lastStreamId) => {
      this.goaway = { code, lastStreamId }
      if (this.#alive && this.#isOpen) owner.dismissed(this)
    })
    session.on('error', fail)
    socket.on('error', fail)
    session.on('close', lose)
  }

  /** It will carry no further request. */
  get isSpent(): boolean {
    const { closed, destroyed } = this.#session
    return closed || destroyed || !this.#alive || this.#isSilent || this.goaway !== undefined
  }

  get hasRoom(): boolean {
    return this.active < this.limit && !this.isSpent
  }

  get isDestroyed(): boolean {
    return this.#session.destroyed
  }

  /** `node:http2` gave the session up while the socket was open: what came was no HTTP/2. */
  get isBroken(): boolean {
    return this.#session.destroyed && !this.#session.closed
  }

  /** The frames are handed over here and written before the next round of the event loop. */
  request({ headers, body }: Http2Request): ClientHttp2Stream {
    if (body === undefined) return this.#session.request(headers, WHOLE)
    const stream = this.#session.request(headers, WITH_BODY)
    stream.end(body)
    return stream
  }

  /**
   * A request has timed out, and nothing at all was heard meanwhile. A server that is only slow answers PING (RFC 9113
   * §6.7). If the connection is gone, or `node:http2` has given the session up without a word (as Node 20 does on
   * some violations), it would otherwise take requests for ever.
   */
  doubt(): void {
    const now = this.#owner.now()
    if (this.#pingedAt >= 0) this.#isSilent = now - this.#pingedAt > PONG_WITHIN_NS
    else if (!this.isSpent) {
      this.#pingedAt = now
      this.#session.ping(error => {
        if (error === null) this.#pingedAt = -1
      })
    }
  }

  /** Closes once what was handed over is written (RFC 9113 §9.1); `lost` is not reported. */
  finish(): void {
    this.#alive = false
    this.#session.destroy()
    this.#socket.destroySoon()
  }

  /** Closes at once; `lost` is not reported. */
  destroy(): void {
    this.#alive = false
    this.#session.destroy()
    this.#socket.destroy()
  }
}
