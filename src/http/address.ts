import { lookup } from 'node:dns/promises'
import type { Target } from '../plan/plan.ts'

/** Where connections go, names resolved; plain data, so that it can be given to a worker thread. */
export type Address =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

/** All addresses of the target, in the resolver's order. Rejects with the resolver's error. */
export async function resolveTarget(target: Target): Promise<readonly Address[]> {
  const { host, port, socketPath } = target
  if (socketPath !== undefined) return [{ kind: 'unix', path: socketPath }]
  const found = await lookup(host, { all: true })
  return found.map(({ address }) => ({ kind: 'tcp', host: address, port }))
}
