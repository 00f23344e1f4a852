import type { ServerResponse } from 'node:http'
import { performance } from 'node:perf_hooks'
import { answer } from './answer.ts'
import type { LabModel } from './model.ts'
import { createPreciseAlarm } from './precise-alarm.ts'
import { createReplySchedule } from './reply-schedule.ts'
import { createTally } from './tally.ts'
import type { LabCounts } from './tally.ts'

/** One model in real time: stamps arrivals, answers each request at the instant the model gave it, and counts. */
export interface Desk {
  /** A request has been received in full. */
  admit(path: string, response: ServerResponse): void
  counts(): LabCounts
  /** Cuts off whoever is still waiting; they stay unanswered. */
  close(): void
}

/** `spins`: see `createPreciseAlarm`. */
export function createDesk(model: LabModel, spins = true): Desk {
  const tally = createTally()
  const schedule = createReplySchedule<ServerResponse>(model, visit => answer(visit, tally))
  let startedAtMs = Number.NaN
  const now = (): number => (performance.now() - startedAtMs) / 1e3

  function releaseDue(): void {
    schedule.release(now())
    alarm.setFor(schedule.nextDueAt())
  }
  const alarm = createPreciseAlarm(now, releaseDue, spins)

  return {
    admit(path, response) {
      const nowMs = performance.now()
      if (Number.isNaN(startedAtMs)) startedAtMs = nowMs
      tally.received()
      schedule.arrive((nowMs - startedAtMs) / 1e3, path, response)
      releaseDue()
    },
    counts: () => tally.counts(),
    close() {
      alarm.setFor(Infinity)
      for (const { ticket } of schedule.waiting()) ticket.destroy()
    },
  }
}
