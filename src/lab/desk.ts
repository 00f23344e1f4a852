import type { ServerResponse } from 'node:http'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { answer } from './answer.ts'
import type { LabModel } from './model.ts'
import { createPreciseAlarm } from './precise-alarm.ts'
import { createReplySchedule } from './reply-schedule.ts'
import { createTally } from './tally.ts'
import type { LabAccount } from './tally.ts'

/** One model in real time: stamps arrivals, answers each request at the instant the model gave it, and counts. */
export interface Desk {
  /** A request has been received in full. */
  admit(path: string, response: ServerResponse): void
  counts(): LabAccount
  /** Cuts off whoever is still waiting; they stay unanswered. */
  close(): void
}

/** How often the event loop is looked at, ms: what is shorter is no stall. */
const LOOK_MS = 5

/** `spins`: see `createPreciseAlarm`. */
export function createDesk(model: LabModel, spins = true): Desk {
  const tally = createTally()
  const schedule = createReplySchedule<ServerResponse>(model, visit => answer(visit, tally))
  const loop = monitorEventLoopDelay({ resolution: LOOK_MS })
  loop.enable()
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
      if (Number.isNaN(startedAtMs)) {
        startedAtMs = nowMs
        loop.reset()
      }
      tally.received()
      schedule.arrive((nowMs - startedAtMs) / 1e3, path, response)
      releaseDue()
    },
    counts: () => ({ ...tally.counts(), longestStallMs: Math.max(0, loop.max / 1e6 - LOOK_MS) }),
    close() {
      loop.disable()
      alarm.setFor(Infinity)
      for (const { ticket } of schedule.waiting()) ticket.destroy()
    },
  }
}
