import type { Derived, ServerLimits } from '../../src/sizing/server-limits.ts'

interface KnownBackends {
  readonly backends: number
  /** C₁ in 1/s. */
  readonly capacity: number
  /** Mean and p99 just below the knee, in s. */
  readonly responseTime: number
  readonly responseTimeP99: number
  /** T_q in s. */
  readonly queueBudget: number
  readonly originPeak: number
  readonly retryBudget?: number
  readonly zones?: number
}

const derived = (value: number, name: string): Derived => ({ value, from: `${name} = ${value}, as given` })

/** What sizing tells a gateway before backends that are known: L = 0.95·C₁·W, m = ⌈L + 3√L⌉, q = ⌊C₁·T_q⌋, X = n·C₁. */
export function limitsOf(known: KnownBackends): ServerLimits {
  const { backends, capacity, responseTime, responseTimeP99, queueBudget, originPeak } = known
  const concurrency = 0.95 * capacity * responseTime
  const within = (deviations: number): number => Math.ceil(concurrency + deviations * Math.sqrt(concurrency))
  return {
    backends: derived(backends, 'n'),
    capacity: derived(capacity, 'C₁'),
    responseTime: derived(responseTime, 'W'),
    responseTimeP99: derived(responseTimeP99, 'p99'),
    concurrency: derived(concurrency, 'L'),
    maxConcurrent: derived(within(3), '⌈L + 3√L⌉'),
    maxConcurrentWithoutQueue: derived(within(5), '⌈L + 5√L⌉'),
    queue: derived(Math.floor(capacity * queueBudget + 1e-9), '⌊C₁ × T_q⌋'),
    queueTimeout: derived(queueBudget, 'T_q'),
    answerTimeout: derived(2 * (queueBudget + responseTimeP99), '2 × (T_q + p99)'),
    originPeak: derived(originPeak, 'λₒ'),
    ceiling: derived(backends * capacity, 'X(n)'),
    retryBudget: derived(known.retryBudget ?? 0.2, 'b'),
    zones: known.zones ?? 1,
  }
}
