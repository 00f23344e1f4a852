import { Happening } from './event-heap.ts'
import { createRetryBudget } from './retry-budget.ts'
import type { Client } from './setting.ts'
import type { World } from './world.ts'

/** What a client does with an answer that is no good. */
export interface EndOrRetry {
  /** A new request has come. */
  readonly earn: () => void
  /** An attempt has failed: another follows after a pause, or the request ends as `ENDINGS[ending]`. */
  readonly failed: (job: number, ending: number) => void
}

export function createEndOrRetry(world: World, { retries, retryBudget, retryPause }: Client): EndOrRetry {
  const { jobs, events, luck, tally } = world
  const budget = createRetryBudget(retries, retryBudget)
  return {
    earn: () => budget.earn(),
    failed(job, ending) {
      const cell = jobs.cell[job]!
      const tries = jobs.clientTries[job]!
      if (!budget.spend(tries)) {
        tally.ended(cell, ending)
        return
      }
      const again = jobs.take()
      jobs.firstAt[again] = jobs.firstAt[job]!
      jobs.cell[again] = cell
      jobs.clientTries[again] = tries + 1
      const pause = retryPause === 0 ? 0 : -Math.log(luck.uniform()) * retryPause
      events.push(world.now + pause, Happening.PAUSE_OVER, again, 0)
    },
  }
}
