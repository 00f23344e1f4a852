import type { RequestTemplate, Target } from '../plan/plan.ts'
import type { Transport } from '../plan/transport.ts'
import type { Exchange } from '../result/exchange.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import type { Address } from './address.ts'
import type { TlsMaterial } from './tls-material.ts'

/** Where an engine gets the time from and what it tells, all in ns from the start of the trial. */
export interface EngineSink {
  now(): number
  /** The request was handed to a connection, or one was begun for it, this long after its intended start. */
  late(window: number, latenessNs: number): void
  /** Exactly once for every started request. The exchange is used again afterwards. */
  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void
  /** A connection is open: how long TCP and then TLS took (negative without TLS), and whether TLS resumed a session. */
  opened(connectNs: number, tlsNs: number, resumed: boolean): void
  /** What came, for an outcome that this engine meets for the first time. */
  sample(exchange: Exchange, code: OutcomeCode, text: string): void
}

export interface EngineOptions {
  readonly address: Address
  readonly target: Target
  readonly requests: readonly RequestTemplate[]
  readonly transport: Transport
  /** Absent: no TLS. */
  readonly tls?: TlsMaterial
  readonly maxConnections: number
  /** Handshakes under way at once: a target must not be knocked over by the tool's own first millisecond. */
  readonly maxConnecting: number
}

/** Intended request → outcome, over connections of its own. One for HTTP/1.1, one for HTTP/2. */
export interface LoadEngine {
  readonly connectionsOpen: number
  /** Rises whenever something came in from a socket, so that the loop can tell work from waiting. */
  readonly activity: number
  /** Connections opened since the last call. */
  takeOpened(): number
  /** Opens a connection ahead of the first request. */
  warm(): void
  /** A request is due: sends it, or has a connection opened for it. */
  start(window: number, request: number, intendedAt: number): void
  /** Ends what has passed its deadline. To be called every few milliseconds: deadlines are kept to that. */
  sweep(now: number): void
  /** Gives up everything that is under way, and whatever is started later; closes all connections. */
  close(): void
}
