import type { Plan } from '../plan/plan.ts'
import type { IntervalWindow, Result, RunFacts } from '../result/result.ts'
import type { Checked } from '../units/problem.ts'

/** What is known of a run when it begins; the rest of its RESULT is in the windows. */
export interface JournalHeader {
  readonly schema: 'plimsoll/journal@1'
  readonly plan: Plan
  readonly run: Omit<RunFacts, 'endedAt'>
}

/**
 * The journal of a run, JSON by lines: a header, then each window as it is complete. Whatever ends the process,
 * the lines written so far make a RESULT.
 */
export function journalHeader(plan: Plan, run: JournalHeader['run']): string {
  return line({ schema: 'plimsoll/journal@1', plan, run } satisfies JournalHeader)
}

export function journalLine(window: IntervalWindow): string {
  return line(window)
}

/** The window that a line of a journal holds, if it does. */
export function readWindow(written: string): IntervalWindow | undefined {
  const window = parse(written)
  return isWindow(window) ? window : undefined
}

/**
 * The RESULT of what a journal holds: `ended` says that the run was cut off after its last window; late answers
 * and samples are unknown. A last line that was cut while it was written is left out; any other line that is no
 * window is a problem at its number.
 */
export function readJournal(text: string, file: string): Checked<Result> {
  const lines = text.split('\n')
  // What stands after the last line break was being written when the run was cut off.
  lines.pop()
  const header = parse(lines[0] ?? '')
  if (!isHeader(header))
    return notAJournal(file, 1, 'its first line is not the header of a plimsoll/journal@1')
  const windows: IntervalWindow[] = []
  for (const [index, written] of lines.slice(1).entries()) {
    const window = readWindow(written)
    if (window === undefined) return notAJournal(file, index + 2, 'this line is not a window')
    windows.push(window)
  }
  return { ok: true, value: resultOf(header, windows) }
}

function resultOf({ plan, run }: JournalHeader, windows: readonly IntervalWindow[]): Result {
  const at = windows.at(-1)?.to ?? (0 as IntervalWindow['to'])
  const endedAt = new Date(Date.parse(run.startedAt) + at / 1e6).toISOString()
  return {
    schema: 'plimsoll/result@1',
    plan,
    run: { ...run, endedAt },
    ended: { how: 'stopped', reason: 'the run was cut off', failure: 'cut-off', at },
    windows,
    drain: { answered: 0, good: 0, ended: 0 },
    samples: [],
  }
}

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
