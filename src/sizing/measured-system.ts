import type { Counts } from '../result/counts.ts'

/** One report as sizing needs it: so many backends carried so much. Rates in 1/s, times in s. */
export interface MeasuredSystem {
  /** Names the report in the answer: its path. */
  readonly label: string
  /** Backends behind the target when it was measured. */
  readonly backends: number
  /** C of all of them together, with its interval; `high` is null where the knee is only known to be at least that. */
  readonly capacity: { readonly rps: number; readonly low: number; readonly high: number | null }
  /** W: mean response time at a load just below the knee; null where no window lay there. */
  readonly responseTime: number | null
  /** p99 there. */
  readonly responseTimeP99: number | null
  /** Service times of good answers at a low load, in µs: what the work itself takes; null where none was measured so. */
  readonly serviceTimes: Counts | null
  /** Mean of the bytes read for an answer, head included. */
  readonly bytesPerAnswer: number
  /** In the order of the scenario. */
  readonly routes: readonly MeasuredRoute[]
}

export interface MeasuredRoute {
  readonly name: string
  readonly method: string
  readonly path: string
  /** Of all requests. */
  readonly share: number
  readonly responseTime: number | null
  readonly bytesPerAnswer: number
  /** Head of one good answer as it came, status line included; null where none was kept. */
  readonly head: string | null
}
