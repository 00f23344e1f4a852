import type { Exchange } from '../result/exchange.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { Connection } from './connection.ts'
import type { ConnectionOwner } from './connection.ts'
import { encodeRequest } from './encode-request.ts'
import { FirstSamples, sampleText } from './first-samples.ts'
import { breakCodeOf, failureCodeOf } from './failure-of.ts'
import type { EngineOptions, EngineSink, LoadEngine } from './load-engine.ts'
import { WaitingLine } from './waiting-line.ts'

const READ_BUFFER_BYTES = 65_536

/**
 * HTTP/1.1 over keep-alive connections, one request on each at a time. A due request takes the connection that
 * became free last, or has a new one opened; it never waits for an earlier request to come back. Requests are
 * never sent again.
 */
export class Engine implements LoadEngine, ConnectionOwner {
  readonly #options: EngineOptions
  readonly #sink: EngineSink
  readonly #encoded: readonly Buffer[]
  readonly #answersHead: readonly boolean[]
  readonly #deadlines: readonly number[]
  readonly #longestDeadline: number
  readonly #readBuffer = new Uint8Array(READ_BUFFER_BYTES)
  readonly #idle: Connection[] = []
  readonly #busy: Connection[] = []
  readonly #opening = new Set<Connection>()
  readonly #waiting = new WaitingLine()
  readonly #samples: FirstSamples
  #open = 0
  #opened = 0
  #closed = false
  /** Rises whenever something came in from a socket, so that the loop can tell work from waiting. */
  activity = 0

  constructor(options: EngineOptions, sink: EngineSink) {
    this.#options = options
    this.#sink = sink
    this.#encoded = options.requests.map(template => encodeRequest(template, options.target))
    this.#answersHead = options.requests.map(({ method }) => method === 'HEAD')
    this.#deadlines = options.requests.map(({ deadline }) => deadline)
    this.#longestDeadline = Math.max(...this.#deadlines)
    this.#samples = new FirstSamples(options.requests.length)
  }

  get connectionsOpen(): number {
    return this.#open
  }

  /** Connections opened since the last call. */
  takeOpened(): number {
    const opened = this.#opened
    this.#opened = 0
    return opened
  }

  warm(): void {}

  /** A request is due: sends it, or has a connection opened for it. */
  start(window: number, request: number, intendedAt: number): void {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (!connection.alive) continue
      this.#send(connection, window, request, intendedAt)
      this.#sink.late(window, connection.sentAt - intendedAt)
      return
    }
    const deadlineAt = intendedAt + this.#deadlines[request]!
    this.#waiting.push({ window, request, intendedAt, deadlineAt, sentAt: -1, firstByteAt: -1, bytesRead: 0 })
    if (this.#closed) this.close()
    else this.#openMore()
  }

