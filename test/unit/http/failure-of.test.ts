import { describe, expect, test } from 'vitest'
import { breakCodeOf, causeOf, failureCodeOf } from '../../../src/http/failure-of.ts'
import { outcomeOf } from '../../../src/result/outcome.ts'

const errorOf = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code })

describe('an error is a cause', () => {
  test.each([
    ['ECONNREFUSED', 'refused'],
    ['EAGAIN', 'refused'],
    ['ENOENT', 'refused'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'unreachable'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EPROTO', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EWHATEVER', 'connect-failed'],
  ])('%s: %s', (code, cause) => {
    expect(causeOf(errorOf(code))).toBe(cause)
    expect(outcomeOf(failureCodeOf(errorOf(code)))).toEqual({ kind: 'failed', cause })
  })

  test('an error without a code', () => expect(causeOf(new Error('?'))).toBe('connect-failed'))
})

test.each(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM'])(
  '%s is this machine: never sent, no failure of the target',
  code => {
    expect(outcomeOf(failureCodeOf(errorOf(code)))).toEqual({
      kind: 'never-sent',
      reason: 'client-resources',
    })
  },
)

test.each([
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'unreachable'],
  ['ENOBUFS', 'reset'],
  ['EWHATEVER', 'reset'],
])('once a request was sent, %s is failed: %s', (code, cause) => {
  expect(outcomeOf(breakCodeOf(errorOf(code)))).toEqual({ kind: 'failed', cause })
})
