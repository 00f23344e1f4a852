import { formatTarget } from '../plan/plan.ts'
import type { IntervalWindow } from '../result/result.ts'
import { journalHeader, journalLine, journalSearch, readEntry } from '../trial/journal.ts'
import type { TrialEffects } from '../trial/carry-out.ts'
import { windowsInMemory } from '../trial/window-store.ts'
import type { WindowStore } from '../trial/window-store.ts'
import type { Appending, Effects } from './effects.ts'
import { journalPath } from './run-order.ts'
import type { RunOrder } from './run-order.ts'

/** Keeps the windows of a run on disk: its memory stays as it is, and what ends the process leaves them behind. */
export interface Journal extends WindowStore {
  readonly path: string
  /** The journal of that name that the search goes on from; it may go when this one has done its work. */
  readonly aside: string | undefined
  /** Holds every window that was kept: it could always be written. */
  readonly isWhole: boolean
  close(): void
}

/** Begins the file with its header. Rejects with the system's error where it cannot be written. */
export async function openJournal(
  { plan, workers, out, resumed }: RunOrder,
  facts: TrialEffects['facts'],
  { files, machine, terminal }: Pick<Effects, 'files' | 'machine' | 'terminal'>,
): Promise<Journal> {
  const path = journalPath(out)
  const aside = resumed?.path === path ? `${path}.earlier` : undefined
  if (aside !== undefined) await files.rename(path, aside)
  const file = await files.beginAppending(path)
  const startedAt = machine.now().toISOString()
  file.append(journalHeader(plan, { ...facts, workers, startedAt, connectedTo: formatTarget(plan.target) }))
  const later = windowsInMemory()
  let written = 0
  let isWhole = true
  /** False, and told once, when the disk takes no more. */
  const append = (text: string): boolean => {
    if (!isWhole) return false
    try {
      file.append(text)
      return true
    } catch (error) {
      isWhole = false
      terminal.tell(
        `${path} can no longer be written (${(error as Error).message}); from here on the run is kept in memory\n`,
      )
      return false
    }
  }
  return {
    path,
    aside,
    get isWhole() {
      return isWhole
    },
    keep(window) {
      if (append(journalLine(window))) written += 1
      else later.keep(window)
    },
    keepSearch(standing) {
      append(journalSearch(standing))
    },
    readAll() {
      const { windows, problem } = readBack(file, written)
      if (problem !== undefined)
        terminal.tell(
          `${written - windows.length} of ${written} windows cannot be read back from ${path} (${problem}); the report is without them\n`,
        )
      return [...windows, ...later.readAll()]
    },
    close: () => file.close(),
  }
}

interface ReadBack {
  readonly windows: readonly IntervalWindow[]
  /** Why there are fewer than were written. */
  readonly problem?: string
}

/** The first `count` windows of the file: what stands after them was cut off while it was written. */
function readBack(file: Appending, count: number): ReadBack {
  const windows: IntervalWindow[] = []
  let line = 0
  try {
    for (const text of file.lines()) {
      line += 1
      if (line === 1) continue
      if (windows.length === count) break
      const entry = readEntry(text)
      if (entry === undefined) return { windows, problem: `line ${line} is no window` }
      if (entry.is === 'window') windows.push(entry.window)
    }
  } catch (error) {
    return { windows, problem: (error as Error).message }
  }
  return windows.length < count ? { windows, problem: `it ends after line ${line}` } : { windows }
}