  /** Ends what has passed its deadline. To be called every few milliseconds: deadlines are kept to that. */
  sweep(now: number): void {
    // Those that wait first: no connection is opened for what has timed out itself.
    this.#waiting.expire(now, (waiting, begun) => this.#expire(waiting, begun))
    for (let i = this.#busy.length - 1; i >= 0; i -= 1) {
      const connection = this.#busy[i]!
      if (connection.deadlineAt <= now) this.#fail(connection, TIMED_OUT, now)
    }
    for (const connection of this.#opening) {
      if (now - connection.startedAt > this.#longestDeadline)
        this.lost(connection, Object.assign(new Error(), { code: 'ETIMEDOUT' }))
    }
  }

  /** Gives up everything that is under way, and whatever is started later; closes all connections. */
  close(): void {
    this.#closed = true
    this.#waiting.remove(
      () => true,
      waiting => this.#sink.end(waiting, neverSentCode('trial-ended'), this.#sink.now()),
    )
    const now = this.#sink.now()
    while (this.#busy.length > 0) this.#fail(this.#busy.at(-1)!, failedCode('abandoned'), now)
    for (const connection of [...this.#idle, ...this.#opening])
      if (connection.alive) this.#discard(connection)
    this.#idle.length = 0
    this.#opening.clear()
  }

  opened(connection: Connection): void {
    this.activity += 1
    this.#opening.delete(connection)
    this.#opened += 1
    this.#free(connection)
    this.#openMore()
  }

  received(connection: Connection, bytes: Uint8Array, length: number): void {
    this.activity += 1
    if (connection.busyAt < 0) {
      // Bytes that nobody asked for, such as a 408 for idling: the connection cannot be trusted with a request.
      this.#discard(connection)
      return
    }
    const { parser } = connection
    const whole = !parser.started
    const end = parser.execute(bytes, 0, length)
    connection.bytesRead += end
    if (whole && this.#samples.isWanted(connection.request, parser.status))
      connection.firstRead = sampleText(bytes.subarray(0, end))
    if (parser.done) this.#answered(connection, end < length)
    else if (parser.invalid !== undefined) {
      const code = failedCode('invalid-response')
      this.#sample(connection, code, `${parser.invalid}\r\n\r\n${sampleText(bytes.subarray(0, length))}`)
      this.#fail(connection, code, this.#sink.now())
    }
  }

  lost(connection: Connection, error: NodeJS.ErrnoException | undefined): void {
    this.activity += 1
    if (this.#opening.delete(connection)) {
      this.#connectFailed(connection, error)
      return
    }
    if (connection.busyAt < 0) {
      this.#open -= 1
      return
    }
    if (error === undefined && connection.parser.endOfInput()) {
      this.#answered(connection, true)
      return
    }
    const code = error === undefined ? failedCode('closed-early') : breakCodeOf(error)
    this.#sample(
      connection,
      code,
      error?.message ?? 'the connection was closed before the answer was complete',
    )
    this.#fail(connection, code, this.#sink.now())
  }

  #send(connection: Connection, window: number, request: number, intendedAt: number): void {
    connection.window = window
    connection.request = request
    connection.intendedAt = intendedAt
    connection.deadlineAt = intendedAt + this.#deadlines[request]!
    connection.bytesRead = 0
    connection.firstByteAt = -1
    connection.firstRead = undefined
    connection.parser.begin(this.#answersHead[request]!)
    connection.busyAt = this.#busy.length
    this.#busy.push(connection)
    connection.sentAt = this.#sink.now()
    connection.send(this.#encoded[request]!)
  }

  #answered(connection: Connection, mustClose: boolean): void {
    const { parser } = connection
    if (connection.firstRead !== undefined) this.#sample(connection, parser.status, connection.firstRead)
    this.#release(connection)
    this.#sink.end(connection, parser.status, this.#sink.now())
    if (mustClose || !parser.keepAlive || !connection.alive) {
      this.#discard(connection)
      this.#openMore()
    } else this.#free(connection)
  }

  /** The connection can carry the next request: the longest waiting one, or whichever is due next. */
  #free(connection: Connection): void {
    const begun = this.#waiting.begun > 0
    const waiting = this.#waiting.shift()
    if (waiting === undefined) {
      this.#idle.push(connection)
      return
    }
    this.#send(connection, waiting.window, waiting.request, waiting.intendedAt)
    if (!begun) this.#sink.late(waiting.window, connection.sentAt - waiting.intendedAt)
  }

  /**
   * Sees to it that a connection is being opened for each waiting request, as far as the limits allow. One that was
   * begun for a request which was then served by another is there for the next.
   */
  #openMore(): void {
    const { address, maxConnections, maxConnecting } = this.#options
    while (this.#waiting.begun < this.#waiting.length) {
      const now = this.#sink.now()
      if (this.#waiting.begun >= this.#opening.size) {
        if (this.#opening.size >= maxConnecting || this.#open >= maxConnections) return
        this.#open += 1
        this.#opening.add(new Connection(address, this, this.#readBuffer, now))
      }
      const waiting = this.#waiting.begin()!
      this.#sink.late(waiting.window, now - waiting.intendedAt)
    }
  }

  /** A connection could not be made: that ends the request that has waited longest for one, if any did for this. */
  #connectFailed(connection: Connection, error: NodeJS.ErrnoException | undefined): void {
    connection.destroy()
    this.#open -= 1
    if (this.#waiting.begun > this.#opening.size) {
      const waiting = this.#waiting.shift()!
      const code = error === undefined ? failedCode('connect-failed') : failureCodeOf(error)
      this.#sample(waiting, code, error?.message ?? 'closed while connecting')
      this.#sink.end(waiting, code, this.#sink.now())
    }
    this.#openMore()
  }

  /**
   * The deadline of a request passed while it had no connection. That is the target's doing when it does not complete
   * the handshakes; otherwise all allowed connections were waiting for answers.
   */
  #expire(waiting: Exchange, begun: boolean): void {
    const handshakesStuck = begun || this.#opening.size >= this.#options.maxConnecting
    const code = handshakesStuck ? TIMED_OUT : neverSentCode('no-free-connection')
    this.#sink.end(waiting, code, this.#sink.now())
  }

  #fail(connection: Connection, code: OutcomeCode, now: number): void {
    this.#release(connection)
    this.#sink.end(connection, code, now)
    this.#discard(connection)
    this.#openMore()
  }

  #discard(connection: Connection): void {
    this.#open -= 1
    connection.destroy()
  }

  /** Takes the connection out of the list of busy ones; the last one takes its place. */
  #release(connection: Connection): void {
    const last = this.#busy.pop()!
    if (last !== connection) {
      this.#busy[connection.busyAt] = last
      last.busyAt = connection.busyAt
    }
    connection.busyAt = -1
  }

  #sample(exchange: Exchange, code: OutcomeCode, text: string): void {
    if (!this.#samples.isWanted(exchange.request, code)) return
    this.#samples.taken(exchange.request, code)
    this.#sink.sample(exchange, code, text)
  }
}
