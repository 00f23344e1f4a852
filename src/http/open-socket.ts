import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, createSecureContext } from 'node:tls'
import type { SecureContext, TLSSocket } from 'node:tls'
import type { Address } from './address.ts'
import type { TlsMaterial } from './tls-material.ts'

/** A buffer that a socket reads into, and what is told of each read; a socket with one never emits `data`. */
export interface OnRead {
  readonly buffer: Uint8Array
  readonly callback: (length: number) => boolean
}

const IS_ADDRESS = /^[\d.]+$|:/

/**
 * Begins connections to one address, plain or with TLS. Certificates are read into one context for all of them, and
 * the session of an earlier one is offered to the later ones (RFC 8446 §2.2) unless `resume` is false.
 */
export class SocketOpener {
  /** The event that says a socket can carry a request. */
  readonly event: 'connect' | 'secureConnect'
  readonly #address: Address
  readonly #tls: TlsMaterial | undefined
  readonly #context: SecureContext | undefined
  readonly #protocol: string
  #session: Buffer | undefined

  /** Throws OpenSSL's error when the certificate, key or authority is none. */
  constructor(address: Address, tls: TlsMaterial | undefined, protocol = 'http/1.1') {
    this.#address = address
    this.#tls = tls
    this.#protocol = protocol
    this.event = tls === undefined ? 'connect' : 'secureConnect'
    this.#context = tls && contextOf(tls)
  }

  open(onread?: OnRead): Socket {
    const address = this.#address
    const reading = onread && { onread: { buffer: onread.buffer, callback: onread.callback } }
    const place =
      address.kind === 'unix'
        ? { path: address.path }
        : { host: address.host, port: address.port, noDelay: true }
    const tls = this.#tls
    if (tls === undefined) return connectPlain({ ...place, ...reading })
    const { verify, serverName, resume } = tls
    const socket = connectTls({
      ...place,
      ...reading,
      ...(this.#context && { secureContext: this.#context }),
      ...(resume && this.#session && { session: this.#session }),
      // An address is no name for SNI (RFC 6066 §3), yet the certificate is checked against it.
      ...(!IS_ADDRESS.test(serverName) && { servername: serverName }),
      checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
      ALPNProtocols: [this.#protocol],
      rejectUnauthorized: verify,
    })
    if (resume) socket.on('session', session => (this.#session = session))
    return socket.setNoDelay(true)
  }

  /** The protocol that the server chose (ALPN, RFC 7301); without TLS, the one that was asked for. */
  spoken(socket: Socket): string | false | null {
    return this.#tls === undefined ? this.#protocol : (socket as TLSSocket).alpnProtocol
  }

  /** Did this socket, once open, go on with the session of an earlier one? */
  resumed(socket: Socket): boolean {
    return this.#tls !== undefined && (socket as TLSSocket).isSessionReused()
  }
}

function contextOf({ ca, cert, key }: TlsMaterial): SecureContext {
  return createSecureContext({
    ...(ca.length > 0 && { ca: [...ca] }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  })
}
