import { describe, expect, test } from 'vitest'
import { failureOfOpening, failureOfStream } from '../../../src/http/http2-failure.ts'
import { outcomeOf } from '../../../src/result/outcome.ts'

const error = (code: string, message = code): Error => Object.assign(new Error(message), { code })
const ALIVE = { goaway: undefined, isBroken: false, isDestroyed: false }
const RESET = error('ERR_HTTP2_STREAM_ERROR')

function causeOfStream(...given: Parameters<typeof failureOfStream>): string {
  const outcome = outcomeOf(failureOfStream(...given).code)
  return outcome.kind === 'failed' ? outcome.cause : outcome.kind
}

function endOfOpening(...given: Parameters<typeof failureOfOpening>): string {
  const outcome = outcomeOf(failureOfOpening(...given).code)
  if (outcome.kind === 'failed') return outcome.cause
  return outcome.kind === 'never-sent' ? outcome.reason : outcome.kind
}

describe('a stream that ends with RST_STREAM', () => {
  // The numbers of RFC 9113 §7.
  test.each([
    [1, 'invalid-response', 'NGHTTP2_PROTOCOL_ERROR'],
    [2, 'reset', 'NGHTTP2_INTERNAL_ERROR'],
    [3, 'invalid-response', 'NGHTTP2_FLOW_CONTROL_ERROR'],
    [5, 'reset', 'NGHTTP2_STREAM_CLOSED'],
    [6, 'invalid-response', 'NGHTTP2_FRAME_SIZE_ERROR'],
    [7, 'refused', 'NGHTTP2_REFUSED_STREAM'],
    [9, 'invalid-response', 'NGHTTP2_COMPRESSION_ERROR'],
    [11, 'reset', 'NGHTTP2_ENHANCE_YOUR_CALM'],
    [13, 'reset', 'NGHTTP2_HTTP_1_1_REQUIRED'],
    [99, 'reset', 'error code 99'],
  ])('and code %i is %s, named %s', (rstCode, cause, name) => {
    expect(causeOfStream({ id: 1, rstCode }, ALIVE, RESET)).toBe(cause)
    expect(failureOfStream({ id: 1, rstCode }, ALIVE, RESET).text).toContain(name)
  })

  test('CANCEL is reset while the connection lives, and the connection’s end otherwise', () => {
    expect(causeOfStream({ id: 1, rstCode: 8 }, ALIVE, undefined)).toBe('reset')
    expect(causeOfStream({ id: 1, rstCode: 8 }, { ...ALIVE, isDestroyed: true }, undefined)).toBe(
      'closed-early',
    )
  })
})

test('a GOAWAY refuses the streams above its last one and resets the others', () => {
  const left = { ...ALIVE, goaway: { code: 11, lastStreamId: 5 }, isDestroyed: true, isBroken: true }
  const goaway = error('ERR_HTTP2_SESSION_ERROR')
  expect(causeOfStream({ id: 5, rstCode: 11 }, left, goaway)).toBe('reset')
  expect(causeOfStream({ id: 7, rstCode: 11 }, left, goaway)).toBe('refused')
})

test('a session that is given up is the answer’s fault; a socket that breaks is not', () => {
  const given = { ...ALIVE, isDestroyed: true, isBroken: true }
  expect(causeOfStream({ id: 1, rstCode: 0 }, given, undefined)).toBe('invalid-response')
  expect(causeOfStream({ id: 1, rstCode: 2 }, given, error('ERR_HTTP2_ERROR'))).toBe('invalid-response')
  expect(causeOfStream({ id: 1, rstCode: 2 }, given, error('ECONNRESET'))).toBe('reset')
})

describe('a connection that cannot be opened', () => {
  test.each([
    ['ECONNREFUSED', -1, 'refused'],
    ['ETIMEDOUT', -1, 'unreachable'],
    ['EMFILE', -1, 'client-resources'],
    ['ECONNRESET', 5, 'reset'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 5, 'tls'],
    ['ERR_TLS_NO_HTTP2', 5, 'tls'],
    ['ERR_HTTP2_ERROR', 5, 'invalid-response'],
  ])('with %s is %s', (code, connectedAt, end) => {
    expect(endOfOpening({ connectedAt }, error(code))).toBe(end)
  })

  test('without an error was closed by the other side, before or after it had been accepted', () => {
    expect(endOfOpening({ connectedAt: -1 }, undefined)).toBe('connect-failed')
    expect(endOfOpening({ connectedAt: 5 }, undefined)).toBe('closed-early')
  })

  test('for want of a common protocol says so', () => {
    const alert = error('ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tlsv1 alert no application protocol')
    expect(failureOfOpening({ connectedAt: 5 }, alert).text).toContain('the server speaks no HTTP/2')
  })
})
