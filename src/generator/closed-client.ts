import type { Socket } from 'node:net'
import type { Client } from 'autocannon'

/**
 * What a client of autocannon 9 consists of, beyond its published types: it asks again as soon as it is answered
 * (`_doRequest`), on a socket that it opens itself (`_connect`). `ClosedConnection` says why both are taken over.
 */
export interface ClosedClient extends Client {
  conn: Socket
  /** In ms, for the request that is sent next. */
  timeout: number
  readonly parser: ResponseReader
  pipelinedRequests: RequestNotes
  _connect: () => void
  _doRequest: () => void
  getRequestBuffer: () => Buffer
}

/** Its notes of the requests that it awaits answers for. */
interface RequestNotes {
  insertRequest(request: unknown): void
  setHeaders(head: ResponseHead): void
  addBody(text: unknown): void
  terminateRequest(): { readonly headers: ResponseHead | undefined; readonly bytes: 0; readonly duration: 0 }
  clear(): void
}

/** http-parser-js; its handlers stand under numbers that its constructor names. */
interface ResponseReader {
  readonly constructor: { readonly kOnHeadersComplete?: number }
  [handler: number]: (head: ResponseHead) => unknown
  /** The error, not thrown, when the bytes are no HTTP; nothing more is read then until `reinitialize`. */
  execute(chunk: Buffer): number | Error
  /** The connection has ended: completes an answer whose body ends with it. */
  finish(): void
  reinitialize(kind: 'RESPONSE'): void
}

export interface ResponseHead {
  readonly statusCode: number
  readonly statusMessage: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly shouldKeepAlive: boolean
}

/** Throws when this autocannon is not made as expected: a wrong count would be worse than none. */
export function asClosedClient(client: Client): ClosedClient {
  const known = client as ClosedClient
  const parts = [known._connect, known._doRequest, known.getRequestBuffer]
  if (parts.every(part => typeof part === 'function') && headHandlerOf(known.parser) !== undefined)
    return known
  throw new Error('this version of autocannon works differently inside; install autocannon 9.0')
}

/**
 * In place of the notes that autocannon takes: they keep whole bodies, read the clock for latencies that nobody looks
 * at, and make the client throw when an answer comes unasked.
 */
export function requestNotes(): RequestNotes {
  let headers: ResponseHead | undefined
  return {
    insertRequest: () => {},
    setHeaders: head => (headers = head),
    addBody: () => {},
    terminateRequest: () => ({ headers, bytes: 0, duration: 0 }),
    clear: () => {},
  }
}

/** A HEAD is answered without a body, whatever its Content-Length says (RFC 9110 §9.3.2); autocannon waits for one. */
export function expectNoBodyOfHead({ parser }: ClosedClient, isHead: () => boolean): void {
  const handler = headHandlerOf(parser)!
  const read = parser[handler]!
  parser[handler] = head => {
    read(head)
    return isHead()
  }
}

const headHandlerOf = (parser: ResponseReader): number | undefined => parser.constructor.kOnHeadersComplete
