import { constants } from 'node:http2'
import type { ClientHttp2Stream, IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2'
import type { Exchange } from '../result/exchange.ts'
import type { Http2Connection } from './http2-connection.ts'

const { NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_FLAG_END_STREAM } = constants

type ResponseHeaders = IncomingHttpHeaders & IncomingHttpStatusHeader

/** What an exchange reports to the pool that it belongs to. */
export interface Http2ExchangeOwner {
  /** The head of the answer came; 1xx are not told. */
  responded(exchange: Http2Exchange, headers: ResponseHeaders): void
  received(exchange: Http2Exchange, bytes: Buffer): void
  answered(exchange: Http2Exchange): void
  /** The stream ended without a whole answer. */
  broke(exchange: Http2Exchange, stream: ClientHttp2Stream, error: NodeJS.ErrnoException | undefined): void
}

interface CarryingStream extends ClientHttp2Stream {
  /** Absent once nobody waits for the answer any more. */
  exchange?: Http2Exchange | undefined
}

/** One request on one stream. Used again and again, so that carrying a request allocates only what `node:http2` does. */
export class Http2Exchange implements Exchange {
  window = 0
  request = 0
  intendedAt = 0
  sentAt = -1
  firstByteAt = -1
  deadlineAt = 0
  /** Of the body: `node:http2` does not tell how many bytes the compressed headers took. */
  bytesRead = 0
  status = 0
  isHead = false
  /** It is on its second way: the first connection was one that the server had taken leave of. */
  resent = false
  contentLength: string | undefined
  /** The start of the answer, kept while its kind is still wanted as a sample. */
  firstRead: string | undefined
  /** Position in the pool's list of busy exchanges. */
  busyAt = -1
  connection: Http2Connection | undefined
  /** `connection.heard` when the request was sent. */
  heardBefore = 0
  readonly owner: Http2ExchangeOwner
  #stream: CarryingStream | undefined

  constructor(owner: Http2ExchangeOwner) {
    this.owner = owner
  }

  begin(window: number, request: number, intendedAt: number): void {
    this.window = window
    this.request = request
    this.intendedAt = intendedAt
    this.firstByteAt = -1
    this.bytesRead = 0
    this.status = 0
    this.contentLength = undefined
    this.firstRead = undefined
  }

  carry(connection: Http2Connection, stream: ClientHttp2Stream): void {
    this.connection = connection
    this.heardBefore = connection.heard
    this.#stream = stream
    const carrying: CarryingStream = stream
    carrying.exchange = this
    // The listeners are the same functions for all streams: no closure a request.
    stream.on('response', onResponse).on('data', onData).on('end', onEnd).on('error', onError)
    stream.on('close', onClose)
  }

  /** Whatever the stream still tells is not for this exchange. */
  letGo(): void {
    if (this.#stream !== undefined) this.#stream.exchange = undefined
    this.#stream = undefined
  }

  /** RST_STREAM: the server need not go on. */
  cancel(): void {
    const stream = this.#stream
    this.letGo()
    stream?.close(NGHTTP2_CANCEL)
  }

  /** The answer is whole: so is the stream, unless the server answered before it had read the whole request. */
  leave(): void {
    if (this.#stream?.writableFinished === false) this.cancel()
    else this.letGo()
  }
}

function onResponse(this: CarryingStream, headers: ResponseHeaders, flags: number): void {
  const { exchange } = this
  if (exchange === undefined) return
  exchange.status = headers[':status'] ?? 0
  exchange.contentLength = headers['content-length']
  exchange.owner.responded(exchange, headers)
  if ((flags & NGHTTP2_FLAG_END_STREAM) !== 0) exchange.owner.answered(exchange)
}

function onData(this: CarryingStream, bytes: Buffer): void {
  const { exchange } = this
  if (exchange === undefined) return
  exchange.bytesRead += bytes.length
  exchange.owner.received(exchange, bytes)
}

function onEnd(this: CarryingStream): void {
  const { exchange } = this
  if (exchange === undefined) return
  if (isWhole(this, exchange)) exchange.owner.answered(exchange)
  else exchange.owner.broke(exchange, this, undefined)
}

function onError(this: CarryingStream, error: NodeJS.ErrnoException): void {
  this.exchange?.owner.broke(this.exchange, this, error)
}

/** In case neither `end` nor `error` came before it. */
function onClose(this: CarryingStream): void {
  this.exchange?.owner.broke(this.exchange, this, undefined)
}

/**
 * `end` comes after END_STREAM, and just as well after RST_STREAM with NO_ERROR or CANCEL and after the end of the
 * connection. END_STREAM itself is not told, and with TLS the stream is often already closed by then. So where the
 * stream is closed without an error the length decides, if the server gave one; if not, the server is believed.
 */
function isWhole(stream: ClientHttp2Stream, exchange: Http2Exchange): boolean {
  const { status, contentLength, bytesRead, isHead, connection } = exchange
  if (status === 0 || (stream.rstCode ?? NGHTTP2_NO_ERROR) !== NGHTTP2_NO_ERROR) return false
  if (!stream.closed) return true
  if (contentLength !== undefined && !isHead && status !== 304) return bytesRead === Number(contentLength)
  return !(stream.destroyed && connection!.isBroken)
}
