import type { EngineOptions } from '../http/load-engine.ts'
import { readTlsMaterial } from '../http/tls-material.ts'
import type { PlanShare } from '../pacing/schedule.ts'
import { transportOf } from '../plan/transport.ts'
import type { Transport } from '../plan/transport.ts'
import type { WorkerTask } from './message.ts'

/** Handshakes under way at once, over all workers. */
const MAX_CONNECTING = 128

/** One worker's part of the connections and users, and its own reading of the TLS files (which may throw). */
export function engineOptions({ plan, share, address }: Omit<WorkerTask, 'pacing'>): EngineOptions {
  const transport = transportOf(plan)
  return {
    address,
    target: plan.target,
    requests: plan.requests,
    transport: shareUsers(transport, share),
    ...(plan.target.protocol === 'https' && { tls: readTlsMaterial(transport.tls, plan.target.host) }),
    maxConnections: part(plan.maxConnections, share),
    maxConnecting: part(MAX_CONNECTING, share),
  }
}

/** Parts that add up to the whole; but nobody gets none. */
function part(whole: number, { index, count }: PlanShare): number {
  return Math.max(1, Math.floor(whole / count) + (index < whole % count ? 1 : 0))
}

function shareUsers(transport: Transport, share: PlanShare): Transport {
  const { strategy } = transport
  if (strategy.kind !== 'per-user') return transport
  return { ...transport, strategy: { kind: 'per-user', users: part(strategy.users, share) } }
}
