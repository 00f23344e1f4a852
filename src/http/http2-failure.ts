import type { ClientHttp2Stream } from 'node:http2'
import { failedCode } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { breakCodeOf, failureCodeOf } from './failure-of.ts'
import type { Http2Connection } from './http2-connection.ts'

/** What a request ends as that got no answer, and the words for its sample. */
export interface Http2Failure {
  readonly code: OutcomeCode
  readonly text: string
}

/** Error codes in the order of their numbers (RFC 9113 §7), by the names of nghttp2. */
const ERROR_CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

const REFUSED_STREAM = 7
/** What this side says of a stream that breaks the rules; a server would hardly say it of these requests. */
const BROKEN_RULES = new Set([1, 3, 6, 9])

const nameOf = (code: number): string =>
  ERROR_CODES[code] === undefined ? `error code ${code}` : `NGHTTP2_${ERROR_CODES[code]}`

const failure = (cause: Parameters<typeof failedCode>[0], text: string): Http2Failure => ({
  code: failedCode(cause),
  text,
})

/**
 * Why a stream ended without a whole answer. Streams that the server says it has not processed (REFUSED_STREAM, or
 * above the last stream of GOAWAY; RFC 9113 §8.7) are *refused*, other RST_STREAM and GOAWAY are *reset*.
 * PROTOCOL_ERROR and its like are *invalid response*: `node:http2` tells its own finding and the server's word alike.
 */
export function failureOfStream(
  stream: Pick<ClientHttp2Stream, 'id' | 'rstCode'>,
  connection: Pick<Http2Connection, 'goaway' | 'isBroken' | 'isDestroyed'>,
  error: NodeJS.ErrnoException | undefined,
): Http2Failure {
  const { goaway, isBroken, isDestroyed } = connection
  const isAboveLast = goaway !== undefined && (stream.id ?? 0) > goaway.lastStreamId
  const reset = stream.rstCode ?? 0
  if (error?.code === 'ERR_HTTP2_SESSION_ERROR') {
    const text = `the server took leave of the connection: GOAWAY with ${nameOf(reset)}`
    return failure(isAboveLast ? 'refused' : 'reset', text)
  }
  if (error?.code === 'ERR_HTTP2_STREAM_ERROR') return failureOfReset(reset, isAboveLast)
  if (error !== undefined) return failureOfSession(error)
  if (isBroken) return brokenRules('the session was given up')
  // CANCEL makes no error; `node:http2` also says it where the connection was closed.
  if (reset !== 0 && !isDestroyed) return failureOfReset(reset, isAboveLast)
  return failure('closed-early', 'the stream was closed before the answer was complete')
}

/**
 * The server has closed the connection in good order before this request came, and promises that it was not
 * processed (GOAWAY with NO_ERROR and a lower last stream; RFC 9113 §6.8). That is no answer to the request.
 */
export function cameTooLate(
  stream: Pick<ClientHttp2Stream, 'id'>,
  { goaway }: Pick<Http2Connection, 'goaway'>,
): boolean {
  return goaway?.code === 0 && (stream.id ?? 0) > goaway.lastStreamId
}

function failureOfSession(error: NodeJS.ErrnoException): Http2Failure {
  if (error.code === 'ERR_HTTP2_ERROR') return brokenRules(error.message)
  return { code: breakCodeOf(error), text: error.message }
}

function failureOfReset(code: number, isAboveLast: boolean): Http2Failure {
  const text = `the stream ended with ${nameOf(code)}`
  if (BROKEN_RULES.has(code)) return failure('invalid-response', text)
  if (code !== REFUSED_STREAM) return failure('reset', text)
  return failure('refused', isAboveLast ? 'the server took leave of the connection before: GOAWAY' : text)
}

const brokenRules = (said: string): Http2Failure =>
  failure('invalid-response', `what came breaks the rules of HTTP/2 (RFC 9113): ${said}`)

/**
 * Why no session could be begun. Once the socket is open, the request counts as on its way: a server that then
 * closes it did so early, and one that sends something else than SETTINGS answered with something that is no HTTP/2.
 */
export function failureOfOpening(
  connection: Pick<Http2Connection, 'connectedAt'>,
  error: NodeJS.ErrnoException | undefined,
): Http2Failure {
  if (error === undefined) {
    return connection.connectedAt < 0
      ? failure('connect-failed', 'closed while connecting')
      : failure('closed-early', 'the connection was closed before HTTP/2 could begin')
  }
  if (error.code === 'ERR_HTTP2_ERROR')
    return failure('invalid-response', `the server does not answer in HTTP/2: ${error.message}`)
  const isAlert = /NO_APPLICATION_PROTOCOL/i.test(`${error.code} ${error.message}`.replaceAll(' ', '_'))
  const text = isAlert ? `the server speaks no HTTP/2 (ALPN): ${error.message}` : error.message
  return { code: failureCodeOf(error), text }
}
