/**
 * `blurred`: the run may be believed, but sends were late, so that its response times are upper bounds. `not trusted`: the
 * generator was the limit.
 */
export type Standing = 'trusted' | 'blurred' | 'not trusted'

/** What a run that a row comes from was like. */
export interface RunNote {
  /** How late the generator sent, as it says itself. */
  readonly latenessP99Us: number
  /** Does the tool stand by the run? Where it does not, the run is repeated. */
  readonly standing: Standing
  /** The run that counts is the first one that the tool stands by; this is its number. */
  readonly attempt: number
  readonly requests: number
}

interface RowBase {
  /** As numbered in the acceptance tests, e.g. `T3b`. */
  readonly test: string
  readonly what: string
  readonly run?: RunNote
  /** The run is meant to be one that the tool does not stand by. */
  readonly meansVoid?: true
}

/** A figure against its true value. */
export interface FigureRow extends RowBase {
  readonly kind: 'figure'
  readonly unit: '' | 'ms' | 's' | '/s' | '%'
  readonly expected: number
  readonly measured: number
  /** The same figure of the very requests that were drawn, before any was sent; only where chance has a part in it. */
  readonly drawn?: number
  /** How far the measured figure may lie from the expected one, in `unit`. */
  readonly tolerance: number
  /** The tolerance as it was set, e.g. `±4 %`. */
  readonly allowed: string
  /** What the way to the server and late sends add besides, in `unit`. */
  readonly lag?: number
}

/** A statement that is true or not. */
export interface ClaimRow extends RowBase {
  readonly kind: 'claim'
  readonly expected: string
  readonly measured: string
  readonly holds: boolean
}

export type Row = FigureRow | ClaimRow

/** `void`: the tool did not stand by the run at the last attempt either, so the row shows nothing. */
export type Judgement = 'yes' | 'yes, with lag' | 'no' | 'void'

/** Rounding in the last bit decides nothing. */
const SLACK = 1e-9

export function judge(row: Row): Judgement {
  if (row.run !== undefined && row.run.standing !== 'trusted' && row.meansVoid !== true) return 'void'
  if (row.kind === 'claim') return row.holds ? 'yes' : 'no'
  const error = row.measured - row.expected
  const slack = SLACK * Math.max(1, Math.abs(row.expected))
  if (Math.abs(error) <= row.tolerance + slack) return 'yes'
  return error > 0 && error <= row.tolerance + (row.lag ?? 0) + slack ? 'yes, with lag' : 'no'
}

export const isMet = (row: Row): boolean => judge(row).startsWith('yes')

type Figure = Omit<FigureRow, 'kind' | 'tolerance' | 'allowed'>

/** `percent` of the expected value. */
export function withinPercent(row: Figure, percent: number): FigureRow {
  const tolerance = Math.abs(row.expected) * (percent / 100)
  return { kind: 'figure', ...row, tolerance, allowed: `±${percent} %` }
}

/** So much in the row's own unit. */
export function within(row: Figure, tolerance: number): FigureRow {
  return {
    kind: 'figure',
    ...row,
    tolerance,
    allowed: `±${withUnit(String(tolerance), row.unit)}`,
  }
}

export const claim = (row: Omit<ClaimRow, 'kind'>): ClaimRow => ({ kind: 'claim', ...row })

/** `4 ms`, `15/s`, `7`. */
export const withUnit = (value: string, unit: FigureRow['unit']): string =>
  `${value}${unit === '' || unit === '/s' ? unit : ` ${unit}`}`
