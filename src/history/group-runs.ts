import { byKey } from './by-key.ts'
import type { HistoryRow, RecordedRun } from './history-row.ts'

/** Runs that may be compared: one scenario with the same settings, one class of target, one kind of machine. */
export interface RunGroup {
  /** The scenario's name in the newest run. */
  readonly name: string
  readonly scenario: string
  readonly settings: readonly string[]
  readonly targetClass: string
  readonly environment: string
  /** In order of time. */
  readonly runs: readonly RecordedRun[]
}

/** The group with the newest run first. */
export function groupRuns(runs: readonly RecordedRun[]): readonly RunGroup[] {
  const groups = byKey(withoutContinued(runs).toSorted(byTime), ({ row }) => keyOf(row))
  return groups.map(groupOf).sort((a, b) => -byTime(a.runs.at(-1)!, b.runs.at(-1)!))
}

const keyOf = ({ scenario, settings, targetClass, environment }: HistoryRow): string =>
  JSON.stringify([scenario, settings, targetClass, environment])

function groupOf(runs: readonly RecordedRun[]): RunGroup {
  const { name, scenario, settings, targetClass, environment } = runs.at(-1)!.row
  return { name, scenario, settings, targetClass, environment, runs }
}

/** A run that a later one went on from is part of that one: as a run of its own it would count twice. */
function withoutContinued(runs: readonly RecordedRun[]): readonly RecordedRun[] {
  const continued = new Set(runs.flatMap(({ row }) => row.resumedFrom))
  return runs.filter(({ row }) => !continued.has(row.id))
}

function byTime(a: RecordedRun, b: RecordedRun): number {
  const [one, other] = [`${a.row.startedAt} ${a.files[0]}`, `${b.row.startedAt} ${b.files[0]}`]
  return one < other ? -1 : one > other ? 1 : 0
}
