import type { Endpoint } from '../../src/sizing/config/addresses.ts'
import type { ServerLimits } from '../../src/sizing/server-limits.ts'
import { startLabProcess } from './plimsoll-process.ts'
import type { LabProcess } from './plimsoll-process.ts'
import { limitsOf } from './server-limits.ts'

/** Two servers of 10 ms each: they carry 100/s each, 200/s together, whatever the machine does. */
export const BACKENDS = 2
export const TRUE_CAPACITY = 200
/** A fifth more than that. */
export const OVERLOAD = 240
/** 0.7 of it. */
export const PEAK = 140

const SERVICE = 0.01
const NEAR_KNEE = 0.95

/**
 * M/D/1 at ρ = 0.95. Mean wait ρS/(2(1 − ρ)) = 0.95 × 10 ms / 0.1 = 95 ms (Pollaczek and Khinchine). The tail of the wait falls as
 * exp(−θt) with λ(exp(θS) − 1) = θ, so that θS = 0.1035, θ = 10.35/s, and 99 % wait less than ln(100)/10.35 = 445 ms.
 */
export const RESPONSE_TIME: number = SERVICE + (NEAR_KNEE * SERVICE) / (2 * (1 - NEAR_KNEE))
export const RESPONSE_TIME_P99 = 0.455

/** T_q. */
export const QUEUE_BUDGET = 0.5

/** As a measurement that is right to 2 % would give them. */
export const LIMITS: ServerLimits = limitsOf({
  backends: BACKENDS,
  capacity: 98,
  responseTime: RESPONSE_TIME,
  responseTimeP99: RESPONSE_TIME_P99,
  queueBudget: QUEUE_BUDGET,
  originPeak: PEAK,
})

/** q / C₁: what is printed for the wait in a full queue. */
export const PRINTED_WAIT_MS: number = (LIMITS.queue.value / LIMITS.capacity.value) * 1000

export interface SizedBackends {
  readonly endpoints: readonly Endpoint[]
  readonly stop: () => Promise<void>
}

/** Each in a process of its own, by timer, so that they share the processors with the gateway and the load. */
export async function startSizedBackends(cwd: string): Promise<SizedBackends> {
  const words = ['D1', '--set', `service=${SERVICE * 1000}ms`, '--low-cpu']
  const labs: LabProcess[] = []
  for (let i = 0; i < BACKENDS; i += 1) labs.push(await startLabProcess(words, cwd))
  return {
    endpoints: labs.map(({ port }) => ({ host: '127.0.0.1', port })),
    stop: async () => {
      for (const lab of labs) await lab.stop()
    },
  }
}
