import type { Plan } from '../plan/plan.ts'
import type { IntervalWindow, Result, RunFacts } from '../result/result.ts'
import type { SearchRecord } from '../result/search-record.ts'
import { conclude } from '../search/search.ts'
import type { SearchState } from '../search/search.ts'
import type { Checked } from '../units/problem.ts'
import { nanoseconds } from '../units/quantity.ts'
import { isSearchState } from './check-resumable.ts'
import { carriedOutUntil } from './search-stages.ts'
import type { SearchStanding } from './window-store.ts'

/** What is known of a run when it begins; the rest of its RESULT is in the windows. */
export interface JournalHeader {
  readonly schema: 'plimsoll/journal@1'
  readonly plan: Plan
  readonly run: Omit<RunFacts, 'endedAt'>
}

/**
 * The journal of a run, JSON by lines: a header, then each window as it is complete; in a search also where it stands,
 * each time that it begins a step. Whatever ends the process, the lines written so far make a RESULT.
 */
export function journalHeader(plan: Plan, run: JournalHeader['run']): string {
  return line({ schema: 'plimsoll/journal@1', plan, run } satisfies JournalHeader)
}

export function journalLine(window: IntervalWindow): string {
  return line(window)
}

export function journalSearch(standing: SearchStanding): string {
  return line({ search: standing })
}

type Entry =
  | { readonly is: 'window'; readonly window: IntervalWindow }
  | { readonly is: 'search'; readonly search: SearchStanding }

/** What a line of a journal after its first holds; undefined when it is none. */
export function readEntry(written: string): Entry | undefined {
  const value = parse(written)
  if (isWindow(value)) return { is: 'window', window: value }
  return isSearch(value) ? { is: 'search', search: value.search } : undefined
}

/**
 * The RESULT of what a journal holds: `ended` says that the run was cut off after its last window; late answers
 * and samples are unknown. A last line that was cut while it was written is left out; any other line that is neither
 * a window nor the standing of a search is a problem at its number.
 */
export function readJournal(text: string, file: string): Checked<Result> {
  const lines = text.split('\n')
  // What stands after the last line break was being written when the run was cut off.
  lines.pop()
  const header = parse(lines[0] ?? '')
  if (!isHeader(header))
    return notAJournal(file, 1, 'its first line is not the header of a plimsoll/journal@1')
  const windows: IntervalWindow[] = []
  let search: SearchStanding | undefined
  for (const [index, written] of lines.slice(1).entries()) {
    const entry = readEntry(written)
    if (entry === undefined) return notAJournal(file, index + 2, 'this line is not a window')
    if (entry.is === 'window') windows.push(entry.window)
    else search = entry.search
  }
  if (header.plan.search !== undefined && search === undefined)
    return notAJournal(file, 2, 'the search was cut off before it began')
  return { ok: true, value: resultOf(header, windows, search) }
}

function resultOf(
  { plan, run }: JournalHeader,
  windows: readonly IntervalWindow[],
  search: SearchStanding | undefined,
): Result {
  const resumedFrom = search?.resumedFrom
  const began = resumedFrom?.at(-1)?.until ?? nanoseconds(0)
  const at = windows.at(-1)?.to ?? began
  const endedAt = new Date(Date.parse(run.startedAt) + Math.max(0, at - began) / 1e6).toISOString()
  return {
    schema: 'plimsoll/result@1',
    plan: search === undefined ? plan : { ...plan, stages: carriedOutUntil(search.stages, at) },
    run: { ...run, ...(resumedFrom && { resumedFrom }), endedAt },
    ended: { how: 'stopped', reason: 'the run was cut off', failure: 'cut-off', at },
    windows,
    drain: { answered: 0, good: 0, ended: 0 },
    samples: [],
    ...(search && { search: recordOf(search.state as SearchState) }),
  }
}

const recordOf = (state: SearchState): SearchRecord => ({
  steps: state.steps,
  conclusion: conclude(state),
  state,
})

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isHeader(value: unknown): value is JournalHeader {
  const header = value as Partial<JournalHeader> | null | undefined
  return (
    header?.schema === 'plimsoll/journal@1' && Array.isArray(header.plan?.stages) && header.run !== undefined
  )
}

function isWindow(value: unknown): value is IntervalWindow {
  const window = value as Partial<IntervalWindow> | null | undefined
  return Array.isArray(window?.series) && typeof window.to === 'number' && typeof window.offered === 'number'
}

function isSearch(value: unknown): value is { readonly search: SearchStanding } {
  const search = (value as { readonly search?: Partial<SearchStanding> } | null | undefined)?.search
  return Array.isArray(search?.stages) && isSearchState(search.state)
}

const notAJournal = (file: string, at: number, why: string): Checked<never> => ({
  ok: false,
  problems: [
    {
      code: 'journal/unreadable',
      message: `${why}, so what was measured cannot be rebuilt from it`,
      fix: 'give the .journal file that the interrupted run left beside its report, unchanged',
      at: { file, line: at },
    },
  ],
})
