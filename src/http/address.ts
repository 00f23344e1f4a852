import { lookup } from 'node:dns/promises'
import { connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Target } from '../plan/plan.ts'

/** Where connections go, names resolved; plain data, so that it can be given to a worker thread. */
export type Address =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly serverName?: string }
  | { readonly kind: 'unix'; readonly path: string }

export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

/** All addresses of the target, in the resolver's order. Rejects with the resolver's error. */
export async function resolveTarget(target: Target): Promise<readonly Address[]> {
  const { protocol, host, port, socketPath } = target
  if (socketPath !== undefined) return [{ kind: 'unix', path: socketPath }]
  const found = await lookup(host, { all: true })
  const tls = protocol === 'https' ? { serverName: host } : {}
  return found.map(({ address }) => ({ kind: 'tcp', host: address, port, ...tls }))
}

/** Begins a TCP, TLS or unix connection; it is open at `connect`, with TLS at `secureConnect`. */
export function openSocket(
  address: Address,
  onread?: { buffer: Uint8Array; callback: (n: number) => boolean },
): Socket {
  if (address.kind === 'unix') {
    return connectPlain({ path: address.path, ...(onread && { onread }) })
  }
  const { host, port, serverName } = address
  if (serverName === undefined) return connectPlain({ host, port, noDelay: true, ...(onread && { onread }) })
  const named = /^[\d.]+$|:/.test(serverName) ? {} : { servername: serverName }
  return connectTls({ host, port, ALPNProtocols: ['http/1.1'], ...named }).setNoDelay(true)
}

/** The event that says the socket can carry a request. */
export const openEvent = (address: Address): 'connect' | 'secureConnect' =>
  address.kind === 'tcp' && address.serverName !== undefined ? 'secureConnect' : 'connect'
