import { formatTarget } from '../plan/plan.ts'
import type { IntervalWindow } from '../result/result.ts'
import { journalHeader, journalLine } from '../trial/journal.ts'
import type { TrialEffects } from '../trial/carry-out.ts'
import type { Effects } from './effects.ts'
import { journalPath } from './run-order.ts'
import type { RunOrder } from './run-order.ts'

export interface Journal {
  readonly path: string
  /** Never throws: a full disk must not end a run. */
  keep(window: IntervalWindow): void
  close(): void
}

/** Begins the file with its header. Rejects with the system's error where it cannot be written. */
export async function openJournal(
  { plan, workers, out }: RunOrder,
  facts: TrialEffects['facts'],
  { files, machine, terminal }: Effects,
): Promise<Journal> {
  const path = journalPath(out)
  const file = await files.beginAppending(path)
  const startedAt = machine.now().toISOString()
  file.append(journalHeader(plan, { ...facts, workers, startedAt, connectedTo: formatTarget(plan.target) }))
  let isBroken = false
  return {
    path,
    keep(window) {
      if (isBroken) return
      try {
        file.append(journalLine(window))
      } catch (error) {
        isBroken = true
        terminal.tell(
          `${path} can no longer be written (${(error as Error).message}); the run goes on without it\n`,
        )
      }
    },
    close: () => file.close(),
  }
}
