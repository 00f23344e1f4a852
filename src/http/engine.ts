import type { ConnectionStrategy } from '../plan/transport.ts'
import type { Exchange } from '../result/exchange.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { Connection } from './connection.ts'
import type { ConnectionOwner } from './connection.ts'
import { Dialer } from './dialer.ts'
import { FirstSamples } from '../result/first-samples.ts'
import { sampleText } from './sample-tap.ts'
import { breakCodeOf, failureCodeOf } from './failure-of.ts'
import { Lane } from './lane.ts'
import { Lingering } from './lingering.ts'
import type { EngineOptions, EngineSink, LoadEngine } from './load-engine.ts'
import { SocketOpener } from './open-socket.ts'
import { prepareRequest } from './prepared-request.ts'
import type { PreparedRequest } from './prepared-request.ts'
import type { Waiting } from './waiting-line.ts'

const READ_BUFFER_BYTES = 65_536

/**
 * HTTP/1.1, one request on each connection at a time. A due request takes a connection that its lane has free, or
 * has a new one opened; it never waits for an earlier request to come back. Requests are never sent again.
 */
export class Engine implements LoadEngine, ConnectionOwner {
  readonly #hasTls: boolean
  readonly #sink: EngineSink
  readonly #opener: SocketOpener
  readonly #requests: readonly PreparedRequest[]
  /** After so many requests a connection is closed. */
  readonly #mostRequests: number
  readonly #longestDeadline: number
  readonly #readBuffer = new Uint8Array(READ_BUFFER_BYTES)
  readonly #lanes: readonly Lane[]
  readonly #busy: Connection[] = []
  readonly #dialer: Dialer
  readonly #lingering = new Lingering()
  readonly #samples: FirstSamples
  #turn = 0
  #opened = 0
  #closed = false
  activity = 0

  /** Throws OpenSSL's error when `options.tls` holds no usable certificate, key or authority. */
  constructor(options: EngineOptions, sink: EngineSink) {
    const { requests, target, transport } = options
    this.#hasTls = options.tls !== undefined
    this.#sink = sink
    this.#opener = new SocketOpener(options.address, options.tls)
    this.#requests = requests.map(template => prepareRequest(template, target))
    this.#mostRequests = mostRequests(transport.strategy)
    this.#longestDeadline = Math.max(...requests.map(({ deadline }) => deadline))
    const lanes = transport.strategy.kind === 'per-user' ? transport.strategy.users : 1
    this.#lanes = Array.from({ length: lanes }, () => new Lane())
    this.#dialer = new Dialer(
      options,
      sink,
      lane => new Connection(lane, this.#opener, this, this.#readBuffer),
    )
    this.#samples = new FirstSamples(requests.length)
  }

  get connectionsOpen(): number {
    return this.#dialer.open
  }

  now(): number {
    return this.#sink.now()
  }

  takeOpened(): number {
    const opened = this.#opened
    this.#opened = 0
    return opened
  }

