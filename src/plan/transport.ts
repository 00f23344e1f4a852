import type { Plan } from './plan.ts'

/** How requests travel: which HTTP, over which connections, with which TLS. */
export interface Transport {
  readonly protocol: 'http/1.1' | 'h2'
  /** HTTP/2 only: most streams at once on one connection; the server's own limit holds besides. */
  readonly streams: number
  /** HTTP/1.1 only; HTTP/2 keeps its connections. */
  readonly strategy: ConnectionStrategy
  readonly tls: TlsSettings
}

/**
 * Which connection a request takes.
 *
 * - `keep-alive`: the one that became free last; a new one only when none is free.
 * - `per-request`: a new one each, closed after the answer.
 * - `per-user`: arrivals go to `users` in turn; each user keeps connections of its own and never uses another's.
 * - `max-requests`: as keep-alive, but each is closed after so many answers.
 */
export type ConnectionStrategy =
  | { readonly kind: 'keep-alive' }
  | { readonly kind: 'per-request' }
  | { readonly kind: 'per-user'; readonly users: number }
  | { readonly kind: 'max-requests'; readonly requests: number }

/** Paths rather than contents: a plan is printed in reports, where a private key has no place. */
export interface TlsSettings {
  /** PEM files of authorities to trust instead of the built-in ones. Empty: the built-in ones. */
  readonly ca: readonly string[]
  /** PEM files of the client's certificate (with its chain) and private key. */
  readonly certificate?: { readonly cert: string; readonly key: string }
  /** False takes any certificate. */
  readonly verify: boolean
  /** Name for SNI and for the check of the certificate; absent: the target's host. */
  readonly serverName?: string
  /** Later connections resume the session of an earlier one (RFC 8446 §2.2). */
  readonly resume: boolean
}

export const DEFAULT_TRANSPORT: Transport = {
  protocol: 'http/1.1',
  streams: 100,
  strategy: { kind: 'keep-alive' },
  tls: { ca: [], verify: true, resume: true },
}

export const transportOf = (plan: Pick<Plan, 'transport'>): Transport => plan.transport ?? DEFAULT_TRANSPORT
