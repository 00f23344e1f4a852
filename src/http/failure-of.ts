import { failedCode, neverSentCode } from '../result/outcome.ts'
import type { FailureCause, OutcomeCode } from '../result/outcome.ts'

const CAUSES: Readonly<Record<string, FailureCause>> = {
  ECONNREFUSED: 'refused',
  // A unix socket whose listen queue is full answers EAGAIN at once (unix(7)); one that is not there, ENOENT.
  EAGAIN: 'refused',
  ENOENT: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EPROTO: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
}

/** Descriptors or local ports of this machine ran out: no fault of the target. */
const OWN = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM'])

export function causeOf(error: NodeJS.ErrnoException): FailureCause {
  const { code = '' } = error
  // OpenSSL's own words for a certificate, e.g. CERT_HAS_EXPIRED, UNABLE_TO_VERIFY_LEAF_SIGNATURE.
  if (/CERT|TLS|SSL|CRL|^UNABLE_TO_/.test(code)) return 'tls'
  return CAUSES[code] ?? 'connect-failed'
}

/** The outcome of a request whose connection broke with this error: it was sent, whoever is to blame. */
export function breakCodeOf(error: NodeJS.ErrnoException): OutcomeCode {
  const cause = causeOf(error)
  return failedCode(cause === 'connect-failed' ? 'reset' : cause)
}

/** The outcome of a request whose connection could not be made because of this error. */
export function failureCodeOf(error: NodeJS.ErrnoException): OutcomeCode {
  return OWN.has(error.code ?? '') ? neverSentCode('client-resources') : failedCode(causeOf(error))
}
