import type { Address } from '../http/address.ts'
import type { Plan } from '../plan/plan.ts'
import { DEFAULT_TRANSPORT } from '../plan/transport.ts'
import type { Transport } from '../plan/transport.ts'
import { seconds } from '../units/quantity.ts'
import type { Nanoseconds, RatePerSecond } from '../units/quantity.ts'

export interface NullTarget {
  readonly port: number
  readonly protocol: Transport['protocol']
  readonly rate: RatePerSecond
  readonly length: Nanoseconds
  readonly connections: number
}

/** A plan for a responder of our own, at `port` of the loopback address, and that address. */
export function nullTarget({ port, protocol, rate, length, connections }: NullTarget): {
  plan: Plan
  address: Address
} {
  const plan: Plan = {
    schema: 'plimsoll/plan@1',
    name: 'trial run',
    target: { protocol: 'http', host: '127.0.0.1', port, basePath: '' },
    arrivals: 'even',
    stages: [{ name: 'all', from: rate, to: rate, for: length, warmup: false }],
    requests: [
      { name: 'GET /', weight: 1, method: 'GET', path: '/', headers: [], expect: [], deadline: seconds(120) },
    ],
    promises: [],
    seed: 1,
    maxConnections: connections,
    transport: { ...DEFAULT_TRANSPORT, protocol },
  }
  return { plan, address: { kind: 'tcp', host: '127.0.0.1', port } }
}
