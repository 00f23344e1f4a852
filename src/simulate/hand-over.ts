import type { BackendWork } from './backend-work.ts'
import type { GatewayPlaces } from './gateway-places.ts'
import type { TimerLane } from './timer-lane.ts'
import { createTimerLane } from './timer-lane.ts'
import type { World } from './world.ts'

/** Between the gateway and its backends: who is given to which, and who comes next where a place is free. */
export interface HandOver {
  readonly answerTimers: TimerLane
  readonly give: (job: number, backend: number) => void
  /** The place of this job goes to whoever has waited longest for it. */
  readonly free: (job: number) => void
}

export function createHandOver(
  world: World,
  places: GatewayPlaces,
  answerTimeout: number | null,
  backends: () => BackendWork,
): HandOver {
  const { jobs, tally } = world
  const answerTimers = createTimerLane(answerTimeout)

  function give(job: number, backend: number): void {
    const cell = jobs.cell[job]!
    places.occupy(backend)
    tally.given[cell]! += 1
    tally.givenNow[tally.cell]! += 1
    tally.gatewayWait[cell]! += world.now - jobs.since[job]!
    jobs.isHeld[job] = 1
    answerTimers.set(world.now, job, jobs.stamp[job]!)
    backends().take(job, backend)
  }

  return {
    answerTimers,
    give,
    free(job) {
      const backend = jobs.backend[job]!
      jobs.isHeld[job] = 0
      places.vacate(backend)
      const next = places.nextFor(backend)
      if (next < 0) return
      places.unqueue(next)
      give(next, backend)
    },
  }
}