  warm(): void {
    if (!this.#closed) this.#dialer.begin(this.#lanes[0]!)
  }

  start(window: number, request: number, intendedAt: number): void {
    const lane = this.#lanes[this.#turn]!
    if (this.#lanes.length > 1) this.#turn = (this.#turn + 1) % this.#lanes.length
    const { idle } = lane
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (!connection.alive) continue
      this.#send(connection, window, request, intendedAt)
      this.#sink.late(window, connection.sentAt - intendedAt)
      return
    }
    lane.wait(window, request, intendedAt, intendedAt + this.#requests[request]!.deadline)
    if (this.#closed) this.close()
    else this.#dialer.serve(lane)
  }

  sweep(now: number): void {
    // Those that wait first: no connection is opened for what has timed out itself.
    for (const lane of this.#lanes) {
      if (lane.waiting.length > 0)
        lane.waiting.expire(now, (waiting, begun) => this.#expire(lane, waiting, begun))
    }
    for (let i = this.#busy.length - 1; i >= 0; i -= 1) {
      const connection = this.#busy[i]!
      if (connection.deadlineAt <= now) this.#fail(connection, TIMED_OUT, now)
    }
    for (const connection of this.#dialer.opening) {
      if (now - connection.startedAt > this.#longestDeadline)
        this.lost(connection, Object.assign(new Error(), { code: 'ETIMEDOUT' }))
    }
    this.#lingering.sweep(now)
  }

  close(): void {
    this.#closed = true
    const now = this.#sink.now()
    for (const lane of this.#lanes) {
      lane.waiting.remove(
        () => true,
        waiting => this.#endWaiting(lane, waiting, neverSentCode('trial-ended')),
      )
    }
    while (this.#busy.length > 0) this.#fail(this.#busy.at(-1)!, failedCode('abandoned'), now)
    this.#dialer.close()
    for (const connection of this.#lanes.flatMap(({ idle }) => idle))
      if (connection.alive) this.#discard(connection)
    for (const lane of this.#lanes) lane.idle.length = 0
    this.#lingering.sweep(Infinity)
  }

  opened(connection: Connection): void {
    this.activity += 1
    const { startedAt, connectedAt } = connection
    this.#dialer.settle(connection)
    this.#opened += 1
    const now = this.#sink.now()
    const tlsNs = this.#hasTls ? now - connectedAt : -1
    this.#sink.opened(connectedAt - startedAt, tlsNs, connection.resumed)
    this.#free(connection)
    this.#dialer.serveHeld()
  }

  received(connection: Connection, bytes: Uint8Array, length: number): void {
    this.activity += 1
    if (connection.busyAt < 0) {
      // Bytes that nobody asked for, such as a 408 for idling: the connection cannot be trusted with a request.
      if (!this.#lingering.has(connection)) this.#discard(connection)
      return
    }
    const now = this.#sink.now()
    if (connection.firstByteAt < 0) connection.firstByteAt = now
    const { parser } = connection
    const whole = !parser.started
    const end = parser.execute(bytes, 0, length)
    connection.bytesRead += end
    // Below 200 the head has not come whole, or was an interim one: what status it will be is not known yet.
    const mayBeWanted = parser.status < 200 || this.#samples.isWanted(connection.request, parser.status)
    if (whole && mayBeWanted && parser.invalid === undefined) parser.captureAfter(bytes, 0, end)
    if (parser.done) this.#answered(connection, now, end < length)
    else if (parser.invalid !== undefined) {
      const code = failedCode('invalid-response')
      this.#sample(connection, code, `${parser.invalid}\r\n\r\n${sampleText(bytes.subarray(0, length))}`)
      this.#fail(connection, code, now)
    }
  }

  lost(connection: Connection, error: NodeJS.ErrnoException | undefined): void {
    this.activity += 1
    if (this.#lingering.remove(connection)) return
    if (this.#dialer.settle(connection)) {
      this.#connectFailed(connection, error)
      return
    }
    if (connection.busyAt < 0) {
      connection.lane.forget(connection)
      this.#dialer.release(connection.lane)
      return
    }
    if (error === undefined && connection.parser.endOfInput()) {
      this.#answered(connection, this.#sink.now(), true)
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
    const prepared = this.#requests[request]!
    connection.deadlineAt = intendedAt + prepared.deadline
    connection.bytesRead = 0
    connection.firstByteAt = -1
    connection.carried += 1
    connection.parser.begin(prepared.isHead, prepared.heads)
    connection.busyAt = this.#busy.length
    this.#busy.push(connection)
    connection.sentAt = this.#sink.now()
    connection.send(connection.carried < this.#mostRequests ? prepared.bytes : prepared.lastBytes)
  }

  #answered(connection: Connection, now: number, mustClose: boolean): void {
    const { parser } = connection
    if (parser.capture !== undefined) this.#sample(connection, parser.status, parser.capture.text)
    this.#release(connection)
    this.#sink.end(connection, parser.status, now)
    if (mustClose || !connection.alive) this.#discard(connection)
    else if (parser.keepAlive && connection.carried < this.#mostRequests) {
      this.#free(connection)
      return
    } else {
      this.#lingering.add(connection, now)
      this.#dialer.release(connection.lane)
    }
  }

  /** The connection can carry the next request: the longest waiting one, or whichever is due next. */
  #free(connection: Connection): void {
    const { lane } = connection
    const begun = lane.waiting.begun > 0
    const waiting = lane.waiting.shift()
    if (waiting === undefined) {
      lane.idle.push(connection)
      return
    }
    const { window, request, intendedAt } = waiting
    lane.recycle(waiting)
    this.#send(connection, window, request, intendedAt)
    if (!begun) this.#sink.late(window, connection.sentAt - intendedAt)
  }

  /** A connection could not be made: that ends the request that has waited longest for one, if any did for this. */
  #connectFailed(connection: Connection, error: NodeJS.ErrnoException | undefined): void {
    const { lane } = connection
    connection.destroy()
    if (lane.waiting.begun > lane.opening) {
      const waiting = lane.waiting.shift()!
      const code = error === undefined ? failedCode('connect-failed') : failureCodeOf(error)
      this.#sample(waiting, code, error?.message ?? 'closed while connecting')
      this.#endWaiting(lane, waiting, code)
    }
    this.#dialer.release(lane)
  }

  /**
   * The deadline of a request passed while it had no connection. That is the target's doing when it does not complete
   * the handshakes; otherwise all allowed connections were waiting for answers.
   */
  #expire(lane: Lane, waiting: Waiting, begun: boolean): void {
    const handshakesStuck = begun || this.#dialer.isFull
    this.#endWaiting(lane, waiting, handshakesStuck ? TIMED_OUT : neverSentCode('no-free-connection'))
  }

  #endWaiting(lane: Lane, waiting: Waiting, code: OutcomeCode): void {
    this.#sink.end(waiting, code, this.#sink.now())
    lane.recycle(waiting)
  }

  #fail(connection: Connection, code: OutcomeCode, now: number): void {
    this.#release(connection)
    this.#sink.end(connection, code, now)
    this.#discard(connection)
  }

  #discard(connection: Connection): void {
    connection.destroy()
    this.#dialer.release(connection.lane)
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

function mostRequests(strategy: ConnectionStrategy): number {
  if (strategy.kind === 'per-request') return 1
  return strategy.kind === 'max-requests' ? strategy.requests : Infinity
}
