import type { SeriesRecord, WindowRecord } from '../analysis/window-record.ts'
import type { Plan } from '../plan/plan.ts'
import type { PromiseClause } from '../plan/promise-clause.ts'
import { formatDuration, formatRate } from '../units/format.ts'
import type { PromiseVerdict } from './verdict.ts'

export type Judgement = Omit<PromiseVerdict, 'text'>
export type WindowClause = Extract<PromiseClause, { readonly kind: 'latency' | 'errors' }>

/** The requests a clause speaks of: window by window, and all of them. */
export interface Scope {
  readonly windows: readonly ScopedWindow[]
  readonly series: readonly SeriesRecord[]
  /** Highest rate it reaches to, in 1/s; Infinity for all. */
  readonly upTo: number
}

export interface ScopedWindow {
  readonly record: WindowRecord
  readonly series: readonly SeriesRecord[]
}

/** Chance that some window breaks a clause which holds, shared out among all of them (Bonferroni). */
export const CHANCE = 0.01

/** The valid measured windows up to the clause's rate, or up to the highest that the plan promises otherwise. */
export function scopeOf(plan: Plan, clause: WindowClause, measured: readonly WindowRecord[]): Scope {
  const upTo = promisedRate(plan, clause) ?? Infinity
  const request = plan.requests.findIndex(({ name }) => name === clause.request)
  const speaksOf = (series: SeriesRecord): boolean =>
    clause.request === undefined || series.request === request
  const windows = measured
    .filter(({ limits, cut, rate }) => limits.length === 0 && !cut && rate <= upTo * (1 + 1e-9))
    .map(record => ({ record, series: record.series.filter(speaksOf) }))
    .filter(({ series }) => series.length > 0)
  return { windows, series: windows.flatMap(({ series }) => series), upTo }
}

/** The rate up to which a clause has to hold, as far as the plan says so. */
export function promisedRate(
  { promises }: Pick<Plan, 'promises'>,
  { upTo }: WindowClause,
): number | undefined {
  const promised = promises.flatMap(other => ('above' in other ? [other.above] : []))
  return upTo ?? (promised.length > 0 ? Math.max(...promised) : undefined)
}

export const NOTHING_IN_SCOPE: Judgement = {
  held: null,
  measured: 'nothing',
  because: 'no valid window of the rates and requests it speaks of was measured',
}

export function where({ window, rate, stage }: WindowRecord): string {
  const { connections } = stage
  const load =
    connections === undefined
      ? `at ${formatRate(rate)}`
      : `with ${connections} ${connections === 1 ? 'connection' : 'connections'}`
  return `in the window from ${formatDuration(window.from)} ${load}`
}

export function overAll({ upTo, windows }: Scope): string {
  const range = upTo === Infinity ? '' : ` up to ${formatRate(upTo)}`
  return `over ${windows.length} windows${range}`
}
