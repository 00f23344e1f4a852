import { Socket } from 'node:net'
import type { Client } from 'autocannon'
import { breakCodeOf, failureCodeOf } from '../http/failure-of.ts'
import type { SocketOpener } from '../http/open-socket.ts'
import type { PreparedRequest } from '../http/prepared-request.ts'
import type { Exchange } from '../result/exchange.ts'
import { TIMED_OUT, failedCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { asClosedClient, expectNoBodyOfHead, requestNotes } from './closed-client.ts'
import type { ClosedClient, ResponseHead } from './closed-client.ts'
import type { WeightedTurns } from './closed-turns.ts'

/** What a connection asks of its worker, and tells it; times in ns from the start of the trial. */
export interface ClosedHost {
  readonly opener: SocketOpener
  readonly requests: readonly PreparedRequest[]
  now(): number
  /** The time, if this connection may send now; else a negative number. */
  admit(connection: number): number
  /** A request is sent: counts it, and sets the window that it is counted in. */
  begin(exchange: ClosedConnection): void
  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void
  opened(connectNs: number, tlsNs: number, resumed: boolean): void
  wantsSample(request: number, code: OutcomeCode): boolean
  sample(exchange: Exchange, code: OutcomeCode, text: string): void
}

/** Until the next attempt after a connection that gave no answer: a target that refuses is not to be hammered. */
const RETRY_AFTER_MS = 100
const SAMPLE_LENGTH = 4096

/**
 * One of the connections of a closed model: sends its next request when its last one was answered. The loop, the
 * deadline and the parser are those of an autocannon client. The sockets are ours, because autocannon's own cannot be
 * counted on: a request that is cut off by the server's FIN is lost uncounted, an error after it opens a second
 * connection beside the first, what is half read is parsed on into the next answer, a target that refuses is tried
 * again at once without end, and certificates are never verified.
 */
export class ClosedConnection implements Exchange {
  window = 0
  request = 0
  intendedAt = 0
  sentAt = -1
  firstByteAt = -1
  bytesRead = 0
  readonly #number: number
  readonly #client: ClosedClient
  readonly #turns: WeightedTurns
  readonly #host: ClosedHost
  readonly #send: () => void
  #socket: Socket | undefined
  #isOpen = false
  #awaits = false
  #keepsAlive = true
  /** Answers on this socket. */
  #answers = 0
  #retry: NodeJS.Timeout | undefined
  #closed = false
  #sample: string | undefined

  /** To be called by autocannon's `setupClient`: before the client opens its first connection. */
  constructor(client: Client, number: number, turns: WeightedTurns, host: ClosedHost) {
    const own = asClosedClient(client)
    this.#number = number
    this.#client = own
    this.#turns = turns
    this.#host = host
    this.#send = own._doRequest.bind(own)
    own.conn = new Socket()
    own._doRequest = () => void this.go()
    own._connect = () => {
      // Called once when all is set up, and then whenever a deadline has passed.
      own._connect = () => this.#expire()
      expectNoBodyOfHead(own, () => host.requests[this.request]!.isHead)
    }
    own.getRequestBuffer = () => host.requests[this.request]!.bytes
    own.pipelinedRequests = requestNotes()
    const events: NodeJS.EventEmitter = own
    events.on('headers', (head: ResponseHead) => this.#readHead(head))
    events.on('body', (body: Buffer) => this.#readBody(body))
    events.on('response', (status: number) => this.#answered(status))
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Sends the next request, unless one is under way or none may be sent now. True when one was sent. */
  go(): boolean {
    if (this.#awaits || this.#retry !== undefined || this.#closed) return false
    const now = this.#host.admit(this.#number)
    if (now < 0) {
      this.#leave()
      return false
    }
    this.#socket ??= this.#connect()
    this.#awaits = true
    this.request = this.#turns.next()
    this.intendedAt = now
    this.sentAt = this.#isOpen ? now : -1
    this.firstByteAt = -1
    this.bytesRead = 0
    this.#sample = undefined
    this.#client.timeout = this.#host.requests[this.request]!.deadline / 1e6
    this.#host.begin(this)
    this.#send()
    return true
  }

  /** Gives up what is under way, and sends nothing more. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    if (this.#awaits) this.#fail(failedCode('abandoned'), 'the trial was ended')
    this.#leave()
  }

  #connect(): Socket {
    const { opener } = this.#host
    const socket = opener.open()
    const startedAt = this.#host.now()
    let connectedAt = startedAt
    this.#client.conn = socket
    this.#client.parser.reinitialize('RESPONSE')
    socket.once('connect', () => (connectedAt = this.#host.now()))
    socket.once(opener.event, () => {
      if (socket !== this.#socket) return
      const now = this.#host.now()
      this.#isOpen = true
      if (this.#awaits) this.sentAt = now
      const tlsNs = opener.event === 'secureConnect' ? now - connectedAt : -1
      this.#host.opened(connectedAt - startedAt, tlsNs, opener.resumed(socket))
    })
    socket.on('data', chunk => this.#receive(socket, chunk))
    socket.on('error', error => this.#lost(socket, error))
    socket.on('end', () => this.#lost(socket, undefined))
    socket.on('close', () => this.#lost(socket, undefined))
    return socket
  }

  #receive(socket: Socket, chunk: Buffer): void {
    if (socket !== this.#socket) return
    if (!this.#awaits) {
      // Bytes that nobody asked for: the connection cannot be trusted with a request.
      this.#leave()
      return
    }
    if (this.firstByteAt < 0) this.firstByteAt = this.#host.now()
    this.bytesRead += chunk.length
    const read = this.#client.parser.execute(chunk)
    if (read instanceof Error && socket === this.#socket && this.#awaits)
      this.#fail(failedCode('invalid-response'), `${read.message}\r\n\r\n${chunk.toString('latin1')}`)
  }

  #readHead({ statusCode, statusMessage, headers, shouldKeepAlive }: ResponseHead): void {
    this.#keepsAlive = shouldKeepAlive
    if (statusCode < 200 || !this.#host.wantsSample(this.request, statusCode)) return
    const lines = headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1]}`] : []))
    this.#sample = [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n')
  }

  #readBody(body: Buffer): void {
    if (this.#sample !== undefined && this.#sample.length < SAMPLE_LENGTH)
      this.#sample += body.toString('latin1', 0, SAMPLE_LENGTH)
  }

  #answered(status: number): void {
    // The client takes an interim answer (RFC 9110 §15.2) for the answer itself, which is still to come.
    if (status < 200 || !this.#awaits) return
    this.#awaits = false
    this.#answers += 1
    if (this.#sample !== undefined) this.#host.sample(this, status, this.#sample)
    this.#host.end(this, status, this.#host.now())
    // Now the client asks again, by `go`.
    if (!this.#keepsAlive) this.#leave()
  }

  /** The client has already destroyed the socket. */
  #expire(): void {
    if (this.#awaits) this.#fail(TIMED_OUT, 'no complete answer within the deadline')
    else this.#leave()
  }

  #lost(socket: Socket, error: NodeJS.ErrnoException | undefined): void {
    if (socket !== this.#socket) return
    const wasOpen = this.#isOpen
    if (!this.#awaits) {
      this.#leave()
      return
    }
    if (error === undefined) {
      this.#keepsAlive = false
      this.#client.parser.finish()
      if (socket !== this.#socket) return
    }
    const code =
      error === undefined ? failedCode('closed-early') : wasOpen ? breakCodeOf(error) : failureCodeOf(error)
    this.#fail(code, error?.message ?? 'the connection was closed before the answer was complete')
  }

  #fail(code: OutcomeCode, text: string): void {
    const isFirst = this.#answers === 0 && code !== TIMED_OUT
    this.#awaits = false
    this.#leave()
    if (this.#host.wantsSample(this.request, code)) this.#host.sample(this, code, text)
    this.#host.end(this, code, this.#host.now())
    if (!isFirst) this.go()
    else if (!this.#closed) {
      this.#retry = setTimeout(() => {
        this.#retry = undefined
        this.go()
      }, RETRY_AFTER_MS)
    }
  }

  #leave(): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#isOpen = false
    this.#answers = 0
    socket?.destroy()
  }
}
