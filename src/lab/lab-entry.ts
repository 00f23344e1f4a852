import type { LabModel } from './model.ts'

/** What a parameter measures; it decides how its text is read. Durations are kept in seconds. */
export type ParameterKind =
  | 'rate'
  | 'duration'
  | 'duration-or-zero'
  | 'count'
  | 'count-or-zero'
  | 'count-or-none'
  | 'share'
  | 'factor'

export interface Parameter {
  readonly kind: ParameterKind
  /** The default. */
  readonly value: number
  readonly meaning: string
}

export type LabStatus = '502' | '503' | '504'

/** What should be named as the reason of the errors, in the words of the report. */
export type LabCause = 'overload' | 'rate-limiter' | 'page-specific' | 'restart' | 'none'

/** What is true of a server by construction, from closed forms. Rates count requests offered to the whole server. */
export interface LabTruth {
  /** Largest rate that lasts: at most 1 % lost beyond the baseline, no growing backlog. Null: there is none. */
  readonly kneePerSecond: number | null
  /** Good answers per second under overload. */
  readonly saturationPerSecond: number | null
  /** The rate above which a constant load meets the status for good. Null: load never causes it. */
  readonly onsetPerSecond: Readonly<Record<LabStatus, number | null>>
  readonly cause: LabCause
  /** The finding in words. */
  readonly label: string
  /** Further figures, a sentence each. */
  readonly notes: readonly string[]
}

interface Definition<Name extends string> {
  readonly name: string
  readonly description: string
  readonly parameters: Readonly<Record<Name, Parameter>>
  create(values: Readonly<Record<Name, number>>, seed: number): LabModel
  truth(values: Readonly<Record<Name, number>>): LabTruth
}

export type Values = Readonly<Record<string, number>>

/** A family of servers: pick values for its parameters and a seed to get one. */
export type LabEntry = Definition<string>

/** Lets a definition read its parameters by name, checked by the compiler. */
export function defineLab<Name extends string>(definition: Definition<Name>): LabEntry {
  return definition
}

/** No status caused by load, apart from those given. */
export function onsets(
  known: Partial<Record<LabStatus, number>> = {},
): Readonly<Record<LabStatus, number | null>> {
  return { 502: known[502] ?? null, 503: known[503] ?? null, 504: known[504] ?? null }
}

export function defaultsOf(entry: LabEntry): Values {
  return Object.fromEntries(Object.entries(entry.parameters).map(([name, { value }]) => [name, value]))
}
