import type { Plan } from '../plan/plan.ts'
import type { Result } from '../result/result.ts'

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe80:)/i

/** How far away a target is, and how it is spoken to: runs against targets of different classes measure different things. */
export function targetClass({ plan, run }: Pick<Result, 'plan' | 'run'>): string {
  return `${plan.target.protocol} ${whereabouts(plan.target, run.connectedTo)}`
}

function whereabouts({ socketPath, host }: Plan['target'], connectedTo: string): string {
  if (socketPath !== undefined || connectedTo.startsWith('unix:')) return 'over a unix socket'
  const address = addressOf(connectedTo) ?? host
  if (address === 'localhost' || address === '::1' || address.startsWith('127.')) return 'on this machine'
  return PRIVATE.test(address) ? 'in a private network' : 'in a public network'
}

/** `127.0.0.1` of `127.0.0.1:8080`, `::1` of `[::1]:8080`. */
const addressOf = (connectedTo: string): string | undefined =>
  /^\[?(.+?)\]?(?::\d+)?$/.exec(connectedTo)?.[1]?.toLowerCase()
