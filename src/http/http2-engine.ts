import type { ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2'
import type { Exchange } from '../result/exchange.ts'
import { TIMED_OUT, failedCode, neverSentCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { FirstSamples } from '../result/first-samples.ts'
import { Http2Connection } from './http2-connection.ts'
import type { Http2ConnectionOwner } from './http2-connection.ts'
import { Http2Exchange } from './http2-exchange.ts'
import type { Http2ExchangeOwner } from './http2-exchange.ts'
import { cameTooLate, failureOfOpening, failureOfStream } from './http2-failure.ts'
import { Http2Pool } from './http2-pool.ts'
import { prepareHttp2Request } from './http2-request.ts'
import type { Http2Request } from './http2-request.ts'
import type { EngineOptions, EngineSink, LoadEngine } from './load-engine.ts'
import { SAMPLE_BYTES, sampleText } from './sample-tap.ts'
import { WaitingLine } from './waiting-line.ts'
import type { Waiting } from './waiting-line.ts'

/**
 * HTTP/2, many requests at once on few connections. A due request takes a free stream of the connection that got one
 * last, or has a connection opened; otherwise it never waits for an earlier request to come back. A request is sent again
 * in one case, once: the server had closed the connection in good order before it came (`cameTooLate`).
 */
export class Http2Engine implements LoadEngine, Http2ConnectionOwner, Http2ExchangeOwner {
  readonly #hasTls: boolean
  readonly #sink: EngineSink
  readonly #requests: readonly Http2Request[]
  readonly #longestDeadline: number
  readonly #pool: Http2Pool
  readonly #waiting = new WaitingLine()
  readonly #busy: Http2Exchange[] = []
  readonly #spare: Http2Exchange[] = []
  readonly #samples: FirstSamples
  #opened = 0
  #closed = false
  activity = 0

  /** Throws OpenSSL's error when `options.tls` holds no usable certificate, key or authority. */
  constructor(options: EngineOptions, sink: EngineSink) {
    const { requests, target } = options
    this.#hasTls = options.tls !== undefined
    this.#sink = sink
    this.#requests = requests.map(template => prepareHttp2Request(template, target))
    this.#longestDeadline = Math.max(...requests.map(({ deadline }) => deadline))
    this.#pool = new Http2Pool(options, this)
    this.#samples = new FirstSamples(requests.length)
  }

  get connectionsOpen(): number {
    return this.#pool.open
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
    if (!this.#closed) this.#pool.begin()
  }

  start(window: number, request: number, intendedAt: number): void {
    const connection = this.#pool.withRoom()
    if (connection !== undefined) {
      const sentAt = this.#send(connection, window, request, intendedAt).sentAt
      this.#sink.late(window, sentAt - intendedAt)
      return
    }
    const deadlineAt = intendedAt + this.#requests[request]!.deadline
    const waiting = { window, request, intendedAt, deadlineAt, sentAt: -1, firstByteAt: -1, bytesRead: 0 }
    if (this.#closed) {
      this.#sink.end(waiting, neverSentCode('trial-ended'), this.#sink.now())
      return
    }
    this.#waiting.push(waiting)
    this.#openMore()
  }

  sweep(now: number): void {
    // Those that wait first: nothing is sent or opened for what has timed out itself.
    if (this.#waiting.length > 0) this.#waiting.expire(now, (waiting, begun) => this.#expire(waiting, begun))
    for (let i = this.#busy.length - 1; i >= 0; i -= 1) {
      // Ending one may have sent or ended others.
      const exchange = this.#busy[i]
      if (exchange === undefined || exchange.deadlineAt > now) continue
      const connection = exchange.connection!
      if (connection.heard === exchange.heardBefore) connection.doubt()
      exchange.cancel()
      this.#end(exchange, TIMED_OUT, now)
    }
    for (const connection of this.#pool.opening) {
      if (now - connection.startedAt <= this.#longestDeadline) continue
      this.lost(connection, Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' }))
    }
  }

  close(): void {
    this.#closed = true
    const now = this.#sink.now()
    const everyOne = (): boolean => true
    this.#waiting.remove(everyOne, waiting => this.#sink.end(waiting, neverSentCode('trial-ended'), now))
    while (this.#busy.length > 0) {
      const exchange = this.#busy.at(-1)!
      exchange.letGo()
      this.#end(exchange, failedCode('abandoned'), now)
    }
    this.#pool.close()
  }

  opened(connection: Http2Connection): void {
    this.activity += 1
    this.#opened += 1
    this.#pool.settle(connection)
    const { startedAt, connectedAt, securedAt, resumed } = connection
    this.#sink.opened(connectedAt - startedAt, this.#hasTls ? securedAt - connectedAt : -1, resumed)
    this.resized(connection)
  }

  resized(connection: Http2Connection): void {
    this.activity += 1
    this.#pool.expect(connection.limit)
    this.#serve(connection)
    this.#openMore()
  }

  dismissed(connection: Http2Connection): void {
    this.activity += 1
    if (connection.active === 0) this.#pool.retire(connection)
    this.#openMore()
  }

  lost(connection: Http2Connection, error: NodeJS.ErrnoException | undefined): void {
    this.activity += 1
    const wasOpening = this.#pool.settle(connection)
    connection.destroy()
    this.#pool.remove(connection)
    if (wasOpening) this.#openingFailed(connection, error)
    this.#openMore()
  }

  responded(exchange: Http2Exchange, headers: IncomingHttpHeaders): void {
    this.activity += 1
    exchange.connection!.heard += 1
    exchange.firstByteAt = this.#sink.now()
    if (this.#samples.isWanted(exchange.request, exchange.status)) exchange.firstRead = headText(headers)
  }

  received(exchange: Http2Exchange, bytes: Buffer): void {
    this.activity += 1
    exchange.connection!.heard += 1
    const { firstRead } = exchange
    if (firstRead !== undefined && firstRead.length < SAMPLE_BYTES)
      exchange.firstRead = firstRead + sampleText(bytes.subarray(0, SAMPLE_BYTES - firstRead.length))
  }

  answered(exchange: Http2Exchange): void {
    this.activity += 1
    const { status, firstRead } = exchange
    if (firstRead !== undefined) this.#sample(exchange, status, firstRead)
    exchange.leave()
    this.#end(exchange, status, this.#sink.now())
  }

  broke(exchange: Http2Exchange, stream: ClientHttp2Stream, error: NodeJS.ErrnoException | undefined): void {
    this.activity += 1
    const connection = exchange.connection!
    connection.heard += 1
    if (!exchange.resent && exchange.firstByteAt < 0 && cameTooLate(stream, connection)) {
      this.#sendAgain(exchange)
      return
    }
    const { code, text } = failureOfStream(stream, connection, error)
    this.#sample(exchange, code, text)
    exchange.letGo()
    this.#end(exchange, code, this.#sink.now())
  }

  #send(connection: Http2Connection, window: number, request: number, intendedAt: number): Http2Exchange {
    const exchange = this.#spare.pop() ?? new Http2Exchange(this)
    const prepared = this.#requests[request]!
    exchange.begin(window, request, intendedAt)
    exchange.deadlineAt = intendedAt + prepared.deadline
    exchange.isHead = prepared.isHead
    exchange.resent = false
    exchange.busyAt = this.#busy.length
    this.#busy.push(exchange)
    connection.active += 1
    exchange.sentAt = this.#sink.now()
    exchange.carry(connection, connection.request(prepared))
    return exchange
  }

  #sendAgain(exchange: Http2Exchange): void {
    const { window, request, intendedAt, deadlineAt } = exchange
    const again = { window, request, intendedAt, deadlineAt, sentAt: -1, firstByteAt: -1, bytesRead: 0 }
    exchange.letGo()
    this.#waiting.putBack({ ...again, resent: true })
    this.#release(exchange)
    this.#spare.push(exchange)
    this.#openMore()
  }

  /** The exchange has been let go by its stream, or holds on to one that is cancelled. */
  #end(exchange: Http2Exchange, code: OutcomeCode, now: number): void {
    // Before the end is told: whoever hears of it may start the next request and finds the stream free.
    this.#release(exchange)
    this.#sink.end(exchange, code, now)
    this.#spare.push(exchange)
  }

  /** Takes the exchange off its connection, which then carries the next one. */
  #release(exchange: Http2Exchange): void {
    const connection = exchange.connection!
    const last = this.#busy.pop()!
    if (last !== exchange) {
      this.#busy[exchange.busyAt] = last
      last.busyAt = exchange.busyAt
    }
    connection.active -= 1
    if (!connection.isSpent) this.#serve(connection)
    else if (connection.active === 0) {
      this.#pool.retire(connection)
      this.#openMore()
    }
  }

  /** The connection may have room for the longest waiting ones, or else for whatever is due next. */
  #serve(connection: Http2Connection): void {
    while (connection.hasRoom && this.#waiting.length > 0) {
      const begun = this.#waiting.begun > 0
      const { window, request, intendedAt, resent = false } = this.#waiting.shift()!
      const exchange = this.#send(connection, window, request, intendedAt)
      exchange.resent = resent
      if (!begun) this.#sink.late(window, exchange.sentAt - intendedAt)
    }
    if (connection.hasRoom) this.#pool.offer(connection)
  }

  /** Sees to it that connections are being opened for all waiting requests, as far as the limits allow. */
  #openMore(): void {
    const waiting = this.#waiting
    if (this.#closed || waiting.length === 0) return
    while (this.#pool.streamsToCome < waiting.length && this.#pool.begin());
    const now = this.#sink.now()
    while (waiting.begun < Math.min(waiting.length, this.#pool.streamsToCome)) {
      const { window, intendedAt } = waiting.begin()!
      this.#sink.late(window, now - intendedAt)
    }
  }

  /** That ends the requests that have waited longest, as many as the connection was to carry. */
  #openingFailed(connection: Http2Connection, error: NodeJS.ErrnoException | undefined): void {
    const unserved = this.#waiting.begun - this.#pool.streamsToCome
    if (unserved <= 0) return
    const { code, text } = failureOfOpening(connection, error)
    const now = this.#sink.now()
    for (let i = Math.min(unserved, this.#pool.streamsEach); i > 0; i -= 1) {
      const waiting = this.#waiting.shift()!
      this.#sample(waiting, code, text)
      this.#sink.end(waiting, code, now)
    }
  }

  /**
   * The deadline of a request passed while it had no stream. That is the target's doing when it does not complete
   * the handshakes; otherwise all allowed streams were waiting for answers.
   */
  #expire(waiting: Waiting, begun: boolean): void {
    const handshakesStuck = this.#pool.isFull || (begun && this.#pool.streamsToCome > 0)
    const code = handshakesStuck ? TIMED_OUT : neverSentCode('no-free-connection')
    this.#sink.end(waiting, code, this.#sink.now())
  }

  #sample(exchange: Exchange, code: OutcomeCode, text: string): void {
    if (!this.#samples.isWanted(exchange.request, code)) return
    this.#samples.taken(exchange.request, code)
    this.#sink.sample(exchange, code, text)
  }
}

/** As an HTTP/1.1 head would say it; that is the form of all samples. */
function headText(headers: IncomingHttpHeaders): string {
  const lines = [`HTTP/2 ${String(headers[':status'])}`]
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(':')) continue
    for (const one of Array.isArray(value) ? value : [value]) lines.push(`${name}: ${one}`)
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}
