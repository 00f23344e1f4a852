import type { Derived } from '../server-limits.ts'
import type { GatewayFigures } from './gateway-figures.ts'

const LEAST_CONNECTIONS = 1024
const MOST_CONNECTIONS = 1_000_000

/** Clients that wait hold one each, requests under way two, and idle ones some more. */
export function workerConnections({
  allQueued,
  backends,
  maxConcurrentWithoutQueue,
  idle,
}: GatewayFigures): Derived {
  const busy = 2 * backends.value * maxConcurrentWithoutQueue.value
  const need = allQueued.value + busy + idle.value
  return {
    value: Math.min(MOST_CONNECTIONS, Math.max(LEAST_CONNECTIONS, 2 * need)),
    from:
      `twice n × q + 2 × n × max_conns + keepalive = ${allQueued.value} + ${busy} + ${idle.value}, if one worker got them all, ` +
      `and at least ${LEAST_CONNECTIONS}: idle clients come on top; with too few, clients are not accepted`,
  }
}
