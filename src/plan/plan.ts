import type { Nanoseconds, RatePerSecond } from '../units/quantity.ts'
import type { PromiseClause } from './promise-clause.ts'
import type { SearchGoal } from './search-goal.ts'
import type { Transport } from './transport.ts'

/**
 * The contract in: all that the generator and the judges need to know. Plain, versioned JSON; it crosses
 * threads, machines and disks unchanged. Left of it nothing knows how load is made.
 */
export interface Plan {
  readonly schema: 'plimsoll/plan@1'
  readonly name: string
  readonly target: Target
  readonly arrivals: Arrivals
  /** Carried out in this order, without a gap. At least one, but for a search that has not begun. */
  readonly stages: readonly Stage[]
  /** At least one; every `weight` is positive. */
  readonly requests: readonly RequestTemplate[]
  readonly promises: readonly PromiseClause[]
  /** The same seed gives the same arrivals and the same choice of requests, whatever the number of workers. */
  readonly seed: number
  /** Of the whole trial, shared out among the workers. */
  readonly maxConnections: number
  /** Absent: HTTP/1.1 over keep-alive connections, certificates verified (`DEFAULT_TRANSPORT`). */
  readonly transport?: Transport
  /**
   * Absent: open, requests start when the schedule says. Closed: each of a stage's `connections` sends its next
   * request when its last one was answered; the rates of the stages are then 0 and mean nothing.
   */
  readonly model?: 'closed'
  /** The rates are chosen while the load goes on; `stages` grows accordingly. */
  readonly search?: SearchGoal
}

/** How the arrivals of a stage are laid out in time: a Poisson process, or evenly spaced. */
export type Arrivals = 'poisson' | 'even'

/** One origin. */
export interface Target {
  readonly protocol: 'http' | 'https'
  /** Host name or address without brackets, e.g. `localhost`, `127.0.0.1`, `::1`. */
  readonly host: string
  readonly port: number
  /** A unix socket to connect to instead of host and port; `host` still goes into the Host header. */
  readonly socketPath?: string
  /** Put before the path of every request; empty or starting with `/`, without a trailing `/`. */
  readonly basePath: string
}

/** A stretch of the load profile in which the rate goes linearly from `from` to `to`. */
export interface Stage {
  readonly name: string
  readonly from: RatePerSecond
  readonly to: RatePerSecond
  readonly for: Nanoseconds
  /** Kept out of knee, onset and promises. */
  readonly warmup: boolean
  /** In a closed model: how many connections send, over all workers. */
  readonly connections?: number
}

export interface RequestTemplate {
  readonly name: string
  /** Share of the arrivals: weight over the sum of the weights. */
  readonly weight: number
  readonly method: string
  /** Origin-form path with query, starting with `/`, already encoded. */
  readonly path: string
  /** As they go on the wire, in order. Host, Connection and Content-Length are the engine's own. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body?: string
  /** Statuses that make the answer good. Empty: every status from 200 to 399. */
  readonly expect: readonly number[]
  /** From the intended start to the last byte; then the request is *timed out*. */
  readonly deadline: Nanoseconds
}

/** Does this status make the answer good, as the template says? */
export function isExpected(template: RequestTemplate, status: number): boolean {
  return template.expect.length === 0 ? status >= 200 && status < 400 : template.expect.includes(status)
}

export const isClosed = ({ model }: Pick<Plan, 'model'>): boolean => model === 'closed'

/** The most connections that ever send at once in a closed model; 0 in an open one. */
export const highestRung = ({ stages }: Pick<Plan, 'stages'>): number =>
  Math.max(...stages.map(({ connections = 0 }) => connections))

export function durationOf(plan: Pick<Plan, 'stages'>): Nanoseconds {
  return plan.stages.reduce((sum, stage) => sum + stage.for, 0) as Nanoseconds
}

/** The origin as a URL, e.g. `http://[::1]:8080/base`, or `unix:/run/app.sock` where that is the way in. */
export function formatTarget({ protocol, host, port, socketPath, basePath }: Target): string {
  if (socketPath !== undefined) return `unix:${socketPath}${basePath === '' ? '' : `:${basePath}`}`
  const name = host.includes(':') ? `[${host}]` : host
  const standard = protocol === 'http' ? 80 : 443
  return `${protocol}://${name}${port === standard ? '' : `:${port}`}${basePath}`
}
