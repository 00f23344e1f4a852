import { formatDuration, formatNumber, formatRate, formatShare } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'
import type { Derived, ServerLimits } from '../server-limits.ts'

/** The limits as programs take them: whole numbers and milliseconds, within what all of them accept. */
export interface GatewayFigures {
  readonly backends: Derived
  readonly maxConcurrent: Derived
  readonly maxConcurrentWithoutQueue: Derived
  readonly queue: Derived
  /** n·m, n·q. */
  readonly allConcurrent: Derived
  readonly allQueued: Derived
  /** ⌈L·n⌉: idle connections worth keeping. */
  readonly idle: Derived
  readonly queueTimeoutMs: Derived
  readonly answerTimeoutMs: Derived
  /** For a client that is turned away, in whole seconds. */
  readonly retryAfter: Derived
  /** Tries after the first, where a program cannot bound their share: 0 or 1. */
  readonly retries: Derived
  /** Backends that the peak can do without; may be 0. */
  readonly spare: Derived
}

const MOST_COUNTED = 1_000_000
const MOST_MS = 86_400_000

export function gatewayFigures(limits: ServerLimits): GatewayFigures {
  const backends = counted(limits.backends)
  const maxConcurrent = counted(limits.maxConcurrent)
  const queue = counted(limits.queue)
  const queueTimeoutMs = milliseconds(limits.queueTimeout)
  const many = (one: Derived, name: string): Derived =>
    counted({
      value: backends.value * one.value,
      from: `n × ${name} = ${backends.value} × ${one.value}; ${name} = ${one.from}`,
    })
  return {
    backends,
    maxConcurrent,
    maxConcurrentWithoutQueue: counted(limits.maxConcurrentWithoutQueue),
    queue,
    allConcurrent: many(maxConcurrent, 'm'),
    allQueued: many(queue, 'q'),
    idle: counted({
      value: limits.concurrency.value * backends.value,
      from: `⌈L × n⌉ = ⌈${formatNumber(limits.concurrency.value)} × ${backends.value}⌉; ${limits.concurrency.from}`,
    }),
    queueTimeoutMs,
    answerTimeoutMs: milliseconds(limits.answerTimeout),
    retryAfter: {
      value: Math.ceil(queueTimeoutMs.value / 1000),
      from: `⌈T_q⌉ in seconds: by then the queue is another; ${limits.queueTimeout.from}`,
    },
    retries: oneRetry(limits.retryBudget),
    spare: spare(limits, backends.value),
  }
}

/** Up to the next whole number. 0 means *unlimited* to most programs, so there is always at least 1. */
function counted({ value, from }: Derived): Derived {
  const whole = Math.min(MOST_COUNTED, Math.max(1, Math.ceil(value - 1e-9)))
  return { value: whole, from: value >= 1 ? from : `${from}; at least 1, as 0 would mean no limit` }
}

function milliseconds({ value, from }: Derived): Derived {
  return { value: Math.min(MOST_MS, Math.max(1, Math.round(value * 1000))), from }
}

function oneRetry({ value, from }: Derived): Derived {
  return value > 0
    ? { value: 1, from: `one, as no share can be set here; ${from}` }
    : { value: 0, from: `none; ${from}` }
}

/** ⌊n·(1 − λₒ/X(n))⌋. */
function spare({ originPeak, ceiling }: ServerLimits, backends: number): Derived {
  const busy = originPeak.value / ceiling.value
  return {
    value: Math.max(0, Math.min(backends - 1, Math.floor(backends * (1 - busy) + 1e-9))),
    from: `⌊n × (1 − λₒ / X(n))⌋ = ⌊${backends} × (1 − ${formatRate(originPeak.value)} / ${formatRate(ceiling.value)})⌋: at the peak they are ${formatShare(busy)} busy`,
  }
}

export const wordTime = (ms: number): string => formatDuration(seconds(ms / 1000))

/** A lost SYN is sent again after one second (RFC 6298, 2.1): long enough for one that was. */
export const CONNECT_TIMEOUT: Derived = {
  value: 2000,
  from: 'a lost SYN is sent again after 1 s (RFC 6298): long enough for that, and a dead backend is noticed soon',
}

/** Kept below what backends do by themselves: who closes first must be the gateway. */
export const IDLE_TIMEOUT: Derived = {
  value: 1500,
  from: 'the gateway must let go of an idle connection before the backend does (gunicorn after 2 s, Node.js and Apache after 5 s), else a request meets a closed one and becomes 502',
}
